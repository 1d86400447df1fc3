// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A private key with its public identity.
///
/// It is not codable and has no description; ``exportPrivateKey()`` is the only way out.
public struct SigningIdentity: Sendable {
    private let key: SigningKey
    /// The public half.
    public let publicIdentity: PublicIdentity

    /// A fresh Ed25519 key from swift-crypto's own secure generator.
    public static func generate() -> SigningIdentity {
        while true {
            if let identity = try? generate(.ed25519) { return identity }
        }
    }

    /// A fresh key of `scheme` from swift-crypto's own secure generator.
    ///
    /// - Throws: ``LedgerError`` with `unsafeKey` where the generator fails.
    public static func generate(
        _ scheme: SignatureScheme
    ) throws(LedgerError) -> SigningIdentity {
        try SigningIdentity(key: SigningKey(generating: scheme), scheme)
    }

    /// The Ed25519 key of a 32-byte seed (RFC 8032 section 5.1.5), the same every time.
    ///
    /// Whoever knows the seed can sign; a seed that is not secret is for tests and examples.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where the seed has not 32 bytes.
    public init(seed: [UInt8]) throws(LedgerError) {
        guard seed.count == 32 else {
            throw LedgerError(.invalidValue, "a seed has 32 bytes, not \(seed.count)")
        }
        try self.init(privateKey: seed, scheme: .ed25519)
    }

    /// Takes the private key that ``exportPrivateKey()`` gave, or one made elsewhere.
    ///
    /// - Parameter privateKey: the 32-byte seed of Ed25519 (RFC 8032) or ML-DSA-65 (FIPS 204), the
    ///   32-byte scalar of P-256, PKCS#8 or PKCS#1 in DER of RSA.
    /// - Throws: ``LedgerError``: `invalidValue` for anything else, such as another size or
    ///   exponent of RSA; `unsafeKey`.
    public init(privateKey: [UInt8], scheme: SignatureScheme) throws(LedgerError) {
        try self.init(key: SigningKey(privateKey, scheme), scheme)
    }

    private init(key: SigningKey, _ scheme: SignatureScheme) throws(LedgerError) {
        self.key = key
        publicIdentity = try PublicIdentity(publicKey: key.publicKey, scheme: scheme)
    }

    /// The private key, to be stored where nobody else can read it.
    public func exportPrivateKey() -> [UInt8] { key.exported }

    /// This identity's address on the chain `chainID`.
    public func address(chainID: LedgerDigest) -> Address {
        Address(of: publicIdentity, chainID: chainID)
    }

    /// Signs the domain's prefix, the scheme's number and `message`.
    package func sign(_ message: [UInt8], in domain: Domain) throws(LedgerError) -> Signature {
        try sign(exactly: domain.prefix + [publicIdentity.scheme.rawValue] + message)
    }

    /// Signs exactly `bytes`, for formats of others.
    package func sign(exactly bytes: [UInt8]) throws(LedgerError) -> Signature {
        Signature(unchecked: try key.sign(bytes))
    }
}
