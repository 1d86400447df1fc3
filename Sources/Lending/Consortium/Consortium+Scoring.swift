// SPDX-License-Identifier: Apache-2.0

public import Ledger
internal import Synchronization

extension Consortium {
    /// Has the bureaus propose scores and the banks vote on them.
    ///
    /// The batch is taken in rounds. A round takes two blocks of one cycle: the signed score
    /// proposals of the bureau whose turn it is, then the banks' signed votes on them. Where only
    /// the last block of a cycle is left, it stays empty. The view of an absent bureau passes.
    /// Every bank scores every application again and approves what agrees (see
    /// ``Bank/objection(to:ownPoints:inputCommitment:)``); a score is accepted when strictly more
    /// than half of the registered banks approve it.
    ///
    /// All scores are computed before the first block is made, so a model or an input that fails
    /// leaves the chain as it was.
    ///
    /// - Parameters:
    ///   - batch: The applications.
    ///   - applicantsPerRound: How many are scored in a round, at least 1; votes of all banks on
    ///     them must fit into one block.
    ///   - absent: The bureaus and banks that do not answer.
    ///   - progress: Called after each round with the number of applications done; it must not
    ///     write to this consortium.
    /// - Returns: One outcome per row of the batch.
    /// - Throws: ``LendingError``: `invalidBatch`, `model`, `noBureauAvailable`, `tooFewBanks`,
    ///   `ledger`. Rounds that were concluded before stay on the chain.
    /// - Complexity: Signature checks in O(applications * banks *
    ///   banks): each bank checks all votes.
    public func score(
        _ batch: ApplicationBatch, applicantsPerRound: Int = 100, absent: Set<Address> = [],
        progress: ((Int) -> Void)? = nil
    ) throws(LendingError) -> [ScoreOutcome] {
        let limit = Block.maximumTransactionCount / max(1, banks.count)
        guard (1...limit).contains(applicantsPerRound) else {
            throw LendingError(
                .invalidBatch,
                "\(applicantsPerRound) applicants per round are not in 1...\(limit)")
        }
        let scores = try Scores(batch, self, absent: absent)
        return try writing.withLock { (_) throws(LendingError) in
            var outcomes: [ScoreOutcome] = []
            for start in stride(from: 0, to: batch.count, by: applicantsPerRound) {
                let rows = start..<min(start + applicantsPerRound, batch.count)
                outcomes += try round(rows, scores, absent: absent)
                progress?(outcomes.count)
            }
            return outcomes
        }
    }

    /// The outcome of a proposal, as the chain has it.
    ///
    /// - Throws: ``LendingError`` with code `notFound`.
    public func outcome(of proposalID: LedgerDigest) throws(LendingError) -> ScoreOutcome {
        let state = chain.state
        guard let tally = state.score(of: proposalID), let status = state.status(of: proposalID)
        else { throw LendingError(.notFound, "the chain holds no proposal \(proposalID)") }
        return ScoreOutcome(tally, status: status)
    }

    /// The outcomes of every score proposed for `borrower`, in the chain's order.
    public func history(of borrower: Borrower) -> [ScoreOutcome] {
        let state = chain.state
        return state.scores(for: borrower).compactMap { tally in
            state.status(of: tally.id).map { ScoreOutcome(tally, status: $0) }
        }
    }

