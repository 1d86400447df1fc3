// SPDX-License-Identifier: Apache-2.0

/// Some blocks of a chain, by their headers, and who was registered in each of them, by the changes
/// that a proof tells of.
struct MembershipTrail {
    private(set) var memberships: [UInt64: Membership] = [:]
    private var headers: [UInt64: CertifiedHeader] = [:]
    private let proofs: [TransactionProof]
    private let history: MembershipHistory
    private let genesis: Genesis

    /// Finds every transaction in one of the blocks, and follows the changes from the genesis; the
    /// signatures are left to ``verifySignatures()``.
    init(
        _ genesis: Genesis, _ headers: [CertifiedHeader], proving transactions: [TransactionProof],
        changes: [TransactionProof]
    ) throws(LedgerError) {
        proofs = transactions + changes
        var last: UInt64 = 0
        for certified in headers {
            guard certified.header.height > last else {
                throw LedgerError(
                    .wrongParent, "header of height \(certified.header.height) after \(last)")
            }
            last = certified.header.height
            self.headers[last] = certified
        }
        guard Set(proofs.map(\.height)).count == headers.count else {
            throw LedgerError(.malformedBytes, "there are headers that prove nothing")
        }
        for proof in proofs {
            guard let certified = self.headers[proof.height] else {
                throw LedgerError(.wrongRoot, "the header is missing", height: proof.height)
            }
            try proof.verifyInclusion(in: certified.header)
        }
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

    /// The cycle of the block at a height, if it is one of them.
    func cycle(at height: UInt64) -> UInt64? { headers[height]?.header.cycle }

    /// Checks the votes on every block, and the sender's role and signature of every transaction.
    func verifySignatures() throws(LedgerError) {
        let keys = MemberKeys(history)
        for (_, certified) in headers.sorted(by: { $0.key < $1.key }) {
            try certified.certificate.verify(
                for: certified.header.consensus, voters: voters(in: certified.header.cycle),
                keys: keys)
        }
        for proof in proofs { try proof.verifySignature(registry(at: proof.height)) }
    }

    /// The banks that vote in a cycle: those that were registered when it began.
    private func voters(in cycle: UInt64) throws(LedgerError) -> VoterSet {
        let (start, overflow) = cycle.multipliedReportingOverflow(by: genesis.cycleLength)
        guard !overflow, start < .max else {
            throw LedgerError(.wrongCycle, "there is no cycle \(cycle)")
        }
        return try VoterSet(history.registry(at: start + 1), rule: genesis.quorum)
    }

    private func registry(at height: UInt64) throws(LedgerError) -> MemberRegistry {
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
