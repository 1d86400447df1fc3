// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension LogisticRegressionModel {
    /// `b + wᵀx` of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func logOdds(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try logits(features).elements
    }

    /// `1 / (1 + exp(-(b + wᵀx)))` of every row: the probability of the second class.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try logits(features).sigmoid().elements
    }

    /// The probabilities of both classes (rows x 2).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        let positive = try probabilities(features)
        return Matrix(
            rowCount: positive.count, columnCount: 2, elements: positive.flatMap { [1 - $0, $0] })
    }

    /// `b + wᵀx + offset` of every row.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - offsets: one per row, as those that the model was fitted with.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func logOdds(
        _ features: Matrix<Double>, offsets: [Double]
    ) throws(ModelError) -> [Double] {
        try checkOffsets(offsets, rows: features.rowCount)
        return zip(try logits(features).elements, offsets).map(+)
    }

    /// `b + wᵀx` of every sparse row; each is summed in the order of its columns.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows + stored elements).
    public func logOdds(_ features: SparseMatrix<Double>) throws(ModelError) -> [Double] {
        try checkFinite(features, names: featureNames)
        return try summed(features.matmul(Vector(coefficients)) + intercept).elements
    }

    /// The probability of the second class of every sparse row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows + stored elements).
    public func probabilities(_ features: SparseMatrix<Double>) throws(ModelError) -> [Double] {
        try Vector(logOdds(features)).sigmoid().elements
    }

    /// The probability of the second class of one row, with the bits that it has in a batch.
    ///
    /// - Parameter row: one finite value per feature.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(features).
    public func probability(_ row: [Double]) throws(ModelError) -> Double {
        guard row.count == coefficients.count else {
            throw ModelError(
                .wrongWidth, "\(row.count) values for a model of \(coefficients.count) features")
        }
        let logit = Vector(row).orderedDot(Vector(coefficients)) + intercept
        guard !logit.isNaN, row.allSatisfy(\.isFinite) else {
            try checkFinite(
                Matrix(rowCount: 1, columnCount: row.count, elements: row), names: featureNames)
            throw ModelError(.nonFinite, "row 0: the features are too large to be summed")
        }
        return sigmoid(logit)
    }

    private func logits(_ features: Matrix<Double>) throws(ModelError) -> Vector<Double> {
        try check(features)
        return try summed(features.orderedMatmul(Vector(coefficients)) + intercept)
    }

    private func summed(_ logits: Vector<Double>) throws(ModelError) -> Vector<Double> {
        // Products that overflow with both signs.
        if let row = logits.elements.firstIndex(where: \.isNaN) {
            throw ModelError(.nonFinite, "row \(row): the features are too large to be summed")
        }
        return logits
    }
}
