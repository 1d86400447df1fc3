// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The short name of a key on one chain: the first 20 bytes of a SHA-256 over chain id, scheme
/// and public key, with domain separation.
///
/// The same key has another address on another chain.
public struct Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The 20 bytes.
    public let bytes: [UInt8]

    /// The address of `identity` on the chain `chainID`.
    public init(of identity: PublicIdentity, chainID: LedgerDigest) {
        let digest = LedgerDigest(
            LedgerDomain.address(chainID), CanonicalEncoder.bytes(of: identity))
        bytes = Array(digest.bytes.prefix(20))
    }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 40 hexadecimal digits.
    public var description: String { Hexadecimal.string(bytes) }

    /// Orders by bytes.
    public static func < (left: Address, right: Address) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Address: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(fixed: bytes) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        bytes = try decoder.decode(fixed: 20)
    }
}

extension Address {
    /// An address that no key belongs to, for simulations.
    ///
    /// - Precondition: 20 bytes.
    package init(simulatedBytes bytes: [UInt8]) {
        precondition(bytes.count == 20, "an address has 20 bytes, not \(bytes.count)")
        self.init(unchecked: bytes)
    }
}
