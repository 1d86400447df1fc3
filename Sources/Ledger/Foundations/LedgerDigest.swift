// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A SHA-256 digest of 32 bytes: of a block, a transaction, a model file, a commitment.
public struct LedgerDigest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes 32 bytes that were hashed elsewhere.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where there are not 32.
    public init(_ bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count == 32 else {
            throw LedgerError(.invalidValue, "a digest has 32 bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    /// Takes 64 hexadecimal digits.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for anything else.
    public init(hexadecimal text: String) throws(LedgerError) {
        guard let bytes = Hexadecimal.bytes(text) else {
            throw LedgerError(.invalidValue, "'\(text)' is not hexadecimal")
        }
        try self.init(bytes)
    }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.string(bytes) }

    /// Orders by bytes.
    public static func < (left: LedgerDigest, right: LedgerDigest) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension LedgerDigest: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(fixed: bytes) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        bytes = try decoder.decode(fixed: 32)
    }
}
