// SPDX-License-Identifier: Apache-2.0

/// A classification tree over one sorted variable, grown best node first.
struct GiniTree {
    /// A node that can be split.
    private struct Node {
        var range: Range<Int>
        var cut: Int
        var improvement: Double
    }

    let sample: GroupedSample
    /// The smallest weight of a leaf.
    let minimumLeaf: Double

    /// Where the leaves meet: positions among the sample's values, ascending.
    ///
    /// - Complexity: O(values x leaves) at worst; about O(values log(leaves)).
    func cuts(leafLimit: Int) -> [Int] {
        var open: [Node] = []
        var cuts: [Int] = []
        if let root = node(0..<sample.values.count) { open.append(root) }
        while cuts.count + 1 < leafLimit, !open.isEmpty {
            var best = 0
            for index in open.indices.dropFirst()
            where open[index].improvement > open[best].improvement
                || (open[index].improvement == open[best].improvement
                    && open[index].range.lowerBound < open[best].range.lowerBound)
            {
                best = index
            }
            let split = open.remove(at: best)
            cuts.append(split.cut)
            for range in [split.range.lowerBound..<split.cut, split.cut..<split.range.upperBound] {
                if let child = node(range) { open.append(child) }
            }
        }
        return cuts.sorted()
    }

    private func node(_ range: Range<Int>) -> Node? {
        let counts = sample.counts(range)
        guard !counts.isPure, counts.total >= 2 * minimumLeaf else { return nil }
        let lower = sample.below[range.lowerBound]
        var best = -Double.infinity
        var cut = -1
        sample.below.withUnsafeBufferPointer { below in
            for position in (range.lowerBound + 1)..<max(range.upperBound, range.lowerBound + 1) {
                let left = below[position] - lower
                if left.total < minimumLeaf { continue }
                let right = counts - left
                if right.total < minimumLeaf { break }
                let purity = Self.squares(left) / left.total + Self.squares(right) / right.total
                if purity > best {
                    best = purity
                    cut = position
                }
            }
        }
        guard cut > 0 else { return nil }
        let purity = Self.squares(counts) / counts.total
        return Node(range: range, cut: cut, improvement: best - purity)
    }

    private static func squares(_ counts: ClassCounts) -> Double {
        counts.events * counts.events + counts.nonEvents * counts.nonEvents
    }
}
