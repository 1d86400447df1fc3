// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted ordinal regression.
///
/// Scores and probabilities have the same bits for one row, for any batch around it and with every
/// BLAS.
public struct OrdinalRegressionModel: ClassifierModel {
    /// What maximum likelihood says about the fit.
    public struct Inference: Equatable, Sendable {
        /// The inverse of the observed information, thresholds first.
        public let covariance: Matrix<Double>

        /// The log-likelihoods and criteria.
        public let likelihood: LikelihoodSummary
    }

    /// The classes from the lowest to the highest.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The log-odds of being in class `k` or below where all features are 0, ascending; one fewer
    /// than classes.
    public let thresholds: [Double]

    /// The change of the log-odds of a higher class per unit of each feature.
    public let coefficients: [Double]

    /// The number of Newton steps that were taken.
    public let iterationCount: Int

    /// The gradient norm that ended the fit.
    public let gradientNorm: Double

    /// The likelihood and the covariance; `nil` for a penalised fit.
    public let inference: Inference?

    init(
        classes: [String], featureNames: [String], thresholds: [Double], coefficients: [Double],
        iterationCount: Int, gradientNorm: Double, inference: Inference?
    ) {
        self.classes = classes
        self.featureNames = featureNames
        self.thresholds = thresholds
        self.coefficients = coefficients
        self.iterationCount = iterationCount
        self.gradientNorm = gradientNorm
        self.inference = inference
    }

    /// `wᵀx` of every row: higher means a higher class.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func scores(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        return try summed(features.orderedMatmul(Vector(coefficients)))
    }

    /// `wᵀx` of every sparse row, summed in the order of its columns.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows + stored elements).
    public func scores(_ features: SparseMatrix<Double>) throws(ModelError) -> [Double] {
        try checkFinite(features, names: featureNames)
        return try summed(features.matmul(Vector(coefficients)))
    }

    private func summed(_ scores: Vector<Double>) throws(ModelError) -> [Double] {
        let scores = scores.elements
        if let row = scores.firstIndex(where: \.isNaN) {
            throw ModelError(.nonFinite, "row \(row): the features are too large to be summed")
        }
        return Array(scores)
    }

    /// The probability of every class (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        probabilities(of: try scores(features))
    }

    /// The probability of every class, around known parts of the scores (rows x classes).
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - offsets: one per row, as those that the model was fitted with.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>, offsets: [Double]
    ) throws(ModelError) -> Matrix<Double> {
        try checkOffsets(offsets, rows: features.rowCount)
        return probabilities(of: zip(try scores(features), offsets).map(+))
    }

    /// The probability of every class of sparse rows (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        probabilities(of: try scores(features))
    }

    private func probabilities(of scores: [Double]) -> Matrix<Double> {
        let scores = Vector(scores)
        let below = thresholds.map { (scores * -1 + $0).sigmoid() }
        let above = thresholds.map { (scores - $0).sigmoid() }
        let last = classes.count - 1
        return Matrix(rowCount: scores.count, columnCount: classes.count) { row, column in
            if column == 0 { return below[0][row] }
            if column == last { return above[last - 1][row] }
            // The smaller of two equal differences keeps its digits.
            let lower = below[column][row] - below[column - 1][row]
            let upper = above[column - 1][row] - above[column][row]
            return max(0, below[column][row] < 0.5 ? lower : upper)
        }
    }

    /// Thresholds (`t1`, `t2`, ...) and coefficients with standard errors and tests; `nil` for a
    /// penalised fit.
    public var estimates: [CoefficientEstimate]? {
        inference.map { inference in
            let names = thresholds.indices.map { "t\($0 + 1)" } + featureNames
            let variances = inference.covariance.diagonal.elements
            return zip(names, zip(thresholds + coefficients, variances)).map { name, value in
                CoefficientEstimate(
                    name: name, value: value.0, standardError: value.1.squareRoot())
            }
        }
    }
}