    private func round(
        _ rows: Range<Int>, _ scores: Scores, absent: Set<Address>
    ) throws(LendingError) -> [ScoreOutcome] {
        let length = chain.genesis.cycleLength
        guard length > 1 else {
            throw LendingError(
                .invalidBatch, "a round takes two blocks of one cycle, cycles have \(length)")
        }
        if chain.state.configuration.lastHeight - chain.state.height == 1 {
            try agree(on: [], absent: absent)
        }
        let before = chain.state
        let cycle = before.cycle
        let bureau = try nextBureau(after: before, absent: absent)
        let proposals = try scores.proposals(rows, by: bureau, cycle: cycle, before)
        try agree(on: proposals, absent: absent)

        var votes: [SignedTransaction] = []
        var objections = [[Address: ScoreObjection]](repeating: [:], count: rows.count)
        for (index, bank) in banks.enumerated() where !absent.contains(address(of: bank)) {
            var nonce = before.nextNonce(of: address(of: bank))
            for (position, proposal) in proposals.enumerated() {
                let objection = try scores.objection(
                    ofBank: index, to: proposal, row: rows.lowerBound + position)
                objections[position][address(of: bank)] = objection
                let vote = ScoreVote(
                    proposal: proposal.id, approves: objection == nil, cycle: cycle)
                votes.append(
                    try sign(.scoreVote(vote), nonce: nonce, bank.identity, before.chainID))
                nonce += 1
            }
        }
        try agree(on: votes, absent: absent)

        let after = chain.state
        return try proposals.enumerated().map { (position, proposal) throws(LendingError) in
            guard let tally = after.score(of: proposal.id),
                let status = after.status(of: proposal.id)
            else { throw LendingError(.notFound, "the chain lost proposal \(proposal.id)") }
            return ScoreOutcome(tally, status: status, objections: objections[position])
        }
    }
}

/// Everybody's own scores of one batch.
private struct Scores {
    let batch: ApplicationBatch
    private let bureauPoints: [Address: [Int]]
    private let bankPoints: [Result<[Int], LendingError>?]
    private let consortium: Consortium

    init(
        _ batch: ApplicationBatch, _ consortium: Consortium, absent: Set<Address>
    ) throws(LendingError) {
        self.batch = batch
        self.consortium = consortium
        var bureauPoints: [Address: [Int]] = [:]
        for bureau in consortium.bureaus {
            let address = consortium.address(of: bureau)
            if absent.contains(address) { continue }
            bureauPoints[address] = try bureau.points(for: batch)
        }
        self.bureauPoints = bureauPoints
        bankPoints = consortium.banks.map { bank -> Result<[Int], LendingError>? in
            guard !absent.contains(consortium.address(of: bank)) else { return nil }
            do throws(LendingError) {
                return .success(try scorePoints(of: batch.table, bank.model, bank.scale))
            } catch {
                return .failure(error)
            }
        }
    }

    func proposals(
        _ rows: Range<Int>, by bureau: Bureau, cycle: UInt64, _ state: ChainState
    ) throws(LendingError) -> [SignedTransaction] {
        let address = consortium.address(of: bureau)
        guard let points = bureauPoints[address] else {
            throw LendingError(.notFound, "'\(bureau.name)' has not scored the batch")
        }
        let nonce = state.nextNonce(of: address)
        return try rows.map { (row) throws(LendingError) in
            try sign(
                .scoreProposal(
                    bureau.proposal(row: row, of: batch, points: points[row], cycle: cycle)),
                nonce: nonce + UInt64(row - rows.lowerBound), bureau.identity, state.chainID)
        }
    }

    func objection(
        ofBank index: Int, to transaction: SignedTransaction, row: Int
    ) throws(LendingError) -> ScoreObjection? {
        guard case .scoreProposal(let proposal) = transaction.transaction else { return nil }
        switch bankPoints[index] {
        case .success(let points):
            return try consortium.banks[index].objection(
                to: proposal, ownPoints: points[row],
                inputCommitment: batch.inputCommitments[row])
        case .failure(let error): return .notScorable(error.description)
        case nil: return nil
        }
    }
}

/// Signs a transaction for the chain.
func sign(
    _ transaction: Transaction, nonce: UInt64, _ identity: SigningIdentity,
    _ chainID: LedgerDigest
) throws(LendingError) -> SignedTransaction {
    try ledgerStep("signing a transaction") { () throws(LedgerError) in
        try SignedTransaction(
            transaction, nonce: nonce, signedBy: identity, chainID: chainID)
    }
}
