// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension LogisticRegression {
    /// The maximum of Firth's penalised likelihood, which is finite even for separated classes.
    func firth(
        _ problem: LogisticProblem, from start: LogisticEstimate, _ progress: FitObserver?
    ) throws(ModelError) -> (solution: LogisticEstimate, LogisticLikelihood.Maximum, null: Double) {
        try problem.requireFullRank(problem.curvature(at: problem.start))
        let design = StandardisedDesign(problem, isCentred: true)
        let likelihood = LogisticLikelihood(
            design: design.matrix, problem: problem, isFirth: true,
            ridges: .zeros(design.matrix.columnCount), recipe: self)
        let scaled = (start.coefficients * design.scales).elements
        let intercept = fitsIntercept ? [start.intercept] : []
        let free = Array(0..<design.matrix.columnCount)
        var maximum = try likelihood.maximum(
            from: Vector(intercept + scaled), free: free, progress: progress)
        var null = try likelihood.maximum(
            from: Vector((fitsIntercept ? [problem.start.intercept] : []) + scaled.map { _ in 0 }),
            free: fitsIntercept ? [0] : [])
        // The determinant in the features' own units.
        let units = design.scales.log().sum()
        maximum.value += units
        null.value += units
        let estimate = problem.estimate(
            intercept: fitsIntercept ? maximum.coefficients[0] : 0,
            coefficients: design.coefficients(perUnit: maximum.coefficients))
        return (estimate, maximum, null.value)
    }
}
