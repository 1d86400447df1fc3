// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Crypto

/// A record that only its recipients can open, and the commitment that the chain holds of it.
///
/// The data is encrypted with AES-256-GCM under a key of its own, which is wrapped for every
/// recipient (``WrappedKey``). Identifier, schema and commitment are authenticated with it. AES-GCM
/// alone would let a sealer give two recipients two keys that open one ciphertext to two texts; the
/// commitment, which is checked on opening, fits only one of them.
public struct SealedRecord: Hashable, Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The record's identifier, 32 random bytes.
    public let id: LedgerDigest
    /// The record's schema.
    public let schema: String
    /// The salted commitment; see ``OpenedRecord/commitment``.
    public let commitment: LedgerDigest
    /// Nonce, encrypted salt and data, and tag.
    public let ciphertext: [UInt8]
    /// The record's key for each recipient.
    public internal(set) var keys: [WrappedKey]

    /// Seals a record for its owner and for those who have the owner's consent.
    ///
    /// - Parameters:
    ///   - owner: whose data it is; it can open its own records.
    ///   - recipients: who else, each with the consent that lets it.
    ///   - time: now, in milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError``: `consentNotInForce` (taken back or expired), `wrongRole` (a
    ///   consent of somebody else, or for another recipient), `unsafeKey`.
    /// - Complexity: O(bytes), and one HPKE wrapping per recipient.
    public init(
        _ record: PlainRecord, owner: RecipientKey,
        recipients: [(key: RecipientKey, consent: Consent)] = [], time: UInt64,
        chainID: LedgerDigest
    ) throws(LedgerError) {
        var generator = SystemRandomNumberGenerator()
        func random() -> [UInt8] {
            (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let opened = OpenedRecord(
            chainID: chainID, id: LedgerDigest(unchecked: random()), record: record, salt: random())
        let key = random()
        try self.init(opened, key: key, commitment: opened.commitment)
        keys = [
            try WrappedKey(key, for: owner, consent: nil, record: id, chainID: chainID)
        ]
        for (recipient, consent) in recipients {
            try wrap(key, for: recipient, consent: consent, owner: owner.owner, time: time)
        }
    }

    /// Encrypts under a given key and commitment; the checks of ``open(with:)`` are tested with
    /// commitments that are wrong.
    package init(
        _ opened: OpenedRecord, key: [UInt8], commitment: LedgerDigest
    ) throws(LedgerError) {
        chainID = opened.chainID
        id = opened.id
        schema = opened.record.schema
        self.commitment = commitment
        keys = []
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: opened.salt)
        encoder.encode(opened.record)
        do {
            let box = try AES.GCM.seal(
                encoder.bytes, using: SymmetricKey(data: key),
                authenticating: Self.context(chainID, id, schema, commitment))
            ciphertext = Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw LedgerError(.invalidValue, "record \(id) cannot be encrypted: \(error)")
        }
    }

    /// What goes on the chain.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a schema that a forger made.
    public func dataCommitment(
        consent: LedgerDigest? = nil
    ) throws(LedgerError) -> DataCommitment {
        try DataCommitment(record: id, commitment: commitment, schema: schema, consent: consent)
    }

    /// Opens the record with a recipient's key.
    ///
    /// - Throws: ``LedgerError``: `notARecipient` (no key is wrapped for this one, or it was
    ///   changed), `unreadableRecord` (the data was changed), `wrongCommitment` (the data is not
    ///   what the commitment says).
    public func open(with key: OpeningKey) throws(LedgerError) -> OpenedRecord {
        let plain = try decrypt(with: try unwrapped(key))
        var decoder = CanonicalDecoder(plain)
        let opened: OpenedRecord
        do {
            let salt = try decoder.decode(fixed: 32)
            opened = OpenedRecord(
                chainID: chainID, id: id, record: try PlainRecord(from: &decoder), salt: salt)
            try decoder.finish()
        } catch {
            throw LedgerError(.unreadableRecord, "record \(id): \(error)")
        }
        guard opened.commitment == commitment, opened.record.schema == schema else {
            throw LedgerError(
                .wrongCommitment,
                "record \(id) has the commitment \(opened.commitment), not \(commitment)")
        }
        return opened
    }

    /// Adds a recipient to a record that is sealed already; any recipient's key can do it.
    ///
    /// - Throws: ``LedgerError``, as
    ///   ``init(_:owner:recipients:time:chainID:)`` and ``open(with:)``.
    public func adding(
        _ recipient: RecipientKey, consent: Consent, openedBy key: OpeningKey, time: UInt64
    ) throws(LedgerError) -> SealedRecord {
        guard let owner = keys.first(where: { $0.consent == nil })?.recipient else {
            throw LedgerError(.unreadableRecord, "record \(id) names no owner")
        }
        _ = try open(with: key)
        var copy = self
        try copy.wrap(
            try unwrapped(key), for: recipient, consent: consent, owner: owner, time: time)
        return copy
    }

    private mutating func wrap(
        _ key: [UInt8], for recipient: RecipientKey, consent: Consent, owner: Address, time: UInt64
    ) throws(LedgerError) {
        guard consent.grantor == owner, consent.grant.recipient == recipient.owner else {
            throw LedgerError(
                .wrongRole,
                "consent \(consent.id) of \(consent.grantor) for \(consent.grant.recipient) does "
                    + "not let \(recipient.owner) open a record of \(owner)")
        }
        guard consent.isInForce(at: time) else {
            throw LedgerError(
                .consentNotInForce,
                "consent \(consent.id) ended at \(consent.grant.expiryTime) ms or was taken back, "
                    + "it is \(time) ms")
        }
        keys.append(
            try WrappedKey(key, for: recipient, consent: consent.id, record: id, chainID: chainID))
    }

    private func unwrapped(_ opener: OpeningKey) throws(LedgerError) -> [UInt8] {
        for key in keys {
            if let key = key.unwrap(opener, record: id, chainID: chainID) { return key }
        }
        throw LedgerError(
            .notARecipient, "none of the \(keys.count) keys of record \(id) is for this one")
    }

    private func decrypt(with key: [UInt8]) throws(LedgerError) -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: ciphertext),
            let plain = try? AES.GCM.open(
                box, using: SymmetricKey(data: key),
                authenticating: Self.context(chainID, id, schema, commitment))
        else { throw LedgerError(.unreadableRecord, "record \(id) does not open with its key") }
        return Array(plain)
    }

    private static func context(
        _ chainID: LedgerDigest, _ id: LedgerDigest, _ schema: String, _ commitment: LedgerDigest
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: LedgerDomain.sealedRecord(chainID).prefix)
        encoder.encode(id)
        encoder.encode(schema)
        encoder.encode(commitment)
        return encoder.bytes
    }
}
