// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Crypto

/// A private key with its public identity.
///
/// It never leaves the process through this module: it is not codable and has no description.
public struct SigningIdentity: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The public half.
    public let publicIdentity: PublicIdentity

    /// A fresh Ed25519 key from swift-crypto's own secure generator.
    public static func generate() -> SigningIdentity {
        while true {
            if let identity = try? SigningIdentity(key: Curve25519.Signing.PrivateKey()) {
                return identity
            }
        }
    }

    /// The Ed25519 key of a 32-byte seed (RFC 8032 section 5.1.5), the same every time.
    ///
    /// Whoever knows the seed can sign; a seed that is not secret is for tests and examples.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where the seed has not 32 bytes.
    public init(seed: [UInt8]) throws(LedgerError) {
        guard seed.count == 32,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { throw LedgerError(.invalidValue, "a seed has 32 bytes, not \(seed.count)") }
        try self.init(key: key)
    }

    private init(key: Curve25519.Signing.PrivateKey) throws(LedgerError) {
        self.key = key
        publicIdentity = try PublicIdentity(publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// This identity's address on the chain `chainID`.
    public func address(chainID: LedgerDigest) -> Address {
        Address(of: publicIdentity, chainID: chainID)
    }

    func sign(_ message: [UInt8], in domain: Domain) throws(LedgerError) -> Signature {
        do {
            return Signature(unchecked: Array(try key.signature(for: domain.prefix + message)))
        } catch {
            throw LedgerError(.badSignature, "signing failed: \(error)")
        }
    }
}
