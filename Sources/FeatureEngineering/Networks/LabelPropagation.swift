// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Spreads known defaults over a network: from neighbour to neighbour, not one step only.
///
/// The value f of a node without a known label solves
///
///     f(v) = (sum over neighbours u of w(v, u) f(u) + m q) / (sum of w(v, u) + m)
///
/// where f(u) is 0 or 1 at known labels, q the share of defaults among them and m the
/// ``shrinkage``. Nodes far from every label, or linked to none, come out near q.
///
/// A node with a known label must not see it, so these nodes are dealt into ``foldCount`` folds by
/// the seed, and each gets the value that it has while the labels of its fold are hidden.
///
/// X. Zhu, Z. Ghahramani, J. Lafferty, "Semi-supervised learning using Gaussian fields and harmonic
/// functions", ICML 2003.
public struct LabelPropagation: Sendable, Hashable, Codable {
    /// How many neighbours of value q every node has besides; positive.
    public var shrinkage: Double
    /// How many folds hide their labels in turn, at least 2.
    public var foldCount: Int
    /// Whether neighbours count by the weights of their edges; otherwise all alike.
    public var isWeighted: Bool
    /// The iteration ends when no value changes by more.
    public var tolerance: Double
    /// How many iterations there may be.
    public var iterationLimit: Int
    /// The seed of the folds.
    public var seed: UInt64

    /// A recipe for values.
    public init(
        shrinkage: Double = 1, folds: Int = 10, weighted: Bool = true, tolerance: Double = 1e-10,
        iterationLimit: Int = 10_000, seed: UInt64
    ) {
        self.shrinkage = shrinkage
        foldCount = folds
        isWeighted = weighted
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
        self.seed = seed
    }

    func validate() throws(FeatureError) {
        guard shrinkage > 0, shrinkage.isFinite else {
            throw FeatureError(.invalidParameter, "a shrinkage of \(shrinkage), not positive")
        }
        guard foldCount >= 2 else { throw FeatureError(.invalidParameter, "\(foldCount) folds") }
        guard tolerance > 0, iterationLimit >= 1 else {
            throw FeatureError(
                .invalidParameter,
                "a tolerance of \(tolerance) within \(iterationLimit) iterations")
        }
    }
}

extension AssociationNetwork {
    /// The value of every node, in 0...1; directions are ignored.
    ///
    /// - Parameter labels: Whether each node defaulted, `nil` where that is not known.
    /// - Throws: ``FeatureError``: `invalidParameter`, `unequalLengths`, `emptyInput` with fewer
    ///   than two known labels, `notConverged`, or `cancelled` if the task was cancelled or
    ///   `progress` asked to stop.
    /// - Complexity: O((nodes + edges) x iterations x folds).
    public func propagatedDefaultRates(
        _ labels: [Bool?], _ recipe: LabelPropagation, progress: FitObserver? = nil
    ) throws(FeatureError) -> [Double] {
        try recipe.validate()
        try requireCount(labels.count, of: "labels")
        let known = nodes.indices.filter { labels[$0] != nil }
        guard known.count >= 2 else {
            throw FeatureError(.emptyInput, "\(known.count) known labels, two are needed")
        }
        let adjacency = undirected
        var values = try adjacency.harmonicValues(labels, recipe)
        var shuffled = known
        var stream = RandomStream(seed: recipe.seed).child("label propagation folds")
        stream.shuffle(&shuffled)
        let foldCount = min(recipe.foldCount, known.count)
        for fold in 0..<foldCount {
            let hidden = stride(from: fold, to: shuffled.count, by: recipe.foldCount).map {
                shuffled[$0]
            }
            var visible = labels
            for node in hidden { visible[node] = nil }
            let hiddenValues = try adjacency.harmonicValues(visible, recipe)
            for node in hidden { values[node] = hiddenValues[node] }
            try FitProgress(
                stage: "label propagation", step: fold + 1, stepLimit: foldCount, objective: nil
            ).report(to: progress)
        }
        return values
    }
}

extension Adjacency {
    /// The values at nodes without a label, by Gauss-Seidel sweeps in the order of the nodes.
    fileprivate func harmonicValues(
        _ labels: [Bool?], _ recipe: LabelPropagation
    ) throws(FeatureError) -> [Double] {
        let known = labels.compactMap { $0 }
        let overall = Double(known.count { $0 }) / Double(known.count)
        var values = labels.map { $0.map { $0 ? 1 : 0 } ?? overall }
        let weights = recipe.isWeighted ? self.weights : nil
        let free = labels.indices.filter { labels[$0] == nil && degree($0) > 0 }
        for _ in 1...recipe.iterationLimit {
            if Task.isCancelled {
                throw FeatureError(.cancelled, "label propagation: the task was cancelled")
            }
            var change = 0.0
            for node in free {
                var (sum, total) = (recipe.shrinkage * overall, recipe.shrinkage)
                for index in range(node) {
                    let weight = weights?[index] ?? 1
                    sum += weight * values[Int(neighbours[index])]
                    total += weight
                }
                // Rounding may leave the interval that means stay in.
                let value = min(1, sum / total)
                change = max(change, abs(value - values[node]))
                values[node] = value
            }
            if change <= recipe.tolerance { return values }
        }
        throw FeatureError(
            .notConverged,
            "label propagation did not settle within \(recipe.iterationLimit) iterations")
    }
}
