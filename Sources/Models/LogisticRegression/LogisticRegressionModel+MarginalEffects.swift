// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension LogisticRegressionModel {
    /// Where marginal effects are taken.
    public enum MarginalPoint: String, Codable, Hashable, Sendable, CaseIterable {
        /// The mean of the effects on the rows.
        case overall
        /// The effect on a row whose features are the means.
        case mean
    }

    /// The effect of every feature on the probability of the second class.
    ///
    /// The effect of a number is the derivative `p (1 - p) w`; that of a feature with no other
    /// values than 0 and 1, and both of them, is the difference of the probabilities.
    ///
    /// - Parameters:
    ///   - data: the rows to be averaged over, by their weights.
    ///   - point: rows or means.
    ///   - covariance: that of the coefficients, such as a robust one; the model's own where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth` for another number of features or parameters,
    ///   `invalidRecipe` for a penalised model without a `covariance`.
    /// - Complexity: O(rows * features²).
    public func marginalEffects(
        on data: ClassificationData, at point: MarginalPoint = .overall,
        covariance: Matrix<Double>? = nil
    ) throws(ModelError) -> [MarginalEffect] {
        try check(data.features)
        guard let covariance = covariance ?? inference?.covariance else {
            throw ModelError(.invalidRecipe, "a penalised model has no sampling covariance")
        }
        let hasIntercept = inference?.hasIntercept ?? (covariance.rowCount > coefficients.count)
        let parameters = coefficients.count + (hasIntercept ? 1 : 0)
        guard covariance.rowCount == parameters, covariance.columnCount == parameters else {
            throw ModelError(
                .wrongWidth,
                "a covariance of \(covariance.rowCount) x \(covariance.columnCount) for "
                    + "\(parameters) parameters")
        }
        let shares = Vector(data.weights) / data.weights.reduce(0, +)
        let rows: Matrix<Double>
        let weights: Vector<Double>
        switch point {
        case .overall: (rows, weights) = (data.features, shares)
        case .mean:
            let mean = data.features.transposed.matmul(shares)
            rows = Matrix(rowCount: 1, columnCount: mean.count, elements: mean.elements)
            weights = [1]
        }
        let binary = Set(
            featureNames.indices.filter { column in
                Set(data.features.column(column).elements) == [0, 1]
            })
        let average = AverageEffect(
            intercept: intercept, coefficients: Vector(coefficients), rows: rows, weights: weights,
            hasIntercept: hasIntercept)
        return featureNames.indices.map { column in
            let (value, gradient) =
                binary.contains(column) ? average.difference(column) : average.slope(column)
            let variance = gradient.orderedDot(covariance.matmul(gradient))
            return MarginalEffect(
                name: featureNames[column], value: value, standardError: variance.squareRoot())
        }
    }
}

/// Mean effects over rows, with their derivatives by the parameters.
private struct AverageEffect {
    let intercept: Double
    let coefficients: Vector<Double>
    let rows: Matrix<Double>
    let weights: Vector<Double>
    let hasIntercept: Bool

    func slope(_ column: Int) -> (Double, Vector<Double>) {
        let logits = rows.matmul(coefficients) + intercept
        let curvatures = LogisticRowTerms.curvatures(logits, weights)
        let mean = curvatures.sum()
        // 1 - 2 p is the hyperbolic tangent.
        var gradient =
            summed(curvatures * (logits * -0.5).tanh(), rows) * coefficients[column]
        gradient[column + (hasIntercept ? 1 : 0)] += mean
        return (coefficients[column] * mean, gradient)
    }

    func difference(_ column: Int) -> (Double, Vector<Double>) {
        let (without, with) = (probabilities(column, 0), probabilities(column, 1))
        let value = (weights * (with.probabilities - without.probabilities)).sum()
        return (value, with.gradient - without.gradient)
    }

    private func probabilities(
        _ column: Int, _ value: Double
    ) -> (probabilities: Vector<Double>, gradient: Vector<Double>) {
        var changed = rows
        changed.setColumn(column, to: Vector(count: rows.rowCount, repeating: value))
        let logits = changed.matmul(coefficients) + intercept
        return (logits.sigmoid(), summed(LogisticRowTerms.curvatures(logits, weights), changed))
    }

    /// The weighted sum of the rows, with that of the intercept's ones in front.
    private func summed(_ weights: Vector<Double>, _ rows: Matrix<Double>) -> Vector<Double> {
        let sums = rows.transposed.matmul(weights)
        return hasIntercept ? Vector([weights.sum()] + sums.elements) : sums
    }
}
