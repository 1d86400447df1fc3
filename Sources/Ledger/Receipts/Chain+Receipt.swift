// SPDX-License-Identifier: Apache-2.0

extension Chain {
    /// The receipt of an accepted score.
    ///
    /// - Parameter proposal: the identifier of the proposing transaction.
    /// - Throws: ``LedgerError``: `unknownProposal`, `scoreNotAccepted` (with the votes so far),
    ///   `corruptStore`, `staleChain`, `storage`.
    public func receipt(for proposal: LedgerDigest) throws(LedgerError) -> ScoreReceipt {
        try receipts(for: [proposal])[0]
    }

    /// The receipts of accepted scores, in the order of `proposals`; every block is read once.
    ///
    /// - Throws: ``LedgerError``, as ``receipt(for:)``.
    public func receipts(for proposals: [LedgerDigest]) throws(LedgerError) -> [ScoreReceipt] {
        let state = self.state
        var tallies: [ScoreTally] = []
        for proposal in proposals { tallies.append(try state.acceptedTally(of: proposal)) }
        return try reading { [tallies] reader in
            var proofs = BlockProofs(reader)
            return try tallies.map { tally in
                let last = tally.places.map(\.height).max() ?? 0
                let changes = state.membershipChanges.filter { $0.height < last }
                return ScoreReceipt(
                    chainID: state.chainID, proposal: try proofs.proof(at: tally.place),
                    approvals: try tally.approvalPlaces.map { try proofs.proof(at: $0) },
                    membershipChanges: try changes.map { try proofs.proof(at: $0) },
                    headers: try proofs.headers(of: tally.places + changes))
            }
        }
    }
}

extension ScoreTally {
    /// Where the proposal and its approvals are, in the chain's order.
    fileprivate var places: [Place] { [place] + approvalPlaces }
}

extension ChainState {
    fileprivate func acceptedTally(of proposal: LedgerDigest) throws(LedgerError) -> ScoreTally {
        guard let tally = score(of: proposal), let status = status(of: proposal) else {
            throw LedgerError(.unknownProposal, "the chain holds no proposal \(proposal)")
        }
        guard status == .accepted else {
            throw LedgerError(
                .scoreNotAccepted,
                "proposal \(proposal) is \(status): \(tally.approvals.count) approvals and "
                    + "\(tally.rejections.count) rejections of \(tally.bankCount) banks",
                height: tally.place.height)
        }
        return tally
    }
}
