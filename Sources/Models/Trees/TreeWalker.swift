// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import Glibc
internal import LinearAlgebra

/// Walks all ways through one tree, to explain its values.
///
/// On the way to a leaf each different feature has a pair of shares: `one`, 1 where the row itself
/// goes this way at all its splits and 0 otherwise, and `zero`, the share of other rows that do.
/// The Shapley value of feature i gets, from a leaf of value v, `v (one_i - zero_i) integral over t
/// in 0...1 of the product over j != i of (one_j t + zero_j (1 - t))`.
final class TreeWalker {
    private let nodes: ArraySlice<TreeNodeRecord>
    private let covers: ArraySlice<Double>
    private let sets: [UInt64]
    private let width: Int
    private let outputCount: Int
    private let leafValues: [[Double]]
    private let quadrature: (nodes: [Double], weights: [Double])
    /// B[a][b], the integral of t^a (1 - t)^b.
    private let betas: [[Double]]
    /// The value of each output, expected over the training rows.
    let means: [Double]

    init(_ trees: TreeEnsemble, tree: Int) {
        let range = trees.roots[tree]..<trees.roots[tree + 1]
        nodes = trees.nodes[range]
        covers = trees.covers[range]
        sets = trees.sets
        width = trees.featureNames.count
        outputCount = trees.outputCount
        leafValues = trees.nodes[range].filter { $0.feature < 0 }
            .sorted { $0.left < $1.left }.map { trees.leafValues($0, tree: tree) }
        // A way has no more different features than splits.
        let factors = min(trees.depth(ofTree: tree), width)
        quadrature = gaussLegendre(max(1, (factors + 1) / 2))
        betas = Self.betas(factors)
        var reach = [Double](repeating: 0, count: range.count)
        reach[0] = 1
        var means = [Double](repeating: 0, count: trees.outputCount)
        for (index, node) in nodes.enumerated() {
            guard node.feature >= 0 else {
                for (output, value) in leafValues[Int(node.left)].enumerated() {
                    means[output] += reach[index] * value
                }
                continue
            }
            for child in [Int(node.left), Int(node.left) + 1] {
                reach[child] =
                    reach[index]
                    * Self.share(
                        covers[range.lowerBound + child], covers[range.lowerBound + index])
            }
        }
        self.means = means
    }

    private static func betas(_ limit: Int) -> [[Double]] {
        var table = (0...limit).map { a in
            [1 / Double(a + 1)] + [Double](repeating: 0, count: limit)
        }
        for a in 0...limit {
            for b in stride(from: 1, through: limit, by: 1) {
                table[a][b] = table[a][b - 1] * Double(b) / Double(a + b + 1)
            }
        }
        return table
    }

    private static func share(_ part: Double, _ whole: Double) -> Double {
        whole > 0 ? part / whole : 0.5
    }

    private func node(_ index: Int) -> TreeNodeRecord { nodes[nodes.startIndex + index] }

    private func goesLeft(_ node: TreeNodeRecord, _ row: [Double]) -> Bool {
        let value = row[Int(node.feature & Int32(CREDIT_TREE_FEATURE))]
        if value.isNaN { return node.feature & Int32(CREDIT_TREE_MISSING_LEFT) != 0 }
        if node.feature & Int32(CREDIT_TREE_NOMINAL) != 0 {
            let (set, level) = (Int(node.threshold), Int(value))
            return sets[set + level >> 6] >> UInt64(level & 63) & 1 == 1
        }
        return value <= node.threshold
    }

    /// The features on the way to a node, each once, with both shares.
    private struct Way {
        var features: [Int] = []
        var ones: [Double] = []
        var zeros: [Double] = []

        mutating func follow(_ feature: Int, one: Double, zero: Double) {
            if let place = features.firstIndex(of: feature) {
                ones[place] *= one
                zeros[place] *= zero
            } else {
                features.append(feature)
                ones.append(one)
                zeros.append(zero)
            }
        }
    }

    /// Calls `body` with every leaf and the way to it.
    private func eachLeaf(_ row: [Double], _ body: ([Double], Way) -> Void) {
        var stack = [(0, Way())]
        while let (index, way) = stack.popLast() {
            let node = node(index)
            guard node.feature >= 0 else {
                body(leafValues[Int(node.left)], way)
                continue
            }
            let feature = Int(node.feature & Int32(CREDIT_TREE_FEATURE))
            let left = Int(node.left)
            let isLeft = goesLeft(node, row)
            let whole = covers[covers.startIndex + index]
            for child in [left, left + 1] {
                var next = way
                next.follow(
                    feature, one: (child == left) == isLeft ? 1 : 0,
                    zero: Self.share(covers[covers.startIndex + child], whole))
                stack.append((child, next))
            }
        }
    }

