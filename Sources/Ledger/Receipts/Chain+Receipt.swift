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
            var blocks: [UInt64: (block: CertifiedBlock, tree: MerkleTree)] = [:]
            for tally in tallies {
                for place in tally.places where blocks[place.height] == nil {
                    let block = try reader.block(at: place.height)
                    blocks[place.height] = (block, block.block.merkleTree)
                }
            }
            return tallies.map { tally in
                var proofs = tally.places.compactMap { place in
                    blocks[place.height].map {
                        TransactionProof(
                            position: place.position, in: $0.block.block, tree: $0.tree)
                    }
                }
                return ScoreReceipt(
                    chainID: state.chainID,
                    headers: Set(tally.places.map(\.height)).sorted().compactMap {
                        blocks[$0].map { CertifiedHeader($0.block) }
                    },
                    proposal: proofs.removeFirst(), approvals: proofs)
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
                    + "\(tally.rejections.count) rejections of \(registry.banks.count) banks",
                height: tally.place.height)
        }
        return tally
    }
}
