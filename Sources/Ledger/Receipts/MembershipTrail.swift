// SPDX-License-Identifier: Apache-2.0

/// Who was registered in each of some blocks, by the changes that a proof tells of.
struct MembershipTrail {
    private(set) var memberships: [UInt64: Membership] = [:]

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
    }

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
