// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The hashes of a Merkle tree, level by level from the leaves, in one piece of memory.
struct MerkleNodes: Sendable {
    /// The number of leaves.
    let leafCount: Int
    private let bytes: [UInt8]
    /// Where each level begins, counted in hashes; the end of the last one behind it.
    private let starts: [Int]

    /// Leaves of a subtree that one thread hashes in one go; its hashes stay in the nearest caches.
    private static let blockHeight = 11

    /// Makes all hashes from those of the leaves, which `hashLeaves` writes for any range of them.
    init(
        leafCount: Int, threads: Int,
        hashLeaves: @Sendable (Range<Int>, UnsafeMutableRawPointer) -> Void
    ) {
        self.leafCount = leafCount
        let starts = Self.starts(leafCount: leafCount)
        let byteCount = starts[starts.count - 1] * MerkleHash.byteCount
        bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, written in
            written = byteCount
            guard let start = buffer.baseAddress, leafCount > 0 else { return }
            let memory = MerkleMemory(start: UnsafeMutableRawPointer(start), starts: starts)
            memory.askForLargePages(byteCount)
            let blocks = (leafCount - 1) >> Self.blockHeight + 1
            let next = Atomic(0)
            @Sendable func hashBlocks() {
                while true {
                    let block = next.add(1, ordering: .relaxed).oldValue
                    guard block < blocks else { return }
                    let first = block << Self.blockHeight
                    let end = min(leafCount, first + 1 << Self.blockHeight)
                    hashLeaves(first..<end, memory.start)
                    memory.hashLevels(
                        from: 1, through: min(Self.blockHeight, starts.count - 2),
                        over: first..<end)
                }
            }
            if threads > 1, blocks > 1 {
                DispatchQueue.concurrentPerform(iterations: min(threads, blocks)) { _ in
                    hashBlocks()
                }
            } else {
                hashBlocks()
            }
            if starts.count - 2 > Self.blockHeight {
                memory.hashLevels(
                    from: Self.blockHeight + 1, through: starts.count - 2, over: 0..<leafCount)
            }
        }
        self.starts = starts
    }

    private static func starts(leafCount: Int) -> [Int] {
        var starts = [0]
        var width = leafCount
        while width > 0 {
            starts.append(starts[starts.count - 1] + width)
            width = width > 1 ? (width + 1) / 2 : 0
        }
        return starts
    }

    /// The number of levels, the root's included; 0 for an empty tree.
    var levelCount: Int { starts.count - 1 }

    /// How many hashes a level has.
    func count(ofLevel level: Int) -> Int { starts[level + 1] - starts[level] }

    /// A hash.
    func digest(at index: Int, onLevel level: Int) -> LedgerDigest {
        bytes.digest(at: starts[level] + index)
    }
}

/// The memory of a tree that is being made, in which every thread writes to hashes of its own.
private struct MerkleMemory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let starts: [Int]

    private func place(_ index: Int, onLevel level: Int) -> UnsafeMutableRawPointer {
        start + (starts[level] + index) * MerkleHash.byteCount
    }

    /// Writes the hashes of some levels that stand over `leaves`; the first of these is a multiple
    /// of what a node of the highest level stands over.
    func hashLevels(from first: Int, through last: Int, over leaves: Range<Int>) {
        guard first <= last else { return }
        for level in first...last {
            let from = leaves.lowerBound >> level
            let below = (leaves.upperBound - 1) >> (level - 1) + 1 - 2 * from
            let source = place(2 * from, onLevel: level - 1)
            let target = place(from, onLevel: level)
            MerkleHash.hashPairs(source, count: below / 2, into: target)
            // The last subtree without a sibling moves up unchanged.
            if below % 2 == 1 {
                (target + below / 2 * MerkleHash.byteCount).copyMemory(
                    from: source + (below - 1) * MerkleHash.byteCount,
                    byteCount: MerkleHash.byteCount)
            }
        }
    }

    /// Asks for fewer, larger pages, because a new page costs more than the hashes on it.
    ///
    /// The system may refuse, and then nothing is lost.
    func askForLargePages(_ byteCount: Int) {
        #if os(Linux)
            let page = 1 << 21
            let first = (Int(bitPattern: start) + page - 1) & -page
            let end = (Int(bitPattern: start) + byteCount) & -page
            guard end > first, let begin = UnsafeMutableRawPointer(bitPattern: first) else {
                return
            }
            _ = madvise(begin, end - first, MADV_HUGEPAGE)
        #endif
    }
}
