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

    /// Writes the digests of `count` records that lie behind each other, each of them hashed behind
    /// the byte `prefix`, to `digests`.
    ///
    /// The digests may take the place of the records where these have 32 bytes or more.
    package static func hash(
        records: UnsafeRawPointer, ofSize size: Int, count: Int, behind prefix: UInt8,
        into digests: UnsafeMutableRawPointer
    ) {
        precondition(MemoryLayout<SHA256Digest>.size == byteCount, "a digest of another form")
        withUnsafeTemporaryAllocation(byteCount: 1 + size, alignment: 1) { buffer in
            buffer[0] = prefix
            let message = UnsafeRawBufferPointer(buffer)
            let room = buffer.baseAddress! + 1
            for index in 0..<count {
                let record = records + index * size
                // Of a constant size, a copy is a few instructions instead of a call.
                if size == 64 {
                    room.storeBytes(
                        of: record.loadUnaligned(as: SIMD64<UInt8>.self), as: SIMD64<UInt8>.self)
                } else {
                    room.copyMemory(from: record, byteCount: size)
                }
                var hasher = SHA256()
                hasher.update(bufferPointer: message)
                // The value is its 32 bytes: storing it spares a call with a closure.
                digests.storeBytes(
                    of: hasher.finalize(), toByteOffset: index * byteCount, as: SHA256Digest.self)
            }
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
