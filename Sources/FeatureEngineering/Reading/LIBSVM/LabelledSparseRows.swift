// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// The content of a LIBSVM or SVMlight file: a label and sparse features for every row.
public struct LabelledSparseRows: Sendable, Hashable {
    /// The features (rows x features), column `i` being the file's feature `i + 1`, or `i` if it
    /// counts from 0.
    public let features: SparseMatrix<Double>
    /// The label of every row: a class such as -1 and 1, or a number to predict.
    public let labels: [Double]
    /// The query of every row, `qid:` in the file; `nil` if the file has none.
    public let queries: [Int]?

    /// Rows with their labels.
    ///
    /// - Throws: ``FeatureError`` with `unequalLengths`.
    public init(
        features: SparseMatrix<Double>, labels: [Double], queries: [Int]? = nil
    ) throws(FeatureError) {
        for count in [labels.count, queries?.count ?? labels.count]
        where count != features.rowCount {
            throw FeatureError(
                .unequalLengths,
                "\(count) labels or queries for features of \(features.rowCount) rows")
        }
        self.features = features
        self.labels = labels
        self.queries = queries
    }

    /// From which number a file counts its features.
    public enum IndexBase: String, Sendable, Hashable, CaseIterable {
        /// From 0 if the feature 0 occurs, else from 1.
        case automatic
        /// From 0.
        case zero
        /// From 1, as LIBSVM does.
        case one
    }
}
