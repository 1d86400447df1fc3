// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A Merkle tree of RFC 9162 that grows, and proves about every size that it has had.
///
/// It holds the hashes of all full subtrees, which no later leaf changes.
public struct MerkleLog: Sendable {
    /// Level k holds the hashes of the full subtrees of `2^k` leaves, behind each other.
    private var levels: [[UInt8]] = [[]]

    /// A log without leaves.
    public init() {}

    /// The number of leaves.
    public var count: Int { levels[0].count / MerkleHash.byteCount }

    /// The root over all leaves; the hash of no bytes for an empty log.
    public var root: LedgerDigest { root(of: count) }

    /// Appends a leaf and returns its position.
    ///
    /// - Complexity: O(1) hashes on average, O(log n) at most.
    @discardableResult
    public mutating func append(_ leaf: [UInt8]) -> Int { append(leafHash: MerkleHash.leaf(leaf)) }

    /// Appends a leaf that is hashed already and returns its position.
    ///
    /// - Complexity: O(1) hashes on average, O(log n) at most.
    @discardableResult
    public mutating func append(leafHash: LedgerDigest) -> Int {
        let index = count
        levels[0] += leafHash.bytes
        var level = 0
        while levels[level].count.isMultiple(of: 2 * MerkleHash.byteCount) {
            var pair = Array(levels[level].suffix(2 * MerkleHash.byteCount))
            MerkleHash.mergeLastTwo(&pair)
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level] += pair
        }
        return index
    }

    /// The root when the log had `size` leaves.
    ///
    /// - Precondition: `size` is in `0 ... count`.
    /// - Complexity: O(log n) hashes.
    public func root(of size: Int) -> LedgerDigest {
        precondition(size >= 0 && size <= count, "\(size) of \(count) leaves")
        return size == 0 ? LedgerDigest(unchecked: SHA256Hash.hash([])) : hash(of: 0..<size)
    }

    /// The hash of the leaf at `index`.
    ///
    /// - Precondition: `index` is in `0 ..< count`.
    public func leafHash(at index: Int) -> LedgerDigest {
        precondition(index >= 0 && index < count, "leaf \(index) of a log of \(count)")
        return levels[0].digest(at: index)
    }

    /// The proof that the leaf at `index` was in the log when it had `size` leaves.
    ///
    /// - Parameter size: all leaves where it is `nil`.
    /// - Precondition: `index < size <= count`.
    /// - Complexity: O(log^2 n) hashes at most.
    public func inclusionProof(at index: Int, size: Int? = nil) -> InclusionProof {
        let size = size ?? count
        precondition(
            index >= 0 && index < size && size <= count,
            "leaf \(index) of the first \(size) of \(count)")
        return InclusionProof(
            leafIndex: UInt64(index), treeSize: UInt64(size),
            path: MerklePath.inclusion(of: index, in: size, hash: hash(of:)))
    }

    /// The proof that the log of `oldSize` leaves is the beginning of the one of `size`.
    ///
    /// - Parameter size: all leaves where it is `nil`.
    /// - Precondition: `1 <= oldSize <= size <= count`.
    /// - Complexity: O(log^2 n) hashes at most.
    public func consistencyProof(from oldSize: Int, to size: Int? = nil) -> ConsistencyProof {
        let size = size ?? count
        precondition(
            oldSize >= 1 && oldSize <= size && size <= count,
            "\(oldSize) and \(size) of \(count) leaves")
        return ConsistencyProof(
            oldSize: UInt64(oldSize), newSize: UInt64(size),
            path: MerklePath.consistency(from: oldSize, to: size, hash: hash(of:)))
    }

    /// The hash of a subtree, from its full subtrees.
    private func hash(of range: Range<Int>) -> LedgerDigest {
        let level = MerklePath.level(of: range)
        if range.count == 1 << level { return levels[level].digest(at: range.lowerBound >> level) }
        let middle = MerklePath.split(range)
        return MerkleHash.node(
            hash(of: range.lowerBound..<middle), hash(of: middle..<range.upperBound))
    }
}
