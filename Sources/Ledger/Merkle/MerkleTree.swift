// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A Merkle tree of RFC 9162 section 2.1 over SHA-256, with leaves in order.
///
/// A leaf is hashed as `SHA-256(0x00 || leaf)` and a node as `SHA-256(0x01 || left || right)`, so
/// that neither can pass for the other. A subtree without a sibling moves up unchanged; no leaf is
/// ever doubled. A tree that grows is a ``MerkleLog``; the root of a stream without its tree is a
/// ``CompactRange``.
///
/// Source: RFC 9162, <https://doi.org/10.17487/RFC9162>.
public struct MerkleTree: Sendable {
    private let nodes: MerkleNodes
    /// The number of leaves.
    public var count: Int { nodes.leafCount }

    /// The tree over `leaves`.
    ///
    /// - Complexity: O(n) hashes.
    public init(leaves: [[UInt8]]) {
        self.init(leafHashes: leaves.map(Self.leafHash))
    }

    /// The tree over leaves that are hashed already.
    ///
    /// - Complexity: O(n) hashes.
    public init(leafHashes: [LedgerDigest]) {
        nodes = MerkleNodes(leafCount: leafHashes.count, threads: 1) { range, target in
            for index in range {
                (target + index * MerkleHash.byteCount).copyMemory(
                    from: leafHashes[index].bytes, byteCount: MerkleHash.byteCount)
            }
        }
    }

    /// The tree over leaves of one size that lie behind each other.
    ///
    /// The tree is the same for any number of threads.
    ///
    /// - Parameters:
    ///   - records: the leaves, `recordSize` bytes each.
    ///   - threads: how many threads hash; at least 1.
    /// - Precondition: `recordSize` is positive and divides the number of bytes; `threads` is
    ///   positive.
    /// - Complexity: O(n) hashes, 64 n bytes of memory.
    public init(records: [UInt8], recordSize: Int, threads: Int = 1) {
        precondition(
            recordSize > 0 && records.count.isMultiple(of: recordSize),
            "\(records.count) bytes in records of \(recordSize)")
        precondition(threads > 0, "\(threads) threads")
        nodes = MerkleNodes(leafCount: records.count / recordSize, threads: threads) {
            range, target in
            records.withUnsafeBytes { source in
                guard let start = source.baseAddress else { return }
                MerkleHash.hashLeaves(
                    start + range.lowerBound * recordSize, ofSize: recordSize, count: range.count,
                    into: target + range.lowerBound * MerkleHash.byteCount)
            }
        }
    }

    /// The root; the hash of no bytes for an empty tree.
    public var root: LedgerDigest {
        count == 0
            ? LedgerDigest(unchecked: SHA256Hash.hash([]))
            : nodes.digest(at: 0, onLevel: nodes.levelCount - 1)
    }

    /// The hash of a leaf: `SHA-256(0x00 || leaf)`.
    public static func leafHash(_ leaf: [UInt8]) -> LedgerDigest { MerkleHash.leaf(leaf) }

    /// The hash of a node: `SHA-256(0x01 || left || right)`.
    public static func nodeHash(_ left: LedgerDigest, _ right: LedgerDigest) -> LedgerDigest {
        MerkleHash.node(left, right)
    }

    /// The proof that the leaf at `index` is in the tree (RFC 9162 section 2.1.3.1).
    ///
    /// - Precondition: `index` is in `0 ..< count`.
    /// - Complexity: O(log n).
    public func inclusionProof(at index: Int) -> InclusionProof {
        precondition(index >= 0 && index < count, "leaf \(index) of a tree of \(count)")
        var path: [LedgerDigest] = []
        var position = index
        for level in 0..<nodes.levelCount - 1 {
            let sibling = position ^ 1
            if sibling < nodes.count(ofLevel: level) {
                path.append(nodes.digest(at: sibling, onLevel: level))
            }
            position >>= 1
        }
        return InclusionProof(leafIndex: UInt64(index), treeSize: UInt64(count), path: path)
    }

    /// The proof that the tree of the first `oldCount` leaves is the beginning of this one
    /// (RFC 9162 section 2.1.4.1).
    ///
    /// - Precondition: `oldCount` is in `1 ... count`.
    /// - Complexity: O(log n).
    public func consistencyProof(from oldCount: Int) -> ConsistencyProof {
        precondition(oldCount >= 1 && oldCount <= count, "\(oldCount) of \(count) leaves")
        let path = MerklePath.consistency(from: oldCount, to: count) { range in
            let level = MerklePath.level(of: range)
            return nodes.digest(at: range.lowerBound >> level, onLevel: level)
        }
        return ConsistencyProof(oldSize: UInt64(oldCount), newSize: UInt64(count), path: path)
    }
}

extension [UInt8] {
    /// The hash at `index` among hashes that lie behind each other.
    func digest(at index: Int) -> LedgerDigest {
        let start = index * MerkleHash.byteCount
        return LedgerDigest(unchecked: Array(self[start..<start + MerkleHash.byteCount]))
    }
}
