// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Sparse rows with classes and weights that have been checked, as ``ClassificationData`` is.
///
/// What is not stored is 0. Text, one-hot categories and networks give such rows.
public struct SparseClassificationData: Sendable {
    /// The feature values (rows x features).
    public let features: SparseMatrix<Double>

    /// The class of every row.
    public let labels: ClassLabels

    /// The weight of every row.
    public let weights: [Double]

    /// The name of every feature column.
    public let featureNames: [String]

    /// Checks and joins the parts.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - labels: one per row.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels`, `invalidWeights`,
    ///   `wrongWidth` (names) or `oneClass`.
    /// - Complexity: O(rows + features + stored elements).
    public init(
        features: SparseMatrix<Double>, labels: ClassLabels, weights: [Double]? = nil,
        featureNames: [String]? = nil
    ) throws(ModelError) {
        guard features.rowCount > 0, features.columnCount > 0 else {
            throw ModelError(
                .empty, "the features are \(features.rowCount) x \(features.columnCount)")
        }
        let names = featureNames ?? (0..<features.columnCount).map { "x\($0)" }
        try checkFinite(features, names: names)
        // Labels, weights and classes are checked as those of one dense column.
        let checked = try ClassificationData(
            features: .zeros(features.rowCount, 1), labels: labels, weights: weights)
        self.features = features
        self.labels = labels
        self.weights = checked.weights
        self.featureNames = names
    }

    /// The number of rows, those of weight 0 included.
    public var rowCount: Int { features.rowCount }
}

/// Refuses a sparse matrix with another number of columns than `names`, or with a NaN or an
/// infinite value, naming its row and column.
func checkFinite(_ features: SparseMatrix<Double>, names: [String]) throws(ModelError) {
    guard names.count == features.columnCount else {
        throw ModelError(
            .wrongWidth,
            "\(features.columnCount) columns for \(names.count) features")
    }
    guard let position = features.values.firstIndex(where: { !$0.isFinite }) else { return }
    let row = features.rowOffsets.lastIndex { $0 <= position } ?? 0
    let column = features.columnIndices[position]
    throw ModelError(
        .nonFinite,
        "row \(row), column \(column) (\(names[column])) is \(features.values[position])")
}
