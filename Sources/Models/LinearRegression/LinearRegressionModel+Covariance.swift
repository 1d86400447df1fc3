// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension LinearRegressionModel {
    /// The covariance of the coefficients, the intercept first where there is one.
    ///
    /// - Parameters:
    ///   - estimator: what it is made of.
    ///   - data: the rows of the fit, weighted as there.
    ///   - offsets: the offsets of the fit.
    /// - Returns: (parameters x parameters), symmetric.
    /// - Throws: ``ModelError`` with code `invalidRecipe` without ``inference`` or for a number of
    ///   groups that does not fit; `wrongWidth`; `rankDeficient`, also for HC2 and HC3 where a row
    ///   alone determines a coefficient.
    /// - Complexity: O(rows * features²).
    public func covariance(
        _ estimator: CovarianceEstimator, on data: RegressionData, offsets: [Double]? = nil
    ) throws(ModelError) -> Matrix<Double> {
        let inference = try requireInference()
        if estimator == .observedInformation { return inference.covariance }
        var residuals = Vector(data.targets) - Vector(try predictions(data.features))
        if let offsets {
            try checkOffsets(offsets, rows: data.rowCount)
            residuals -= Vector(offsets)
        }
        let weights = Vector(data.weights)
        let total = weights.sum()
        let hasIntercept = inference.hasIntercept
        let mean =
            hasIntercept
            ? data.features.transposed.matmul(weights) / total
            : .zeros(data.features.columnCount)
        // At the means the intercept is independent of the coefficients.
        let first = hasIntercept ? 1 : 0
        let inverse = inference.unscaledCovariance
        let bread = Matrix(rowCount: inverse.rowCount, columnCount: inverse.rowCount) {
            if $0 < first || $1 < first { return $0 == $1 ? 1 / total : 0 }
            return inverse[$0, $1]
        }
        var design = data.features.subtractingFromRows(mean)
        if hasIntercept { design = .concatenated([.ones(data.rowCount, 1), design], axis: 1) }
        var repetitions = weights
        if weightMeaning == .precisions {
            let roots = weights.squareRoot()
            design.multiplyColumns(by: roots)
            residuals *= roots
            repetitions = Vector(data.weights.map { $0 > 0 ? 1 : 0 })
        }
        return try SandwichScores(
            design: design, bread: bread, residuals: residuals,
            rowCurvatures: .ones(data.rowCount), mean: mean, hasIntercept: hasIntercept
        ).covariance(estimator, weights: repetitions.elements)
    }

    /// The coefficients with standard errors and tests from another covariance.
    ///
    /// - Throws: ``ModelError``: the codes of ``covariance(_:on:offsets:)``.
    public func estimates(
        _ estimator: CovarianceEstimator, on data: RegressionData, offsets: [Double]? = nil
    ) throws(ModelError) -> [LinearCoefficient] {
        let covariance = try covariance(estimator, on: data, offsets: offsets)
        let inference = try requireInference()
        var degrees = inference.residualDegreesOfFreedom
        if case .cluster(let groups) = estimator { degrees = Double(Set(groups).count - 1) }
        return estimates(
            inference, covariance.diagonal.elements.map { $0.squareRoot() },
            degreesOfFreedom: degrees)
    }
}
