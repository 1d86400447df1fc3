// SPDX-License-Identifier: Apache-2.0

/// What the verification of a chain found.
public struct ChainReport: Hashable, Sendable, CustomStringConvertible {
    /// The chain.
    public let chainID: LedgerDigest
    /// The chain's name.
    public let chainName: String
    /// The number of blocks behind the genesis.
    public let height: UInt64
    /// The number of transactions in them.
    public let transactionCount: UInt64
    /// The number of block votes.
    public let voteCount: UInt64
    /// The entries of batches below this height are not in the file; 0 where all are.
    public let prunedBelow: UInt64
    /// The hash of the last block; the chain id where there is none.
    public let headHash: LedgerDigest

    init(_ state: ChainState) {
        chainID = state.chainID
        chainName = state.genesis.chainName
        height = state.height
        transactionCount = state.transactionCount
        voteCount = state.voteCount
        prunedBelow = state.prunedBelow
        headHash = state.headHash
    }

    /// One line with all of it.
    public var description: String {
        "chain '\(chainName)' \(chainID): \(height) blocks, \(transactionCount) transactions, "
            + "\(voteCount) votes, head \(headHash)"
            + (prunedBelow > 0 ? ", entries pruned below \(prunedBelow)" : "")
    }
}
