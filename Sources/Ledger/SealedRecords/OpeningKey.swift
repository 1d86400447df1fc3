// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Crypto
internal import FoundationEssentials

/// The private key with which a recipient opens records; it is not the key that it signs with.
///
/// It is not codable and has no description; ``exportPrivateKey()`` is the only way out.
public struct OpeningKey: Sendable {
    private enum Key: Sendable {
        case x25519(Curve25519.KeyAgreement.PrivateKey)
        case xWing(XWingMLKEM768X25519.PrivateKey)
    }

    private let key: Key
    /// The scheme of the key.
    public let scheme: SealingScheme
    /// The public half, which a ``RecipientKey`` carries.
    public let publicKey: [UInt8]

    /// A fresh key from swift-crypto's own secure generator.
    ///
    /// - Throws: ``LedgerError`` with `unsafeKey` where the generator fails.
    public static func generate(
        _ scheme: SealingScheme = .x25519
    ) throws(LedgerError) -> OpeningKey {
        switch scheme {
        case .x25519: return OpeningKey(.x25519(Curve25519.KeyAgreement.PrivateKey()), scheme)
        case .xWing:
            guard let key = try? XWingMLKEM768X25519.PrivateKey.generate() else {
                throw LedgerError(.unsafeKey, "no \(scheme) key could be made")
            }
            return OpeningKey(.xWing(key), scheme)
        }
    }

    /// Takes the 32 bytes that ``exportPrivateKey()`` gave.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for anything else.
    public init(privateKey: [UInt8], scheme: SealingScheme = .x25519) throws(LedgerError) {
        guard privateKey.count == 32, let key = Self.read(privateKey, scheme) else {
            throw LedgerError(
                .invalidValue, "\(privateKey.count) bytes are no private key of \(scheme)")
        }
        self.init(key, scheme)
    }

    private init(_ key: Key, _ scheme: SealingScheme) {
        self.key = key
        self.scheme = scheme
        publicKey =
            switch key {
            case .x25519(let key): Array(key.publicKey.rawRepresentation)
            case .xWing(let key): Array(key.publicKey.rawRepresentation)
            }
    }

    private static func read(_ bytes: [UInt8], _ scheme: SealingScheme) -> Key? {
        switch scheme {
        case .x25519:
            (try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)).map(Key.x25519)
        case .xWing:
            (try? XWingMLKEM768X25519.PrivateKey(seedRepresentation: bytes, publicKey: nil))
                .map(Key.xWing)
        }
    }

    /// The private key, to be stored where nobody else can read it.
    public func exportPrivateKey() -> [UInt8] {
        switch key {
        case .x25519(let key): Array(key.rawRepresentation)
        case .xWing(let key): Array(key.seedRepresentation)
        }
    }

    /// Opens what ``RecipientKey/wrap(_:info:)`` closed; `nil` where it is not for this key.
    func unwrap(_ box: WrappedKey.Box, info: [UInt8]) -> [UInt8]? {
        do {
            var recipient =
                switch key {
                case .x25519(let key):
                    try HPKE.Recipient(
                        privateKey: key, ciphersuite: scheme.suite, info: Data(info),
                        encapsulatedKey: Data(box.encapsulatedKey))
                case .xWing(let key):
                    try HPKE.Recipient(
                        privateKey: key, ciphersuite: scheme.suite, info: Data(info),
                        encapsulatedKey: Data(box.encapsulatedKey))
                }
            return Array(try recipient.open(Data(box.ciphertext)))
        } catch {
            return nil
        }
    }
}

extension SealingScheme {
    /// The algorithms of the scheme.
    var suite: HPKE.Ciphersuite {
        switch self {
        case .x25519:
            HPKE.Ciphersuite(
                kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)
        case .xWing: .XWingMLKEM768X25519_SHA256_AES_GCM_256
        }
    }
}
