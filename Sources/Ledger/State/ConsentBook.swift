// SPDX-License-Identifier: Apache-2.0

/// A consent on the chain.
public struct Consent: Hashable, Sendable {
    /// The identifier of the granting transaction.
    public let id: LedgerDigest
    /// Who granted it, by its first address.
    public let grantor: Address
    /// What was granted.
    public let grant: ConsentGrant
    /// Where it was granted.
    public let place: Place
    /// Where it was taken back, if it was.
    public internal(set) var revocation: Place?

    /// Whether it holds at `time`, in milliseconds since 1970-01-01 UTC.
    public func isInForce(at time: UInt64) -> Bool { revocation == nil && time < grant.expiryTime }
}

/// The consents of a chain.
public struct ConsentBook: Hashable, Sendable {
    private var consents: [LedgerDigest: Consent] = [:]
    private var consentsByGrantor: [Address: [LedgerDigest]] = [:]

    /// The consent that a transaction granted.
    public func consent(_ id: LedgerDigest) -> Consent? { consents[id] }

    /// What `grantor` has granted, in the order of the chain.
    public func consents(of grantor: Address) -> [Consent] {
        (consentsByGrantor[grantor] ?? []).compactMap { consents[$0] }
    }

    mutating func enter(
        _ grant: ConsentGrant, in context: TransactionContext
    ) throws(LedgerError) {
        _ = try context.registry.require(
            grant.recipient, in: Role.allCases, to: "receive a consent")
        guard grant.expiryTime > context.timestamp else {
            throw LedgerError(
                .consentNotInForce,
                "the consent ends at \(grant.expiryTime) ms, the chain is at \(context.timestamp) ms"
            )
        }
        consents[context.id] = Consent(
            id: context.id, grantor: context.origin, grant: grant, place: context.place)
        consentsByGrantor[context.origin, default: []].append(context.id)
    }

    mutating func revoke(
        _ revocation: ConsentRevocation, in context: TransactionContext
    ) throws(LedgerError) {
        guard let consent = consents[revocation.grant] else {
            throw LedgerError(
                .unknownReference, "revocation of unknown consent \(revocation.grant)")
        }
        guard consent.grantor == context.origin else {
            throw LedgerError(
                .wrongRole, "\(context.sender) did not grant consent \(revocation.grant)")
        }
        guard consent.revocation == nil else {
            throw LedgerError(
                .duplicateAct, "consent \(revocation.grant) was taken back already")
        }
        consents[revocation.grant]?.revocation = context.place
    }

    /// Refuses a commitment under a consent that does not hold for its sender.
    func check(
        _ commitment: DataCommitment, in context: TransactionContext
    ) throws(LedgerError) {
        guard let id = commitment.consent else { return }
        guard let consent = consents[id] else {
            throw LedgerError(.unknownReference, "commitment under unknown consent \(id)")
        }
        guard context.membership.isSame(consent.grant.recipient, context.sender) else {
            throw LedgerError(
                .wrongRole, "consent \(id) is for \(consent.grant.recipient), not \(context.sender)"
            )
        }
        guard consent.isInForce(at: context.timestamp) else {
            throw LedgerError(
                .consentNotInForce, "consent \(id) has expired or was taken back",
                height: consent.revocation?.height)
        }
    }
}
