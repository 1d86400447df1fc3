// SPDX-License-Identifier: Apache-2.0

/// The bureaus that apply for a cycle and the banks' votes for them.
public struct BureauCandidates: Hashable, Sendable {
    private var voters: [UInt64: [Address: Set<Address>]] = [:]

    /// Who applied for `cycle`, in the order of their first addresses, with
    /// the banks that voted for each.
    public func candidates(
        for cycle: UInt64
    ) -> [(bureau: Address, voteCount: Int)] {
        (voters[cycle] ?? [:]).sorted { $0.key < $1.key }
            .map { (bureau: $0.key, voteCount: $0.value.count) }
    }

    mutating func enter(
        _ application: BureauApplication, in context: TransactionContext
    ) throws(LedgerError) {
        try checkCycle(application.cycle, context)
        let bureau = context.origin
        guard voters[application.cycle]?[bureau] == nil else {
            throw LedgerError(
                .duplicateAct, "\(bureau) has applied for cycle \(application.cycle) already")
        }
        voters[application.cycle, default: [:]][bureau] = []
    }

    mutating func count(
        _ vote: BureauVote, in context: TransactionContext
    ) throws(LedgerError) {
        try checkCycle(vote.cycle, context)
        let bureau = context.membership.origin(of: vote.candidate)
        guard voters[vote.cycle]?[bureau] != nil else {
            throw LedgerError(
                .unknownReference,
                "\(vote.candidate) has not applied for cycle \(vote.cycle)")
        }
        guard voters[vote.cycle]?[bureau]?.insert(context.origin).inserted == true else {
            throw LedgerError(
                .duplicateAct,
                "\(context.sender) has voted for \(vote.candidate) in cycle \(vote.cycle) already")
        }
    }

    /// Takes out a convicted member: its candidatures and its votes.
    mutating func void(_ origin: Address) {
        voters = voters.mapValues { candidates in
            candidates.filter { $0.key != origin }.mapValues { $0.subtracting([origin]) }
        }
    }

    private func checkCycle(
        _ cycle: UInt64, _ context: TransactionContext
    ) throws(LedgerError) {
        guard cycle > 0, cycle - 1 == context.cycle else {
            throw LedgerError(
                .wrongCycle,
                "for cycle \(cycle), the one after the block's \(context.cycle) is open")
        }
    }
}
