// SPDX-License-Identifier: Apache-2.0

extension ChainState {
    /// What a transaction does, its sender, number and signature checked; after an error nothing
    /// has changed.
    mutating func applyEffect(
        of transaction: SignedTransaction, in context: TransactionContext
    ) throws(LedgerError) {
        switch transaction.transaction {
        case .scoreProposal(let proposal): try propose(proposal, in: context)
        case .scoreVote(let vote): try count(vote, in: context)
        case .modelRecord: break
        case .lendingDecision(let decision):
            try requireAcceptance(of: decision.proposal, "decision")
        case .loanContract(let contract): try lend(contract, in: context)
        case .repayment(let repayment): try repay(repayment, in: context)
        case .bureauApplication(let application):
            try candidates.enter(application, in: context)
        case .bureauVote(let vote): try candidates.count(vote, in: context)
        case .keyRotation, .keyRevocation, .configurationChange:
            try change(transaction, in: context)
        case .consentGrant(let grant):
            try consents.enter(grant, in: context)
            stateTree.set(
                Self.stateValue(of: grant), for: Self.stateKey(ofConsent: context.id))
        case .consentRevocation(let revocation):
            try consents.revoke(revocation, in: context)
            stateTree.set(nil, for: Self.stateKey(ofConsent: revocation.grant))
        case .misconduct(let misconduct): try convict(transaction, misconduct, in: context)
        case .seedCommitment(let promise): try seed.enter(promise, in: context)
        case .seedReveal(let reveal): try seed.enter(reveal, in: context)
        case .dataCommitment(let commitment): try consents.check(commitment, in: context)
        case .modelUpdate(let update): try models.propose(update, in: context)
        case .modelApproval(let vote): try models.count(vote, in: context)
        case .entryBatch(let batch):
            journals[batch.journal, default: 0] += UInt64(batch.count)
        }
    }

    private mutating func count(
        _ vote: ScoreVote, in context: TransactionContext
    ) throws(LedgerError) {
        try checkCycle(vote.cycle)
        guard let tally = tallies[vote.proposal] else {
            throw LedgerError(.unknownProposal, "vote on unknown proposal \(vote.proposal)")
        }
        try checkCycle(tally.proposal.cycle)
        try tallies[vote.proposal]?.count(
            vote, of: context.sender, origin: context.origin, at: context.place)
        noteAcceptance(of: vote.proposal)
    }

    private func requireAcceptance(
        of proposal: LedgerDigest, _ what: String
    ) throws(LedgerError) {
        guard let status = status(of: proposal) else {
            throw LedgerError(.unknownProposal, "\(what) on unknown proposal \(proposal)")
        }
        guard status == .accepted else {
            throw LedgerError(
                .scoreNotAccepted, "\(what) on proposal \(proposal), which is \(status)")
        }
    }

    private mutating func lend(
        _ contract: LoanContract, in context: TransactionContext
    ) throws(LedgerError) {
        if let score = contract.terms.score {
            try requireAcceptance(of: score, "loan")
            if case .address(let borrower)? = tallies[score]?.proposal.borrower {
                guard membership.isSame(borrower, contract.terms.borrower) else {
                    throw LedgerError(
                        .invalidValue,
                        "a loan to \(contract.terms.borrower) on the score of \(borrower)")
                }
            }
        }
        // Both books are written or neither is.
        var loans = self.loans
        var settlement = self.settlement
        for entry in try loans.enter(contract, in: context) { try settlement.post(entry) }
        self.loans = loans
        self.settlement = settlement
    }

    private mutating func repay(
        _ repayment: Repayment, in context: TransactionContext
    ) throws(LedgerError) {
        var loans = self.loans
        let entry = try loans.repay(repayment, in: context)
        try settlement.post(entry)
        self.loans = loans
    }
}
