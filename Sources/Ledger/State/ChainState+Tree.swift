// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// What the state tree holds, so that presence and absence can be proven to a light client.
extension ChainState {
    /// The key of a registered member.
    public static func stateKey(ofMember address: Address) -> StateKey {
        StateKey(kind: "member", name: address.bytes)
    }

    /// The key of a borrower's newest accepted score.
    public static func stateKey(ofScoreOf borrower: Borrower) -> StateKey {
        StateKey(kind: "score", name: CanonicalEncoder.bytes(of: borrower))
    }

    /// The key of a consent that was not taken back.
    public static func stateKey(ofConsent id: LedgerDigest) -> StateKey {
        StateKey(kind: "consent", name: id.bytes)
    }

    /// The value under ``stateKey(ofMember:)``.
    public static func stateValue(of member: Member) -> LedgerDigest {
        value("member", CanonicalEncoder.bytes(of: member))
    }

    /// The value under ``stateKey(ofScoreOf:)``: of the proposal and its transaction's identifier.
    public static func stateValue(of score: ScoreProposal, id: LedgerDigest) -> LedgerDigest {
        value("score", id.bytes + CanonicalEncoder.bytes(of: score))
    }

    /// The value under ``stateKey(ofConsent:)``.
    public static func stateValue(of consent: ConsentGrant) -> LedgerDigest {
        value("consent", CanonicalEncoder.bytes(of: consent))
    }

    private static func value(_ kind: String, _ bytes: [UInt8]) -> LedgerDigest {
        LedgerDigest(
            Domain("ledger.state-value", version: 1, context: Array(kind.utf8)), bytes)
    }

    /// Brings the members in the tree to those of the next block.
    mutating func replaceMembers(
        _ old: [(address: Address, member: Member)], by new: [(address: Address, member: Member)]
    ) {
        var left = Dictionary(uniqueKeysWithValues: old.map { ($0.address, $0.member) })
        for (address, member) in new where left.removeValue(forKey: address) != member {
            stateTree.set(Self.stateValue(of: member), for: Self.stateKey(ofMember: address))
        }
        let registered = Set(new.map { $0.address })
        for address in left.keys where !registered.contains(address) {
            stateTree.set(nil, for: Self.stateKey(ofMember: address))
        }
    }

    /// Notes the score if the vote that was just counted made it the
    /// borrower's newest accepted one.
    mutating func noteAcceptance(of proposal: LedgerDigest) {
        guard let tally = tallies[proposal], status(of: proposal) == .accepted,
            acceptedScore(for: tally.proposal.borrower)?.id == proposal
        else { return }
        stateTree.set(
            Self.stateValue(of: tally.proposal, id: proposal),
            for: Self.stateKey(ofScoreOf: tally.proposal.borrower))
    }
}