    /// Adds the Shapley values of a row, (outputs x features), by the training rows' shares.
    func addPathDependent(_ row: [Double], to sums: inout [Double]) {
        var integrals: [Double] = []
        eachLeaf(row) { values, way in
            let count = way.features.count
            integrals = [Double](repeating: 0, count: count)
            for (t, weight) in zip(quadrature.nodes, quadrature.weights) {
                // Products of all factors but one, from both ends.
                var after = [Double](repeating: 1, count: count + 1)
                for i in stride(from: count - 1, through: 0, by: -1) {
                    after[i] = after[i + 1] * (way.ones[i] * t + way.zeros[i] * (1 - t))
                }
                var before = weight
                for i in 0..<count {
                    integrals[i] += before * after[i + 1]
                    before *= way.ones[i] * t + way.zeros[i] * (1 - t)
                }
            }
            for i in 0..<count {
                let part = (way.ones[i] - way.zeros[i]) * integrals[i]
                for (output, value) in values.enumerated() {
                    sums[output * width + way.features[i]] += part * value
                }
            }
        }
    }

    /// Adds half of what each two features add together, (outputs x features x features).
    func addInteractions(_ row: [Double], to sums: inout [Double]) {
        eachLeaf(row) { values, way in
            let count = way.features.count
            for i in 0..<count {
                for j in 0..<i {
                    var integral = 0.0
                    for (t, weight) in zip(quadrature.nodes, quadrature.weights) {
                        var product = weight
                        for k in 0..<count where k != i && k != j {
                            product *= way.ones[k] * t + way.zeros[k] * (1 - t)
                        }
                        integral += product
                    }
                    let pair =
                        (way.ones[i] - way.zeros[i]) * (way.ones[j] - way.zeros[j]) * integral / 2
                    for (output, value) in values.enumerated() {
                        let (a, b) = (way.features[i], way.features[j])
                        sums[(output * width + a) * width + b] += pair * value
                        sums[(output * width + b) * width + a] += pair * value
                    }
                }
            }
        }
    }

    private enum Side { case row, other }

    /// Adds `share` times the Shapley values of a row against one other row, (outputs x features).
    ///
    /// Where both rows go the same way a split tells nothing. Else the way follows the row for the
    /// features in one set and the other row for those in another; the factors are t and 1 - t.
    func addInterventional(
        _ row: [Double], _ other: [Double], _ share: Double, to sums: inout [Double]
    ) {
        var stack: [(node: Int, own: [Int], others: [Int])] = [(0, [], [])]
        while let (index, own, others) = stack.popLast() {
            let node = node(index)
            guard node.feature >= 0 else {
                let values = leafValues[Int(node.left)]
                let (a, b) = (own.count, others.count)
                for (output, value) in values.enumerated() {
                    for feature in own {
                        sums[output * width + feature] += share * value * betas[a - 1][b]
                    }
                    for feature in others {
                        sums[output * width + feature] -= share * value * betas[a][b - 1]
                    }
                }
                continue
            }
            let feature = Int(node.feature & Int32(CREDIT_TREE_FEATURE))
            let left = Int(node.left)
            let mine = left + (goesLeft(node, row) ? 0 : 1)
            let theirs = left + (goesLeft(node, other) ? 0 : 1)
            if mine == theirs || own.contains(feature) {
                stack.append((mine, own, others))
            } else if others.contains(feature) {
                stack.append((theirs, own, others))
            } else {
                stack.append((mine, own + [feature], others))
                stack.append((theirs, own, others + [feature]))
            }
        }
    }
}

/// Nodes and weights of the quadrature on 0...1 that is exact for polynomials of degree below
/// `2 count`, by Newton's iteration on the Legendre polynomial.
func gaussLegendre(_ count: Int) -> (nodes: [Double], weights: [Double]) {
    var nodes = [Double](repeating: 0.5, count: count)
    var weights = [Double](repeating: 1, count: count)
    for index in 0..<count {
        var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
        var slope = 0.0
        for _ in 0..<100 {
            var (p, previous) = (x, 1.0)
            for k in stride(from: 2, through: count, by: 1) {
                (p, previous) = (
                    (Double(2 * k - 1) * x * p - Double(k - 1) * previous) / Double(k), p
                )
            }
            slope = Double(count) * (x * p - previous) / (x * x - 1)
            let step = p / slope
            x -= step
            if abs(step) <= 1e-16 { break }
        }
        nodes[index] = (1 + x) / 2
        weights[index] = 1 / ((1 - x * x) * slope * slope)
    }
    return (nodes, weights)
}
