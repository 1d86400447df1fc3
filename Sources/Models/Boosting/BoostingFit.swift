// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import FeatureEngineering
internal import LinearAlgebra

/// Rows by whose loss boosting stops.
struct BoostingValidation {
    var features: Matrix<Double>
    var objective: BoostingObjective
    var weights: [Double]
}

/// The rounds of boosting: gradients, a tree, new scores.
struct BoostingFit {
    let growth: BoostingGrowth
    let objective: BoostingObjective
    let features: Matrix<Double>
    let weights: [Double]
    let names: [String]
    let allowsMissing: Bool

    /// Adds rounds to `start`, or begins with the best constant score.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` for names that no feature has, or
    ///   `cancelled`.
    func run(
        start: TreeEnsemble?, rounds: Int, validation given: BoostingValidation?,
        progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        try checkCancellation("gradient boosting")
        let (nominal, directions) = try growth.treeGrowth.resolved(names)
        let outputs = objective.outputCount
        if outputs > 1, directions.contains(where: { $0 != 0 }) {
            throw ModelError(
                .tooManyClasses,
                "monotone features need two classes or a number, there are \(outputs) classes")
        }
        var (weights, validation) = (self.weights, given)
        if let stopping = growth.earlyStopping, given == nil {
            (weights, validation) = try heldOut(stopping)
        }
        let present = weights.indices.filter { weights[$0] > 0 }
        let isWhole = present.count == weights.count
        let features = isWhole ? self.features : self.features.gatheringRows(present)
        let objective = isWhole ? self.objective : self.objective.gathering(present)
        weights = present.map { weights[$0] }

        let binned = try BinnedFeatures(
            features, weights: weights, names: names, cuts: .quantiles(bins: growth.bins),
            nominal: nominal)
        var trees =
            start
            ?? TreeEnsemble(
                featureNames: names, outputCount: outputs, baseValues: objective.base(weights),
                isAverage: false, takesMissing: allowsMissing, levels: binned.levels)
        guard trees.baseValues.allSatisfy(\.isFinite) else {
            throw ModelError(.nonFinite, "scores begin with \(trees.baseValues)")
        }
        guard trees.levels == binned.levels else {
            throw ModelError(.incompatible, "other levels of nominal features than the model's")
        }
        let prepared = trees.prepared(features)
        var scores = trees.outputs(prepared: prepared, trees: 0..<trees.treeCount)
        let held = validation.map { trees.prepared($0.features) }
        var heldScores =
            held.map { trees.outputs(prepared: $0, trees: 0..<trees.treeCount) } ?? []
        let grower = BoostedTreeGrower(
            binned, growth: growth, directions: directions, groups: try interactionGroups())
        var (a, b) = (weights, weights)
        var best = (loss: Double.infinity, trees: trees, round: 0)
        for round in 1...rounds {
            try checkCancellation("boosting round \(round)")
            let first = trees.treeCount
            var random = TreeRandom(seed: growth.seed, tree: first)
            let rows = sampledRows(weights.count, &random)
            let own = sampledFeatures(&random)
            // All classes' trees of a round see the scores before it.
            let before = outputs > 1 ? scores : []
            for output in 0..<outputs {
                objective.gradients(
                    outputs > 1 ? before : scores, output: output, weights: weights, a: &a, b: &b)
                if case .custom(let custom) = objective { try custom.check(scores, a: a, b: b) }
                let grown = grower.grow(a: a, b: b, rows: rows, features: own)
                let tree = finished(
                    grown, objective: objective, weights: weights, output: output, a: a, b: b,
                    scores: &scores, updates: rows == nil)
                trees.append(tree)
            }
            let added = first..<trees.treeCount
            if rows != nil { trees.add(added, of: prepared, to: &scores) }
            var loss: Double?
            if let held, let validation {
                trees.add(added, of: held, to: &heldScores)
                loss = validation.objective.loss(heldScores, weights: validation.weights)
            }
            try FitProgress(step: round, stepLimit: rounds, objective: loss).report(to: progress)
            guard let loss, let stopping = growth.earlyStopping else { continue }
            if loss < best.loss { best = (loss, trees, round) }
            if round - best.round >= stopping.patience { break }
        }
        return best.round > 0 ? best.trees : trees
    }

