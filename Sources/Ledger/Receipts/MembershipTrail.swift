// SPDX-License-Identifier: Apache-2.0

/// Who was registered in each of some blocks, by the changes that a proof tells of.
struct MembershipTrail {
    private(set) var memberships: [UInt64: Membership] = [:]
    private let history: MembershipHistory
    private let genesis: Genesis

    /// Follows the changes from the genesis; their signatures are for the caller.
    init(
        _ genesis: Genesis, _ headers: [CertifiedHeader], _ changes: [TransactionProof]
    ) throws(LedgerError) {
        var membership = Membership(genesis)
        var rest = changes[...]
        for certified in headers {
            let height = certified.header.height
            memberships[height] = membership
            while let change = rest.first, change.height == height {
                do throws(LedgerError) {
                    try membership.follow(change.transaction, in: height)
                } catch {
                    throw error.at(height)
                }
                rest.removeFirst()
            }
            membership.advance(past: height)
        }
        guard rest.isEmpty else {
            throw LedgerError(
                .malformedBytes, "the changes of members are not in the chain's order")
        }
        history = membership.history
        self.genesis = genesis
    }

    /// The banks that vote in a cycle: those that were registered when it began.
    func voters(in cycle: UInt64) throws(LedgerError) -> VoterSet {
        let (start, overflow) = cycle.multipliedReportingOverflow(by: genesis.cycleLength)
        guard !overflow, start < .max else {
            throw LedgerError(.wrongCycle, "there is no cycle \(cycle)")
        }
        return try VoterSet(history.registry(at: start + 1), rule: genesis.quorum)
    }

    /// The keys of all members that the proof knows.
    var keys: MemberKeys { MemberKeys(history) }

    func registry(at height: UInt64) throws(LedgerError) -> MemberRegistry {
        guard let membership = memberships[height] else {
            throw LedgerError(.wrongRoot, "the header is missing", height: height)
        }
        return membership.registry
    }
}

extension Membership {
    /// Makes a change that a proof tells of, its quorum of banks checked.
    fileprivate mutating func follow(
        _ transaction: SignedTransaction, in height: UInt64
    ) throws(LedgerError) {
        guard transaction.transaction.changesMembers else {
            throw LedgerError(
                .malformedBytes, "transaction \(transaction.id) changes no member")
        }
        if case .configurationChange(let change) = transaction.transaction {
            try change.verify(registry)
        }
        try apply(transaction, in: height)
    }
}
