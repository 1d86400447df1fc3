// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A signature: 64 bytes of Ed25519 or P-256, a modulus' length of RSA, 3309 bytes of ML-DSA-65.
public struct Signature: Hashable, Sendable, CustomStringConvertible {
    /// The bytes, in the one form that the scheme has.
    public let bytes: [UInt8]

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// Takes a signature that was made elsewhere, such as by a witness.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a length that no scheme has.
    public init(_ bytes: [UInt8]) throws(LedgerError) {
        guard Self.byteCounts.contains(bytes.count) else {
            throw LedgerError(
                .invalidValue,
                "a signature has \(Self.byteCounts.sorted().map(String.init).joined(separator: ", "))"
                    + " bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    private static let byteCounts = Set(SignatureScheme.allCases.map(\.signatureByteCount))

    /// Two hexadecimal digits per byte.
    public var description: String { Hexadecimal.string(bytes) }
}

extension Signature: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(bytes: bytes) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let bytes = try decoder.decodeBytes()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in try Signature(bytes) }
    }
}
