// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A Merkle tree of RFC 9162 section 2.1 over SHA-256, with leaves in order.
///
/// A leaf is hashed as `SHA-256(0x00 || leaf)` and a node as `SHA-256(0x01 || left || right)`, so
/// that neither can pass for the other. A subtree without a sibling moves up unchanged; no leaf is
/// ever doubled.
///
/// Source: RFC 9162, <https://doi.org/10.17487/RFC9162>.
public struct MerkleTree: Sendable {
    /// Level 0 holds the leaf hashes, the last level the root alone; empty for an empty tree.
    private let levels: [[LedgerDigest]]

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
        guard !leafHashes.isEmpty else {
            levels = []
            return
        }
        var levels = [leafHashes]
        while let level = levels.last, level.count > 1 {
            var next: [LedgerDigest] = []
            next.reserveCapacity((level.count + 1) / 2)
            for index in stride(from: 0, to: level.count - 1, by: 2) {
                next.append(Self.nodeHash(level[index], level[index + 1]))
            }
            if !level.count.isMultiple(of: 2) { next.append(level[level.count - 1]) }
            levels.append(next)
        }
        self.levels = levels
    }

    /// The number of leaves.
    public var count: Int { levels.first?.count ?? 0 }

    /// The root; the hash of no bytes for an empty tree.
    public var root: LedgerDigest {
        levels.last?[0] ?? LedgerDigest(unchecked: SHA256Hash.hash([]))
    }

    /// The hash of a leaf: `SHA-256(0x00 || leaf)`.
    public static func leafHash(_ leaf: [UInt8]) -> LedgerDigest {
        LedgerDigest(unchecked: SHA256Hash.hash([0] + leaf))
    }

    /// The hash of a node: `SHA-256(0x01 || left || right)`.
    public static func nodeHash(_ left: LedgerDigest, _ right: LedgerDigest) -> LedgerDigest {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(65)
        bytes += left.bytes
        bytes += right.bytes
        return LedgerDigest(unchecked: SHA256Hash.hash(bytes))
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
            if sibling < level.count { path.append(level[sibling]) }
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
        var path: [LedgerDigest] = []
        appendSubproof(oldCount, in: 0..<count, isRoot: true, to: &path)
        return ConsistencyProof(oldSize: UInt64(oldCount), newSize: UInt64(count), path: path)
    }

    private func appendSubproof(
        _ oldEnd: Int, in range: Range<Int>, isRoot: Bool, to path: inout [LedgerDigest]
    ) {
        if oldEnd == range.upperBound {
            if !isRoot { path.append(hash(of: range)) }
            return
        }
        let split = range.lowerBound + 1 << (Self.ceilingLog2(range.count) - 1)
        if oldEnd <= split {
            appendSubproof(oldEnd, in: range.lowerBound..<split, isRoot: isRoot, to: &path)
            path.append(hash(of: split..<range.upperBound))
        } else {
            appendSubproof(oldEnd, in: split..<range.upperBound, isRoot: false, to: &path)
            path.append(hash(of: range.lowerBound..<split))
        }
    }

    /// The hash of a subtree that starts at a multiple of its width and is full or ends the tree.
    private func hash(of range: Range<Int>) -> LedgerDigest {
        let level = Self.ceilingLog2(range.count)
        return levels[level][range.lowerBound >> level]
    }

    private static func ceilingLog2(_ count: Int) -> Int {
        Int.bitWidth - (count - 1).leadingZeroBitCount
    }
}
