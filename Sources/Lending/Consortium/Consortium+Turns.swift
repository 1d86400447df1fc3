// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// Whose turn it is to make a block.
///
/// Bureaus take turns in the order of the chain's cycle (``ChainState/configuration``). The view of
/// a bureau that is absent passes without a block, which the next header proves.
extension Consortium {
    /// The address of a bureau on this chain.
    public func address(of bureau: Bureau) -> Address {
        bureau.identity.address(chainID: chain.genesis.chainID)
    }

    /// The address of a bank on this chain.
    public func address(of bank: Bank) -> Address {
        bank.identity.address(chainID: chain.genesis.chainID)
    }

    /// The bureau that makes the next block: the first one whose turn comes and that is present.
    func nextBureau(
        after state: ChainState, absent: Set<Address>
    ) throws(LendingError) -> Bureau {
        let count = state.configuration.bureaus.count
        for skipped in 0..<UInt64(count) {
            let address = state.configuration.leader(of: state.view + 1 + skipped)
            guard !absent.contains(address),
                let bureau = bureaus.first(where: { self.address(of: $0) == address })
            else { continue }
            return bureau
        }
        throw LendingError(
            .noBureauAvailable, "none of the \(count) bureaus of cycle \(state.cycle) is present")
    }

    /// Has the bureau whose turn it is make a block, the banks vote on it, and the chain take it.
    func agree(
        on transactions: [SignedTransaction], absent: Set<Address>
    ) throws(LendingError) {
        let state = chain.state
        let voters = state.configuration.voters
        let present = banks.filter {
            !absent.contains(address(of: $0)) && voters.index(of: address(of: $0)) != nil
        }
        guard present.count >= voters.quorum else {
            throw LendingError(
                .tooFewBanks,
                "\(present.count) of \(voters.count) registered banks are present, "
                    + "\(voters.quorum) must vote for a block")
        }
        let bureau = try nextBureau(after: state, absent: absent)
        try ledgerStep("block \(state.height + 1) of '\(bureau.name)'") {
            () throws(LedgerError) in
            let time = timing.time(after: state.timestamp)
            guard time > state.timestamp else {
                throw LedgerError(
                    .wrongTime, "time \(time) ms is not after \(state.timestamp) ms",
                    height: state.height + 1)
            }
            try chain.append(transactions, agreedBy: members, now: time, absent: absent)
        }
    }
}
