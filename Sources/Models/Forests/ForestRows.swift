// SPDX-License-Identifier: Apache-2.0

/// The rows of positive weight, of which each tree of a forest draws its own.
struct ForestRows: Sendable {
    let sampling: RowSampling
    let weights: [Double]
    private let present: [Int]

    init(_ sampling: RowSampling, weights: [Double]) {
        self.sampling = sampling
        self.weights = weights
        present = weights.indices.filter { weights[$0] > 0 }
    }

    /// The weight of every row in a tree, times how often the row was drawn.
    func weights(_ random: inout TreeRandom) -> [Double] {
        guard let counts = sampling.counts(present.count, &random) else { return weights }
        var result = [Double](repeating: 0, count: weights.count)
        for (index, row) in present.enumerated() {
            result[row] = Double(counts[index]) * weights[row]
        }
        return result
    }

    /// The rows of positive weight that the tree did not draw.
    func outOfBag(seed: UInt64, tree: Int) -> [Int] {
        var random = TreeRandom(seed: seed, tree: tree)
        guard let counts = sampling.counts(present.count, &random) else { return [] }
        return present.indices.filter { counts[$0] == 0 }.map { present[$0] }
    }
}

/// Factors that give all classes the same weight within the rows of one tree.
func balanced(_ weights: [Double], codes: [Int], classCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: classCount)
    for (weight, code) in zip(weights, codes) { sums[code] += weight }
    let present = sums.filter { $0 > 0 }
    let share = present.reduce(0, +) / Double(present.count)
    let factors = sums.map { $0 > 0 ? share / $0 : 1 }
    return zip(weights, codes).map { $0 * factors[$1] }
}
