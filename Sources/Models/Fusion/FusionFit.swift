// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Checked rows in the form in which a fused network takes them, and those held out of them.
struct FusionFit {
    let layout: FusionLayout
    let problem: FusionProblem

    /// Holds rows out by the seed where training stops early.
    ///
    /// - Parameter layout: that of a trainer which has begun; learned from the rows where `nil`.
    /// - Throws: ``ModelError`` as the fit.
    init(
        _ recipe: FusionClassifier, _ inputs: FusionInputs, _ labels: ClassLabels,
        _ weights: [Double]?, layout known: FusionLayout?, progress: FitObserver? = nil
    ) throws(ModelError) {
        try recipe.validate()
        guard labels.count == inputs.count else {
            throw ModelError(
                .invalidLabels, "\(labels.count) labels for \(inputs.count) rows")
        }
        try ClassificationData.check(weights, rows: inputs.count)
        let weights = weights ?? [Double](repeating: 1, count: inputs.count)
        var sums = [Double](repeating: 0, count: labels.classes.count)
        for (code, weight) in zip(labels.codes, weights) { sums[code] += weight }
        let present = sums.indices.filter { sums[$0] > 0 }
        guard present.count >= 2 else {
            throw ModelError(
                .oneClass,
                "all \(labels.count) rows are of one class, \(present.map { labels.classes[$0] })")
        }
        let factors = try recipe.classWeighting.factors(sums)
        var rows = weights.indices.filter { weights[$0] > 0 }
        var held: [Int] = []
        if let stopping = recipe.training.earlyStopping {
            let count = Int((stopping.share * Double(rows.count)).rounded())
            guard count >= 1, count < rows.count else {
                throw ModelError(
                    .invalidSplit,
                    "a share of \(stopping.share) of \(rows.count) rows is \(count) rows")
            }
            var stream = RandomStream(seed: recipe.training.seed).child("validation")
            held = stream.sample(count, below: rows.count).sorted().map { rows[$0] }
            let isHeld = Set(held)
            rows.removeAll { isHeld.contains($0) }
        }
        if let known {
            layout = known
        } else {
            layout = try FusionLayout(
                recipe, inputs, classes: labels.classes, weights: weights, progress: progress)
        }
        problem = FusionProblem(
            layout.plan(recipe), forgetOffset: recipe.sequences.forgetOffset,
            source: try layout.source(inputs), targets: labels.codes.map { Float($0) },
            weights: zip(labels.codes, weights).map { Float(factors[$0] * $1) }, rows: rows,
            validationRows: held)
    }
}
