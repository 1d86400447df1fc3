// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
public import Ledger

/// Nodes with real keys, real files and threads of their own in one process, to see how much they
/// agree on in a second.
///
/// Every node checks the Ed25519 signature of every transaction, votes with its own key, and
/// flushes its journal to the disk before a vote leaves. Messages are handed over in memory.
/// Nothing is lost and nobody lies here: that is what a ``Simulation`` is for.
///
/// ```swift
/// let report = try LocalCluster(ClusterPlan(folder: "/var/tmp/cluster")).run()
/// precondition(report.isComplete && report.isConsistent)
/// ```
public struct LocalCluster: Sendable {
    private let plan: ClusterPlan
    private let nodes: [ClusterNode]
    private let transactions: [SignedTransaction]

    /// Founds the chain, opens the journals and signs the transactions.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` for a plan without nodes, transactions or batches,
    ///   `invalidQuorum`, `storage` where a journal exists or cannot be made.
    public init(_ plan: ClusterPlan) throws(LedgerError) { try self.init(plan, forging: nil) }

    /// A cluster of which one transaction is not signed by its sender: a negative control.
    package init(_ plan: ClusterPlan, forging forged: Int?) throws(LedgerError) {
        guard plan.nodes > 0, plan.transactions > 0, plan.batch > 0 else {
            throw LedgerError(
                .invalidValue,
                "\(plan.nodes) nodes, \(plan.transactions) transactions, batches of \(plan.batch)")
        }
        let banks = try (0..<plan.nodes).map { (index) throws(LedgerError) in
            try Self.identity(1, index)
        }
        let users = try (0..<Self.senderCount).map { (index) throws(LedgerError) in
            try Self.identity(3, index)
        }
        var members: [Member] = []
        for (role, identities) in [
            (Role.bank, banks), (.bureau, [try Self.identity(2, 0)]), (.user, users),
        ] {
            for (index, identity) in identities.enumerated() {
                members.append(
                    try Member(
                        name: "\(role) \(index)", role: role, identity: identity,
                        chainName: "cluster"))
            }
        }
        let genesis = try Genesis(
            chainName: "cluster", members: members, quorum: plan.rule,
            creationTime: ClusterNode.start - 1000)
        let registry = MemberRegistry(genesis)
        let addresses = registry.banks
        let epoch = try EpochConfiguration(
            epoch: 0, voters: VoterSet(registry, rule: plan.rule), bureaus: addresses,
            lastHeight: .max, chainID: genesis.chainID)
        self.plan = plan
        var nodes: [ClusterNode] = []
        for (number, bank) in banks.enumerated() {
            let verified = VerifiedTransactions()
            let settings = ConsensusSettings(
                chainID: genesis.chainID, address: bank.address(chainID: genesis.chainID),
                keys: RegisteredKeys(bank, registry: registry),
                timing: ConsensusTiming(initialTimeOut: 10_000), firstEpoch: epoch,
                application: ClusterApplication(registry, verified),
                creationTime: genesis.creationTime,
                maximumPayloadSize: 16 + plan.batch * (ClusterPlan.transactionSize + 8))
            nodes.append(
                try ClusterNode(settings, registry, verified, plan, number: number))
        }
        self.nodes = nodes
        for node in nodes {
            for other in nodes { node.others[other.settings.address] = other }
        }
        var transactions = try Self.transactions(plan.transactions, by: users, genesis.chainID)
        if let forged {
            transactions[forged] = try Self.forgery(of: transactions[forged], genesis.chainID)
        }
        self.transactions = transactions
    }

    /// The same with the last bit of its signature flipped.
    private static func forgery(
        of transaction: SignedTransaction, _ chainID: LedgerDigest
    ) throws(LedgerError) -> SignedTransaction {
        var bytes = ClusterApplication.payload([transaction])
        bytes[bytes.count - 1] ^= 1
        return try ClusterApplication.transactions(in: bytes, chainID)[0]
    }

    private static let senderCount = 8

    private static func identity(
        _ kind: UInt8, _ index: Int
    ) throws(LedgerError) -> SigningIdentity {
        try SigningIdentity(
            seed: [kind, UInt8(index >> 8), UInt8(index & 255)] + [UInt8](repeating: 9, count: 29))
    }

    /// Commitments to data, which take ``ClusterPlan/transactionSize`` bytes each.
    private static func transactions(
        _ count: Int, by users: [SigningIdentity], _ chainID: LedgerDigest
    ) throws(LedgerError) -> [SignedTransaction] {
        var transactions: [SignedTransaction] = []
        transactions.reserveCapacity(count)
        for index in 0..<count {
            let record = (0..<32).map { UInt8(truncatingIfNeeded: index >> ($0 % 8 * 8)) }
            let commitment = try DataCommitment(
                record: LedgerDigest(record), commitment: chainID,
                schema: String(repeating: "s", count: 56), consent: chainID)
            transactions.append(
                try SignedTransaction(
                    .dataCommitment(commitment), nonce: UInt64(index / users.count),
                    signedBy: users[index % users.count], chainID: chainID))
        }
        return transactions
    }

    /// The bytes of one of its transactions.
    package var transactionSize: Int { transactions[0].byteCount }

    /// Submits the transactions to every node and waits until they are final everywhere.
    ///
    /// - Throws: ``LedgerError`` of a node that failed: `storage`, or what its checks found.
    public consuming func run() throws(LedgerError) -> ClusterReport {
        let done = DispatchSemaphore(value: 0)
        for node in nodes { node.whenDone = { done.signal() } }
        let clock = ContinuousClock()
        let start = clock.now
        for node in nodes { node.start(transactions) }
        let end = DispatchTime.now() + .seconds(plan.patience)
        var isComplete = true
        for _ in nodes where done.wait(timeout: end) == .timedOut { isComplete = false }
        let duration = clock.now - start
        for node in nodes { node.stop() }
        for node in nodes {
            if let failure = node.failure { throw failure }
        }
        let expected = Set(transactions.map { $0.id })
        var isConsistent = true
        for node in nodes {
            let shared = min(node.order.count, nodes[0].order.count)
            isConsistent =
                isConsistent && node.order[..<shared] == nodes[0].order[..<shared]
                && Set(node.order).count == node.order.count
                && expected.isSuperset(of: node.order)
            if isConsistent { isConsistent = try node.comesBack() }
        }
        return ClusterReport(
            isComplete: isComplete, isConsistent: isConsistent,
            transactions: nodes.map { $0.order.count }.min() ?? 0,
            blocks: nodes[0].blocks, flushes: nodes.reduce(0) { $0 + $1.flushes },
            duration: duration)
    }
}
