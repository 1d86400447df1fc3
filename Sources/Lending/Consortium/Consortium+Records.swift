// SPDX-License-Identifier: Apache-2.0

public import Ledger
public import Models
internal import Synchronization

extension Consortium {
    /// The receipt of an accepted score for its borrower, verifiable with the genesis alone.
    ///
    /// - Throws: ``LendingError`` with code `scoreNotAccepted`, or `ledger`.
    public func receipt(for outcome: ScoreOutcome) throws(LendingError) -> ScoreReceipt {
        try receipts(for: [outcome])[0]
    }

    /// The receipts of accepted scores, in order; every block is read once.
    ///
    /// - Throws: ``LendingError`` with code `scoreNotAccepted`, or `ledger`.
    public func receipts(for outcomes: [ScoreOutcome]) throws(LendingError) -> [ScoreReceipt] {
        for outcome in outcomes { try outcome.requireAcceptance() }
        return try ledgerStep("receipts of \(outcomes.count) scores") {
            () throws(LedgerError) in try chain.receipts(for: outcomes.map(\.proposalID))
        }
    }

    /// Puts the digest of a model on the chain, so that whoever has the file can see that it is the
    /// one; sent by the bureau whose turn it is.
    ///
    /// - Throws: ``LendingError``: `ledger` for a name or version of other than 1 to 64 bytes,
    ///   `noBureauAvailable`, `tooFewBanks`.
    public func anchor(
        _ model: any TableModel, name: String, version: String, absent: Set<Address> = []
    ) throws(LendingError) {
        let digest = try ledgerDigest(model.digest.bytes)
        let record = try ledgerStep("model record") { () throws(LedgerError) in
            try ModelRecord(modelDigest: digest, name: name, version: version)
        }
        try writing.withLock { (_) throws(LendingError) in
            let state = chain.state
            let bureau = try nextBureau(after: state, absent: absent)
            let transaction = try sign(
                .modelRecord(record), nonce: state.nextNonce(of: address(of: bureau)),
                bureau.identity, state.chainID)
            try agree(on: [transaction], absent: absent)
        }
    }

    /// Puts a bank's decisions on the chain, signed by the bank, in as few blocks as hold them.
    ///
    /// - Throws: ``LendingError``: `notFound` for a bank that is not one of ``banks``, `ledger` for
    ///   a score that is not accepted, `noBureauAvailable`, `tooFewBanks`.
    public func record(
        _ decisions: [LendingDecision], of bank: Bank, absent: Set<Address> = []
    ) throws(LendingError) {
        let sender = address(of: bank)
        guard banks.contains(where: { address(of: $0) == sender }) else {
            throw LendingError(
                .notFound, "'\(bank.name)' (\(sender)) is no bank of this consortium")
        }
        let records = try decisions.map { (decision) throws(LendingError) in
            try decision.ledgerRecord()
        }
        try writing.withLock { (_) throws(LendingError) in
            for start in stride(from: 0, to: records.count, by: Block.maximumTransactionCount) {
                let state = chain.state
                let first = state.nextNonce(of: sender)
                let part = records[
                    start..<min(start + Block.maximumTransactionCount, records.count)]
                var transactions: [SignedTransaction] = []
                for (offset, record) in part.enumerated() {
                    transactions.append(
                        try sign(
                            .lendingDecision(record), nonce: first + UInt64(offset), bank.identity,
                            state.chainID))
                }
                try agree(on: transactions, absent: absent)
            }
        }
    }
}

extension ScoreOutcome {
    /// Refuses a score that the banks have not accepted.
    func requireAcceptance() throws(LendingError) {
        guard isAccepted else {
            throw LendingError(
                .scoreNotAccepted,
                "proposal \(proposalID) is \(status): \(approvals.count) approvals, "
                    + "\(rejections.count) rejections")
        }
    }
}
