// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// Checked rows in the form in which a fused network takes them.
struct FusionFit {
    let layout: FusionLayout
    let problem: PassProblem<FusionPlan>

    /// Holds rows out by the seed where training stops early.
    ///
    /// - Parameter layout: that of a trainer which has begun; learned from the rows where `nil`.
    /// - Throws: ``ModelError`` as the fit.
    init(
        _ recipe: FusionClassifier, _ inputs: FusionInputs, _ labels: ClassLabels,
        _ weights: [Double]?, layout known: FusionLayout? = nil, progress: FitObserver? = nil
    ) throws(ModelError) {
        try recipe.validate()
        if let known, labels.classes != known.classes {
            throw ModelError(
                .incompatible,
                "rows of the classes \(labels.classes) for a network of \(known.classes)")
        }
        try ClassificationData.check(labels, rows: inputs.count)
        try ClassificationData.check(weights, rows: inputs.count)
        let weights = weights ?? [Double](repeating: 1, count: inputs.count)
        let factors = try recipe.classWeighting.factors(labels.presentWeights(weights))
        let rows = try HeldOutRows(
            weights: weights, recipe.training.earlyStopping, seed: recipe.training.seed)
        if let known {
            layout = known
        } else {
            layout = try FusionLayout(
                recipe, inputs, classes: labels.classes, weights: weights, progress: progress)
        }
        problem = PassProblem(
            layout.plan(recipe), source: try layout.source(inputs),
            targets: labels.codes.map { Float($0) },
            weights: zip(labels.codes, weights).map { Float(factors[$0] * $1) }, rows: rows)
    }
}
