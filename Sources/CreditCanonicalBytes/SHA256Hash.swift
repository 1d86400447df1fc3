// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// SHA-256 (FIPS 180-4) by swift-crypto.
package enum SHA256Hash {
    /// Bytes in a digest.
    package static let byteCount = 32

    /// The digest of `bytes` alone, for structures whose standard fixes the prefix (RFC 9162).
    package static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The digest of `domain`'s prefix followed by `bytes`.
    package static func hash(domain: Domain, _ bytes: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: domain.prefix)
        hasher.update(data: bytes)
        return Array(hasher.finalize())
    }

    /// Writes the digest of `bytes` to the 32 bytes at `digest`, without an array.
    package static func hash(
        _ bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawPointer
    ) {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        hasher.finalize().withUnsafeBytes {
            digest.copyMemory(from: $0.baseAddress!, byteCount: byteCount)
        }
    }
}

/// What a hashed or signed byte string means, so that none is valid in two roles.
///
/// The prefix is the canonical encoding of the tag, the version and the context (such as a chain
/// id); lengths are inside, so no prefix is the beginning of another.
package struct Domain: Hashable, Sendable {
    /// The prefix itself.
    package let prefix: [UInt8]

    /// A domain of the swift-credit format `tag` at `version`, within `context`.
    package init(_ tag: String, version: UInt16, context: [UInt8] = []) {
        var encoder = CanonicalEncoder()
        encoder.encode("swift-credit." + tag)
        encoder.encode(version)
        encoder.encode(bytes: context)
        prefix = encoder.bytes
    }
}
