// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// Whose turn it is to make a block.
///
/// Bureaus take turns in the order of their addresses: a block is made by the first bureau behind
/// the one that made the head block, or behind the last one for the first block. A bureau that is
/// absent is passed over, which the view number shows: it grows by one for every turn, used or not.
extension Consortium {
    /// A turn: the bureau and the view in which it makes the block.
    struct Turn {
        let bureau: Bureau
        let view: UInt64
    }

    /// The address of a bureau on this chain.
    public func address(of bureau: Bureau) -> Address {
        bureau.identity.address(chainID: chain.genesis.chainID)
    }

    /// The address of a bank on this chain.
    public func address(of bank: Bank) -> Address {
        bank.identity.address(chainID: chain.genesis.chainID)
    }

    /// The next turn of a bureau that is present.
    func nextTurn(after state: ChainState, absent: Set<Address>) throws(LendingError) -> Turn {
        let order = state.registry.bureaus
        let last = try ledgerStep("reading the head") { () throws(LedgerError) in
            try chain.block(at: state.height)?.block.header.proposer
        }
        let start = last.flatMap(order.firstIndex).map { $0 + 1 } ?? 0
        for skipped in order.indices {
            let address = order[(start + skipped) % order.count]
            guard !absent.contains(address),
                let bureau = bureaus.first(where: { self.address(of: $0) == address })
            else { continue }
            return Turn(bureau: bureau, view: state.view + 1 + UInt64(skipped))
        }
        throw LendingError(
            .noBureauAvailable, "none of the \(order.count) registered bureaus is present")
    }

    /// Has the bureau make a block, the banks vote on it, and the chain take it.
    func agree(
        on transactions: [SignedTransaction], turn: Turn, cycle: UInt64?, voters: inout [Voter],
        absent: Set<Address>
    ) throws(LendingError) {
        let state = chain.state
        let present = voters.indices.filter { !absent.contains(voters[$0].address) }
        guard present.count >= state.registry.blockQuorum else {
            // Asked before anybody votes: a bank signs one block per height, so a block that fell
            // short could not be replaced by another one.
            throw LendingError(
                .tooFewBanks,
                "\(present.count) of \(state.registry.banks.count) registered banks are present, "
                    + "\(state.registry.blockQuorum) must vote for a block")
        }
        try ledgerStep("block \(state.height + 1) of '\(turn.bureau.name)'") {
            () throws(LedgerError) in
            var builder = try BlockBuilder(
                after: state, proposer: turn.bureau.identity, cycle: cycle)
            for transaction in transactions { try builder.add(transaction) }
            let block = try builder.build(
                timestamp: timing.time(after: state.timestamp), view: turn.view)
            var round = AgreementRound(block, after: state)
            for index in present { round.ask(&voters[index]) }
            try chain.append(try round.conclude())
        }
    }
}
