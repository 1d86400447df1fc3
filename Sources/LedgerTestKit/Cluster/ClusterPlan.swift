// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// What a ``LocalCluster`` does.
public struct ClusterPlan: Hashable, Sendable {
    /// The folder for the nodes' journals; it must exist.
    public var folder: String
    /// The nodes; each is a bank that votes and takes its turn to propose.
    public var nodes = 4
    /// The quorum among them.
    public var rule = QuorumRule.bft
    /// How many transactions are submitted to every node.
    public var transactions = 10_000
    /// The most transactions of a block.
    public var batch = 1_000
    /// After how many seconds the run is given up.
    public var patience = 120

    /// Bytes of each transaction, its Ed25519 signature included.
    public static let transactionSize = 256

    /// The plan of four nodes and ten thousand transactions.
    public init(folder: String) { self.folder = folder }
}

/// What a ``LocalCluster`` did.
public struct ClusterReport: Hashable, Sendable {
    /// Whether all transactions were final on every node in time.
    public let isComplete: Bool
    /// Whether all nodes have the same transactions in the same order, each once, and have the same
    /// state again when they start from their journals.
    public let isConsistent: Bool
    /// The transactions that are final on every node.
    public let transactions: Int
    /// The blocks that hold them.
    public let blocks: Int
    /// How often a journal was flushed to the disk, on all nodes together.
    public let flushes: Int
    /// From the first submission until the last node had the last transaction.
    public let duration: Duration

    /// Final transactions in a second.
    public var transactionsPerSecond: Double {
        let parts = duration.components
        return Double(transactions) / (Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
    }
}
