// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Crypto
internal import CryptoExtras

/// A public key as swift-crypto holds it, read once and used for every signature.
enum VerificationKey: Sendable {
    case ed25519(Curve25519.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case rsa(_RSA.Signing.PublicKey)
    case mlDSA65(MLDSA65.PublicKey)

    /// Reads and checks a key.
    init(_ bytes: [UInt8], _ scheme: SignatureScheme) throws(LedgerError) {
        guard bytes.count == scheme.publicKeyByteCount else {
            throw LedgerError(
                .unsafeKey,
                "a \(scheme) key has \(scheme.publicKeyByteCount) bytes, not \(bytes.count)")
        }
        switch scheme {
        case .ed25519: try Ed25519KeyCheck.check(bytes)
        case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096: try ModulusCheck.check(bytes)
        case .p256, .mlDSA65: break
        }
        guard let key = Self.read(bytes, scheme) else {
            throw LedgerError(.unsafeKey, "\(Hexadecimal.string(bytes)) is no \(scheme) key")
        }
        self = key
    }

    private static func read(_ bytes: [UInt8], _ scheme: SignatureScheme) -> VerificationKey? {
        switch scheme {
        case .ed25519:
            return (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)).map(Self.ed25519)
        case .p256:
            return (try? P256.Signing.PublicKey(compressedRepresentation: bytes)).map(Self.p256)
        case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096:
            return (try? _RSA.Signing.PublicKey(n: bytes, e: RSAExponent.bytes)).map(Self.rsa)
        case .mlDSA65:
            return (try? MLDSA65.PublicKey(rawRepresentation: bytes)).map(Self.mlDSA65)
        }
    }

    /// Whether `signature`, of the scheme's length, is one of `message`.
    ///
    /// Of the two ECDSA signatures (r, s) and (r, n - s) only the one with the smaller s is
    /// accepted, so that nobody but the signer can make a second one.
    func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch self {
        case .ed25519(let key): return key.isValidSignature(signature, for: message)
        case .p256(let key):
            guard LowOrderHalf.contains(signature),
                let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(parsed, for: message)
        case .rsa(let key):
            let parsed = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(parsed, for: SHA256.hash(data: message), padding: .PSS)
        case .mlDSA65(let key): return key.isValidSignature(signature, for: message)
        }
    }
}

/// The one public exponent of the RSA schemes.
enum RSAExponent {
    /// 65537, big-endian.
    static let bytes: [UInt8] = [1, 0, 1]
}
