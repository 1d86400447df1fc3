// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted multinomial regression.
///
/// Log-odds and probabilities have the same bits for one row, for any batch
/// around it and with every BLAS.
public struct MultinomialRegressionModel: ClassifierModel {
    /// What maximum likelihood says about the fit.
    public struct Inference: Equatable, Sendable {
        /// The inverse of the observed information: for every class but the first its intercept and
        /// coefficients.
        public let covariance: Matrix<Double>

        /// The log-likelihoods and criteria.
        public let likelihood: LikelihoodSummary
    }

    /// The classes, in the order of the probability columns.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The intercept of every class.
    public let intercepts: [Double]

    /// The coefficients (classes x features).
    public let coefficients: Matrix<Double>

    /// The number of steps that were taken.
    public let iterationCount: Int

    /// The gradient norm that ended the fit.
    public let gradientNorm: Double

    /// The likelihood and the covariance; `nil` for a penalised fit.
    public let inference: Inference?

    init(
        classes: [String], featureNames: [String], intercepts: [Double],
        coefficients: Matrix<Double>, iterationCount: Int, gradientNorm: Double,
        inference: Inference?
    ) {
        self.classes = classes
        self.featureNames = featureNames
        self.intercepts = intercepts
        self.coefficients = coefficients
        self.iterationCount = iterationCount
        self.gradientNorm = gradientNorm
        self.inference = inference
    }

    /// `b[k] + w[k]ᵀx` of every row and class (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features * classes).
    public func logits(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try check(features)
        return try joined(classes.indices.map { features.orderedMatmul(coefficients.row($0)) })
    }

    /// `b[k] + w[k]ᵀx + offset[k]` of every row and class (rows x classes).
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - offsets: as those that the model was fitted with (rows x classes).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features * classes).
    public func logits(
        _ features: Matrix<Double>, offsets: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try checkOffsets(offsets, rows: features.rowCount, classes: classes)
        return try logits(features) + offsets
    }

    /// `b[k] + w[k]ᵀx` of every sparse row and class (rows x classes), each summed in the order of
    /// the row's columns.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(stored elements * classes).
    public func logits(_ features: SparseMatrix<Double>) throws(ModelError) -> Matrix<Double> {
        try checkFinite(features, names: featureNames)
        return try joined(classes.indices.map { features.matmul(coefficients.row($0)) })
    }

    private func joined(_ products: [Vector<Double>]) throws(ModelError) -> Matrix<Double> {
        let logits = Matrix(rowCount: products[0].count, columnCount: classes.count) {
            products[$1][$0] + intercepts[$1]
        }
        // Products that overflow; a softmax of infinities is none.
        try checkFinite(logits, names: classes.map { "log-odds of \($0)" })
        return logits
    }

    /// The probability of every class (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features * classes).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try logits(features).softmax()
    }

    /// The probability of every class, around known parts of the log-odds (rows x classes).
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - offsets: as those that the model was fitted with (rows x classes).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features * classes).
    public func classProbabilities(
        _ features: Matrix<Double>, offsets: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try logits(features, offsets: offsets).softmax()
    }

    /// The probability of every class of sparse rows (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(stored elements * classes).
    public func classProbabilities(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try logits(features).softmax()
    }

    /// The intercept and the coefficients of `name` against the first class, with standard errors
    /// and tests; `nil` for a penalised fit, the first class and an unknown one.
    public func estimates(of name: String) -> [CoefficientEstimate]? {
        guard let inference, let place = classes.firstIndex(of: name), place > 0 else { return nil }
        let size = featureNames.count + 1
        let variances = inference.covariance.diagonal.elements[(place - 1) * size..<place * size]
        let values = [intercepts[place]] + coefficients.row(place).elements
        return zip(["intercept"] + featureNames, zip(values, variances)).map { name, value in
            CoefficientEstimate(name: name, value: value.0, standardError: value.1.squareRoot())
        }
    }
}
