// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A public key that has been checked to be safe for registration.
///
/// BoringSSL and CryptoKit accept Ed25519 keys of small order, under which one signature fits many
/// messages. Those keys, moduli that cannot be sound and every encoding that is not canonical are
/// refused here, so a signature under a registered key commits its holder to one message.
public struct PublicIdentity: Sendable {
    /// The scheme of the key.
    public let scheme: SignatureScheme
    /// The key in the scheme's one form; see ``SignatureScheme/publicKeyByteCount``.
    public let publicKey: [UInt8]
    private let key: VerificationKey

    /// Checks a public key.
    ///
    /// - Throws: ``LedgerError`` with `unsafeKey` for a wrong length and for
    ///   - Ed25519: a y-coordinate of 2^255 - 19 or more, every encoding of a point of order 1, 2,
    ///     4 or 8;
    ///   - P-256: a form that is not compressed, an x-coordinate not on the curve;
    ///   - RSA: a modulus that is even, too short, or divisible by a prime below 752 (NIST
    ///     SP 800-89 section 5.3.3, <https://doi.org/10.6028/NIST.SP.800-89>).
    public init(publicKey: [UInt8], scheme: SignatureScheme = .ed25519) throws(LedgerError) {
        key = try VerificationKey(publicKey, scheme)
        self.scheme = scheme
        self.publicKey = publicKey
    }

    /// Whether `signature` is this key's signature of `message` in `domain`.
    ///
    /// What is signed is the domain's prefix, the scheme's number and the message, so no signature
    /// is valid under two schemes.
    package func isValid(_ signature: Signature, of message: [UInt8], in domain: Domain) -> Bool {
        isValid(signature, ofSigned: domain.prefix + [scheme.rawValue] + message)
    }

    /// Whether `signature` is this key's signature of exactly `bytes`, for formats of others and
    /// for the test vectors of the schemes.
    package func isValid(_ signature: Signature, ofSigned bytes: [UInt8]) -> Bool {
        signature.bytes.count == scheme.signatureByteCount
            && key.isValid(signature.bytes, of: bytes)
    }
}

extension PublicIdentity: Hashable {
    /// Whether scheme and key are the same.
    public static func == (left: PublicIdentity, right: PublicIdentity) -> Bool {
        left.scheme == right.scheme && left.publicKey == right.publicKey
    }

    /// Hashes scheme and key.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(scheme)
        hasher.combine(publicKey)
    }
}

extension PublicIdentity: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(scheme.rawValue)
        encoder.encode(bytes: publicKey)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        guard let scheme = SignatureScheme(rawValue: tag) else {
            throw decoder.error("\(tag) is no signature scheme")
        }
        let key = try decoder.decodeBytes()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try PublicIdentity(publicKey: key, scheme: scheme)
        }
    }
}
