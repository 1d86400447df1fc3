// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A record's key, closed for one recipient.
public struct WrappedKey: Hashable, Sendable {
    /// What HPKE gives.
    struct Box: Hashable, Sendable {
        var encapsulatedKey: [UInt8]
        var ciphertext: [UInt8]
    }

    /// The recipient.
    public let recipient: Address
    /// The consent under which it was wrapped; `nil` for the record's owner.
    public let consent: LedgerDigest?
    /// The scheme of the recipient's key.
    public let scheme: SealingScheme
    let box: Box

    package init(
        _ key: [UInt8], for recipient: RecipientKey, consent: LedgerDigest?,
        record: LedgerDigest, chainID: LedgerDigest
    ) throws(LedgerError) {
        self.recipient = recipient.owner
        self.consent = consent
        scheme = recipient.scheme
        box = try recipient.wrap(
            key, info: Self.info(chainID, record, recipient.owner, consent))
    }

    /// The key, or `nil` where `opener` is another recipient's or anything was changed.
    func unwrap(_ opener: OpeningKey, record: LedgerDigest, chainID: LedgerDigest) -> [UInt8]? {
        guard opener.scheme == scheme else { return nil }
        return opener.unwrap(box, info: Self.info(chainID, record, recipient, consent))
    }

    /// What the wrapping is bound to.
    private static func info(
        _ chainID: LedgerDigest, _ record: LedgerDigest, _ recipient: Address,
        _ consent: LedgerDigest?
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: LedgerDomain.recordKey(chainID).prefix)
        encoder.encode(record)
        encoder.encode(recipient)
        encoder.encode(optional: consent) { $0.encode($1) }
        return encoder.bytes
    }
}

extension WrappedKey: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(recipient)
        encoder.encode(optional: consent) { $0.encode($1) }
        encoder.encode(scheme.rawValue)
        encoder.encode(bytes: box.encapsulatedKey)
        encoder.encode(bytes: box.ciphertext)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipient = try Address(from: &decoder)
        consent = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try LedgerDigest(from: &decoder)
        }
        let tag = try decoder.decodeUInt8()
        guard let scheme = SealingScheme(rawValue: tag) else {
            throw decoder.error("\(tag) is no scheme to seal with")
        }
        self.scheme = scheme
        box = Box(encapsulatedKey: try decoder.decodeBytes(), ciphertext: try decoder.decodeBytes())
    }
}
