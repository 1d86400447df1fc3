// SPDX-License-Identifier: Apache-2.0

/// The Merkle log over the hashes of a chain's blocks: block `h` is leaf `h - 1`.
///
/// With the block's own tree of transactions it gives one proof from a transaction to a checkpoint,
/// see ``LoggedTransaction``.
public struct HeaderLog: Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    private var log = MerkleLog()
    private var headHash: LedgerDigest

    /// The log of a chain without blocks.
    public init(_ genesis: Genesis) {
        chainID = genesis.chainID
        headHash = genesis.chainID
    }

    /// The height of the last block.
    public var height: UInt64 { UInt64(log.count) }

    /// Appends the next block.
    ///
    /// - Throws: ``LedgerError``: `wrongChain`, `wrongParent`.
    /// - Complexity: O(1) hashes on average.
    public mutating func append(_ header: BlockHeader) throws(LedgerError) {
        guard header.chainID == chainID else {
            throw LedgerError(
                .wrongChain, "made for chain \(header.chainID), not \(chainID)",
                height: header.height)
        }
        guard header.height == height + 1, header.previousHash == headHash else {
            throw LedgerError(
                .wrongParent,
                "block \(header.height) with parent \(header.previousHash) does not follow "
                    + "block \(height) with hash \(headHash)", height: header.height)
        }
        log.append(header.hash.bytes)
        headHash = header.hash
    }

    /// The checkpoint of the first `height` blocks, all where it is `nil`.
    ///
    /// - Parameter origin: the log's name; the chain id where it is `nil`.
    /// - Precondition: `height` is at most ``height``.
    /// - Throws: ``LedgerError`` with `invalidValue` for an origin that is no line.
    public func checkpoint(
        at height: UInt64? = nil, origin: String? = nil
    ) throws(LedgerError) -> Checkpoint {
        let height = height ?? self.height
        return try Checkpoint(
            origin: origin ?? "swift-credit/\(chainID)", size: height,
            root: log.root(of: Int(height)))
    }

    /// The proof that the block at `height` is among the first `size`, all where it is `nil`.
    ///
    /// - Precondition: `1 <= height <= size`, and `size` is at most ``height``.
    public func inclusionProof(of height: UInt64, size: UInt64? = nil) -> InclusionProof {
        precondition(height >= 1, "block \(height)")
        return log.inclusionProof(at: Int(height) - 1, size: size.map { Int($0) })
    }

    /// The proof that the first `oldHeight` blocks are the beginning of the first `height`.
    ///
    /// - Precondition: `1 <= oldHeight <= height`, and `height` is at most ``height``.
    public func consistencyProof(
        from oldHeight: UInt64, to height: UInt64? = nil
    ) -> ConsistencyProof {
        log.consistencyProof(from: Int(oldHeight), to: height.map { Int($0) })
    }
}
