// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
internal import Crypto
internal import FoundationEssentials

/// The public key for which records are sealed, signed by the member that it belongs to.
public struct RecipientKey: Hashable, Sendable {
    /// The member.
    public let owner: Address
    /// The scheme of the key.
    public let scheme: SealingScheme
    /// The key.
    public let publicKey: [UInt8]
    /// The member's signature over chain, owner, scheme and key.
    public let signature: Signature

    /// Signs an opening key's public half as the member that will use it.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public init(
        _ key: OpeningKey, of member: SigningIdentity, chainID: LedgerDigest
    ) throws(LedgerError) {
        owner = member.address(chainID: chainID)
        scheme = key.scheme
        publicKey = key.publicKey
        signature = try member.sign(
            Self.claim(owner, scheme, publicKey), in: LedgerDomain.recipientKey(chainID))
    }

    /// Checks that the key can be used and that its owner signed it.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `badSignature`, `unsafeKey` for a key of small
    ///   order or of another form.
    public func verify(_ registry: MemberRegistry) throws(LedgerError) {
        guard let member = registry.member(at: owner) else {
            throw LedgerError(.unregisteredKey, "\(owner) is not registered")
        }
        guard
            member.identity.isValid(
                signature, of: Self.claim(owner, scheme, publicKey),
                in: LedgerDomain.recipientKey(registry.chainID))
        else {
            throw LedgerError(
                .badSignature, "the key for records of \(owner) is not signed by '\(member.name)'")
        }
        _ = try wrap([], info: [])
    }

    /// Closes `bytes` so that only the owner can open them.
    func wrap(_ bytes: [UInt8], info: [UInt8]) throws(LedgerError) -> WrappedKey.Box {
        guard scheme != .x25519 || Self.isSafe(publicKey) else {
            throw LedgerError(
                .unsafeKey, "the key of \(owner) has a small order or is not canonical")
        }
        do {
            var sender =
                switch scheme {
                case .x25519:
                    try HPKE.Sender(
                        recipientKey: Curve25519.KeyAgreement.PublicKey(
                            rawRepresentation: publicKey),
                        ciphersuite: scheme.suite, info: Data(info))
                case .xWing:
                    try HPKE.Sender(
                        recipientKey: XWingMLKEM768X25519.PublicKey(rawRepresentation: publicKey),
                        ciphersuite: scheme.suite, info: Data(info))
                }
            let ciphertext = try sender.seal(Data(bytes))
            return WrappedKey.Box(
                encapsulatedKey: Array(sender.encapsulatedKey), ciphertext: Array(ciphertext))
        } catch {
            throw LedgerError(.unsafeKey, "nothing can be sealed for \(owner): \(error)")
        }
    }

    /// Whether an X25519 key is below 2^255 - 19 and leads to secrets other than zero.
    ///
    /// RFC 9180 section 7.1.4 asks for the latter; swift-crypto does not look.
    private static func isSafe(_ publicKey: [UInt8]) -> Bool {
        let isReduced =
            publicKey[31] < 0x7F
            || publicKey[31] == 0x7F
                && (publicKey[0] < 0xED || publicKey[1..<31].contains { $0 != 0xFF })
        guard isReduced,
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey),
            let secret = try? Curve25519.KeyAgreement.PrivateKey()
                .sharedSecretFromKeyAgreement(with: key)
        else { return false }
        return secret.withUnsafeBytes { $0.contains { $0 != 0 } }
    }

    private static func claim(
        _ owner: Address, _ scheme: SealingScheme, _ publicKey: [UInt8]
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(owner)
        encoder.encode(scheme.rawValue)
        encoder.encode(bytes: publicKey)
        return encoder.bytes
    }
}

extension RecipientKey: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fixed: Self.claim(owner, scheme, publicKey))
        encoder.encode(signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        owner = try Address(from: &decoder)
        let tag = try decoder.decodeUInt8()
        guard let scheme = SealingScheme(rawValue: tag) else {
            throw decoder.error("\(tag) is no scheme to seal with")
        }
        self.scheme = scheme
        publicKey = try decoder.decodeBytes()
        guard publicKey.count == scheme.publicKeyByteCount else {
            throw decoder.error("\(publicKey.count) bytes are no key of \(scheme)")
        }
        signature = try Signature(from: &decoder)
    }
}
