// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Dispatch

/// A Merkle tree of RFC 9162 section 2.1 over SHA-256, with leaves in order.
///
/// A leaf is hashed as `SHA-256(0x00 || leaf)` and a node as `SHA-256(0x01 || left || right)`, so
/// that neither can pass for the other. A subtree without a sibling moves up unchanged; no leaf is
/// ever doubled. A tree that grows is a ``MerkleLog``; the root of a stream without its tree is a
/// ``CompactRange``.
///
/// Source: RFC 9162, <https://doi.org/10.17487/RFC9162>.
public struct MerkleTree: Sendable {
    /// Level 0 holds the leaf hashes behind each other, the last level the root alone; empty for an
    /// empty tree.
    private let levels: [[UInt8]]
    /// The number of leaves.
    public let count: Int

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
        self.init(level: leafHashes.flatMap(\.bytes), threads: 1)
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
        let level = Self.level(count: records.count / recordSize, threads: threads) {
            range, hashes in
            records.withUnsafeBytes { source in
                MerkleHash.withBuffer(forLeavesOf: recordSize) { buffer in
                    for index in range {
                        MerkleHash.hash(
                            source.baseAddress! + index * recordSize, using: buffer,
                            into: hashes + index * MerkleHash.byteCount)
                    }
                }
            }
        }
        self.init(level: level, threads: threads)
    }

    private init(level: [UInt8], threads: Int) {
        let size = MerkleHash.byteCount
        count = level.count / size
        guard count > 0 else {
            levels = []
            return
        }
        var levels = [level]
        while let level = levels.last, level.count > size {
            let pairs = level.count / (2 * size)
            var next = Self.level(count: pairs, threads: threads) { range, hashes in
                level.withUnsafeBytes { source in
                    MerkleHash.withNodeBuffer { buffer in
                        for index in range {
                            MerkleHash.hash(
                                source.baseAddress! + index * 2 * size, using: buffer,
                                into: hashes + index * size)
                        }
                    }
                }
            }
            if level.count > pairs * 2 * size { next += level[(pairs * 2 * size)...] }
            levels.append(next)
        }
        self.levels = levels
    }

    /// `count` hashes that `body` writes range by range, each range on a thread of its own.
    private static func level(
        count: Int, threads: Int,
        _ body: @Sendable (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) -> [UInt8] {
        let byteCount = count * MerkleHash.byteCount
        return [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, written in
            written = byteCount
            guard count > 0, let start = buffer.baseAddress else { return }
            // Every thread writes to bytes of its own.
            nonisolated(unsafe) let hashes = UnsafeMutableRawPointer(start)
            guard threads > 1, count >= 4096 else { return body(0..<count, hashes) }
            DispatchQueue.concurrentPerform(iterations: threads) { part in
                body(count * part / threads..<count * (part + 1) / threads, hashes)
            }
        }
    }

    /// The root; the hash of no bytes for an empty tree.
    public var root: LedgerDigest {
        LedgerDigest(unchecked: levels.last ?? SHA256Hash.hash([]))
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
        for level in levels.dropLast() {
            let sibling = position ^ 1
            if sibling < level.count / MerkleHash.byteCount {
                path.append(level.digest(at: sibling))
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
            return levels[level].digest(at: range.lowerBound >> level)
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
