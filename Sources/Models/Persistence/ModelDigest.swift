// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The SHA-256 digest that identifies a model file, such as for anchoring it on a ledger.
public struct ModelDigest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A digest of 32 bytes.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile` for another number of bytes.
    public init(bytes: [UInt8]) throws(ModelError) {
        guard bytes.count == SHA256Hash.byteCount else {
            throw ModelError(.invalidFile, "a digest of \(bytes.count) bytes, not 32")
        }
        self.bytes = bytes
    }

    /// 32 bytes that were counted.
    init(checked bytes: [UInt8]) { self.bytes = bytes }

    /// The digest of the part of a model file before its digest.
    init(hashing bytes: some Sequence<UInt8>) {
        self.bytes = SHA256Hash.hash(domain: Domain("model-file", version: 1), Array(bytes))
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.string(bytes) }
}