    /// Some rows held out by the seed, and the weights of the others.
    private func heldOut(
        _ stopping: EarlyStopping
    ) throws(ModelError) -> ([Double], BoostingValidation) {
        let rows = try HeldOutRows(weights: weights, stopping, seed: growth.seed).validation
        var rest = weights
        for row in rows { rest[row] = 0 }
        return (
            rest,
            BoostingValidation(
                features: features.gatheringRows(rows), objective: objective.gathering(rows),
                weights: rows.map { weights[$0] })
        )
    }

    private func interactionGroups() throws(ModelError) -> [[Int]] {
        guard !growth.interactions.isEmpty else { return [] }
        var groups: [[Int]] = []
        for group in growth.interactions {
            var positions: [Int] = []
            for name in group {
                guard let position = names.firstIndex(of: name) else {
                    throw ModelError(.invalidRecipe, "no feature is named '\(name)' in \(names)")
                }
                positions.append(position)
            }
            groups.append(positions)
        }
        let grouped = Set(groups.joined())
        return groups + names.indices.filter { !grouped.contains($0) }.map { [$0] }
    }

    private func sampledRows(_ count: Int, _ random: inout TreeRandom) -> [UInt32]? {
        guard growth.rowShare < 1 else { return nil }
        let counts = RowSampling.subsample(share: growth.rowShare).counts(count, &random) ?? []
        return counts.indices.filter { counts[$0] > 0 }.map { UInt32($0) }
    }

    private func sampledFeatures(_ random: inout TreeRandom) -> [Int] {
        guard growth.featureShare < 1 else { return Array(names.indices) }
        var order = Array(names.indices)
        let count = max(1, Int((growth.featureShare * Double(order.count)).rounded()))
        for index in 0..<count {
            order.swapAt(index, index + random.below(order.count - index))
        }
        return order[..<count].sorted()
    }

    /// The tree with the values of its leaves, times the learning rate; the scores of its rows get
    /// them where `updates` is set.
    private func finished(
        _ grown: BoostedTreeGrower.Result, objective: BoostingObjective, weights: [Double],
        output: Int, a: [Double], b: [Double], scores: inout [Double], updates: Bool
    ) -> GrownTree {
        var tree = grown.tree
        let (leaves, outputs) = (grown.nodes.count, objective.outputCount)
        var values = [Double](repeating: 0, count: leaves)
        var covers = values
        nonisolated(unsafe) let rows = grown.rows
        let least = a.count < 1 << 14 ? Int.max : 2
        values.withUnsafeMutableBufferPointer { values in
            covers.withUnsafeMutableBufferPointer { covers in
                scores.withUnsafeMutableBufferPointer { scores in
                    nonisolated(unsafe) let (values, covers, scores) = (values, covers, scores)
                    concurrently(leaves, minimum: least, block: 1) { start, count in
                        for leaf in start..<start + count {
                            let range = grown.starts[leaf]..<grown.starts[leaf + 1]
                            var (sumA, sumB, cover) = (0.0, 0.0, 0.0)
                            for index in range {
                                let row = Int(rows[index])
                                sumA += a[row]
                                sumB += b[row]
                                cover += weights[row]
                            }
                            var value = leafValue(sumA, sumB, growth, bounds: grown.bounds[leaf])
                            if case .quantile(let targets, let level) = objective {
                                let residuals = range.map { index in
                                    let row = Int(rows[index])
                                    return (targets[row] - scores[row], weights[row])
                                }
                                value = min(
                                    max(
                                        weightedQuantile(residuals, level),
                                        grown.bounds[leaf].lower), grown.bounds[leaf].upper)
                            }
                            value *= growth.learningRate
                            values[leaf] = value
                            covers[leaf] = cover
                            guard updates else { continue }
                            for index in range {
                                scores[Int(rows[index]) * outputs + output] += value
                            }
                        }
                    }
                }
            }
        }
        for (leaf, node) in grown.nodes.enumerated() {
            tree.covers[node] = covers[leaf]
            if outputs == 1 {
                tree.nodes[node].threshold = values[leaf]
            } else {
                var own = [Double](repeating: 0, count: outputs)
                own[output] = values[leaf]
                tree.values += own
            }
        }
        for node in tree.nodes.indices.reversed() where tree.nodes[node].feature >= 0 {
            let left = Int(tree.nodes[node].left)
            tree.covers[node] = tree.covers[left] + tree.covers[left + 1]
        }
        return tree
    }
}
