// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import CryptoExtras

/// A private key as swift-crypto holds it.
enum SigningKey: Sendable {
    case ed25519(Curve25519.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
    case rsa(_RSA.Signing.PrivateKey)
    case mlDSA65(MLDSA65.PrivateKey)

    /// A fresh key from swift-crypto's own secure generator.
    init(generating scheme: SignatureScheme) throws(LedgerError) {
        do {
            switch scheme {
            case .ed25519: self = .ed25519(Curve25519.Signing.PrivateKey())
            case .p256: self = .p256(P256.Signing.PrivateKey())
            case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096:
                let size = _RSA.Signing.KeySize(bitCount: scheme.modulusBitCount)
                self = .rsa(try _RSA.Signing.PrivateKey(keySize: size))
            case .mlDSA65: self = .mlDSA65(try MLDSA65.PrivateKey())
            }
        } catch {
            throw LedgerError(.unsafeKey, "no \(scheme) key could be made: \(error)")
        }
    }

    /// A key from the bytes that ``exported`` gives.
    init(_ bytes: [UInt8], _ scheme: SignatureScheme) throws(LedgerError) {
        guard let key = Self.read(bytes, scheme) else {
            throw LedgerError(
                .invalidValue, "\(bytes.count) bytes are no private key of \(scheme)")
        }
        self = key
    }

    private static func read(_ bytes: [UInt8], _ scheme: SignatureScheme) -> SigningKey? {
        switch scheme {
        case .ed25519:
            return (try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)).map(Self.ed25519)
        case .p256: return (try? P256.Signing.PrivateKey(rawRepresentation: bytes)).map(Self.p256)
        case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096:
            guard let key = try? _RSA.Signing.PrivateKey(derRepresentation: bytes),
                let numbers = try? key.publicKey.getKeyPrimitives(),
                Array(numbers.publicExponent) == RSAExponent.bytes,
                key.keySizeInBits == scheme.modulusBitCount
            else { return nil }
            return .rsa(key)
        case .mlDSA65:
            return (try? MLDSA65.PrivateKey(seedRepresentation: bytes, publicKey: nil))
                .map(Self.mlDSA65)
        }
    }

    /// Seed, scalar, PKCS#8 or seed.
    var exported: [UInt8] {
        switch self {
        case .ed25519(let key): Array(key.rawRepresentation)
        case .p256(let key): Array(key.rawRepresentation)
        case .rsa(let key): Array(key.pkcs8DERRepresentation)
        case .mlDSA65(let key): Array(key.seedRepresentation)
        }
    }

    /// The public key in its one form.
    var publicKey: [UInt8] {
        switch self {
        case .ed25519(let key): Array(key.publicKey.rawRepresentation)
        case .p256(let key): Array(key.publicKey.compressedRepresentation)
        case .rsa(let key):
            (try? key.publicKey.getKeyPrimitives()).map { Array($0.modulus) } ?? []
        case .mlDSA65(let key): Array(key.publicKey.rawRepresentation)
        }
    }

    /// The signature of exactly `message`, in the scheme's one form.
    func sign(_ message: [UInt8]) throws(LedgerError) -> [UInt8] {
        do {
            switch self {
            case .ed25519(let key): return Array(try key.signature(for: message))
            case .p256(let key):
                let signature = try key.signature(for: message)
                return LowOrderHalf.normalise(Array(signature.rawRepresentation))
            case .rsa(let key):
                let digest = SHA256.hash(data: message)
                return Array(try key.signature(for: digest, padding: .PSS).rawRepresentation)
            case .mlDSA65(let key): return Array(try key.signature(for: message))
            }
        } catch {
            throw LedgerError(.badSignature, "signing failed: \(error)")
        }
    }
}
