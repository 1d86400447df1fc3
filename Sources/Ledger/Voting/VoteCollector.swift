// SPDX-License-Identifier: Apache-2.0

/// Counts the banks' votes on one block and keeps the proofs of double voting.
public struct VoteCollector: Sendable {
    /// The block voted on.
    public let header: BlockHeader
    /// Votes that contradict each other; each pair convicts its bank.
    public private(set) var equivocations: [Equivocation] = []
    private let registry: MemberRegistry
    /// The votes in this view, counted or not, so that a contradiction is seen in any order.
    private var seen: [Address: [BlockVote.Kind: BlockVote]] = [:]
    private var counted: [BlockVote] = []

    /// Starts without votes.
    public init(for header: BlockHeader, registry: MemberRegistry) {
        self.header = header
        self.registry = registry
    }

    /// How many banks have voted for the block.
    public var voteCount: Int { counted.count }

    /// Whether the quorum is reached.
    public var isComplete: Bool { counted.count >= registry.blockQuorum }

    /// Counts a vote.
    ///
    /// - Throws: ``LedgerError`` and counts nothing: `unregisteredKey`, `wrongRole`,
    ///   `badSignature`, `duplicateVote` (the bank's vote is counted already), `equivocation` (it
    ///   contradicts an earlier one; both go to ``equivocations``), `wrongBlock`.
    public mutating func add(_ vote: BlockVote) throws(LedgerError) {
        try vote.verify(registry)
        let earlier = seen[vote.bank] ?? [:]
        let evidence = BlockVote.Kind.allCases.lazy.compactMap { kind in
            earlier[kind].flatMap { try? Equivocation($0, vote) }
        }.first
        if let evidence {
            equivocations.append(evidence)
            throw LedgerError(
                .equivocation,
                "\(vote.bank) signed \(evidence.first.kind) of \(evidence.first.blockHash) and "
                    + "\(vote.kind) of \(vote.blockHash) in view \(vote.view)",
                height: header.height)
        }
        guard earlier[vote.kind] != vote else {
            throw LedgerError(
                .duplicateVote, "\(vote.bank) has voted already", height: header.height)
        }
        if vote.view == header.view { seen[vote.bank, default: [:]][vote.kind] = vote }
        guard
            vote.kind == .finalize, vote.height == header.height, vote.view == header.view,
            vote.blockHash == header.hash
        else {
            throw LedgerError(
                .wrongBlock,
                "\(vote.bank) signed \(vote.kind) of \(vote.blockHash) at height \(vote.height) "
                    + "and view \(vote.view), not finalize of \(header.hash) in view "
                    + "\(header.view)",
                height: header.height)
        }
        counted.append(vote)
    }

    /// The votes, once they are a quorum of the registered banks.
    ///
    /// - Throws: ``LedgerError`` with `quorumNotReached`, also for exactly half of the banks.
    public func certificate() throws(LedgerError) -> Certificate {
        guard isComplete else {
            throw Certificate.tooFew(counted.count, registry, header.height)
        }
        return Certificate(counted, for: header)
    }
}
