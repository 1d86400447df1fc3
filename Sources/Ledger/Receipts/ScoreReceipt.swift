// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a borrower keeps of an accepted score: everything that proves it to somebody who has only
/// the chain's genesis.
///
/// It holds the proposal and the approving banks' votes, each with its inclusion proof, and the
/// headers of their blocks with the block votes. Where members have joined, left or changed keys
/// before, it holds those transactions too, so that every vote is checked against the keys of its
/// height.
public struct ScoreReceipt: Hashable, Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The blocks of all that follows, in order.
    public let headers: [CertifiedHeader]
    /// The proposal.
    public let proposal: TransactionProof
    /// The approving votes in their order on the chain.
    public let approvals: [TransactionProof]
    /// The changes of members below the last of these blocks, in order.
    public let membershipChanges: [TransactionProof]

    private static let format: UInt16 = 1

    init(
        chainID: LedgerDigest, proposal: TransactionProof, approvals: [TransactionProof],
        membershipChanges: [TransactionProof], headers: [CertifiedHeader]
    ) {
        self.chainID = chainID
        self.headers = headers
        self.proposal = proposal
        self.approvals = approvals
        self.membershipChanges = membershipChanges
    }

    /// The score that the receipt is about; `nil` if it is about something else, which
    /// ``verify(against:)`` refuses.
    public var score: ScoreProposal? {
        guard case .scoreProposal(let score) = proposal.transaction.transaction else { return nil }
        return score
    }

    /// Reads a receipt; it proves nothing before ``verify(against:)``.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("receipt", from: canonicalBytes)
    }

    /// The receipt's one byte form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Checks that the chain founded by `genesis` accepted the score.
    ///
    /// Needs no network, no chain and no key: the headers' certificates are checked against the
    /// registered banks, the transactions against the headers, and the approvals against the
    /// strict majority of the registered banks.
    ///
    /// - Returns: the accepted score.
    /// - Throws: ``LedgerError`` with the reason.
    @discardableResult
    public func verify(against genesis: Genesis) throws(LedgerError) -> ScoreProposal {
        guard chainID == genesis.chainID else {
            throw LedgerError(.wrongChain, "receipt of chain \(chainID), not \(genesis.chainID)")
        }
        let trail = try MembershipTrail(
            genesis, headers, proving: [proposal] + approvals, changes: membershipChanges)
        let score = try majorityScore(trail)
        // The signatures come last because they take the longest.
        try trail.verifySignatures()
        return score
    }

    /// The score, if the approvals are votes on it by a strict majority of the banks.
    private func majorityScore(
        _ trail: MembershipTrail
    ) throws(LedgerError) -> ScoreProposal {
        guard let score else {
            throw LedgerError(
                .unknownProposal, "the receipt's first transaction is no score proposal")
        }
        let id = proposal.transaction.id
        let electorate = trail.memberships[proposal.height]?.electorate ?? []
        var banks: Set<Address> = []
        var previous = proposal
        for approval in approvals {
            guard case .scoreVote(let vote) = approval.transaction.transaction, vote.approves,
                vote.proposal == id
            else {
                throw LedgerError(
                    .unknownProposal,
                    "transaction \(approval.transaction.id) does not approve \(id)",
                    height: approval.height)
            }
            guard
                vote.cycle == score.cycle, trail.cycle(at: approval.height) == score.cycle,
                trail.cycle(at: proposal.height) == score.cycle
            else {
                throw LedgerError(
                    .wrongCycle, "a vote of cycle \(vote.cycle) on a score of cycle \(score.cycle)",
                    height: approval.height)
            }
            guard previous.precedes(approval) else {
                throw LedgerError(
                    .malformedBytes, "the approvals are not in the chain's order",
                    height: approval.height)
            }
            previous = approval
            let sender = approval.transaction.sender
            let bank = trail.memberships[approval.height]?.origin(of: sender) ?? sender
            guard banks.insert(bank).inserted else {
                throw LedgerError(
                    .duplicateScoreVote, "\(sender) is counted twice", height: approval.height)
            }
        }
        let count = banks.intersection(electorate).count
        guard 2 * count > electorate.count else {
            throw LedgerError(
                .scoreNotAccepted,
                "\(count) of \(electorate.count) registered banks approved proposal "
                    + "\(id), \(electorate.count / 2 + 1) are needed",
                height: proposal.height)
        }
        return score
    }
}

extension ScoreReceipt: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(Self.format)
        encoder.encode(chainID)
        encoder.encode(headers)
        proposal.encode(to: &encoder)
        encoder.encode(approvals) { encoder, proof in proof.encode(to: &encoder) }
        encoder.encode(membershipChanges) { encoder, proof in proof.encode(to: &encoder) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let format = try decoder.decodeUInt16()
        guard format == Self.format else { throw decoder.error("\(format) is no receipt format") }
        let chainID = try LedgerDigest(from: &decoder)
        self.chainID = chainID
        headers = try decoder.decodeArray()
        proposal = try TransactionProof(from: &decoder, chainID: chainID)
        approvals = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try TransactionProof(from: &decoder, chainID: chainID)
        }
        membershipChanges = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try TransactionProof(from: &decoder, chainID: chainID)
        }
    }
}
