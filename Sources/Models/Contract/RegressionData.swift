// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Rows with target numbers and weights that have been checked, so that an estimator need not.
///
/// Every feature value is finite, or NaN for a missing one where ``allowsMissing`` says so;
/// every target is finite, every weight is finite and not negative, one of them is
/// positive, and the sizes agree. A row of weight 2 means the same row twice, a row of
/// weight 0 means that it is not there.
public struct RegressionData: Sendable {
    /// The feature values (rows x features).
    public let features: Matrix<Double>

    /// The number to be predicted of every row.
    public let targets: [Double]

    /// The weight of every row.
    public let weights: [Double]

    /// The name of every feature column.
    public let featureNames: [String]

    /// Whether NaN stands for a missing value; only estimators of trees take such rows.
    public let allowsMissing: Bool

    /// Checks and joins the parts.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - targets: one per row.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - allowsMissing: whether NaN stands for a missing value and is not refused.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels` (another number of
    ///   targets), `invalidWeights` or `wrongWidth` (names).
    /// - Complexity: O(rows * features).
    public init(
        features: Matrix<Double>, targets: [Double], weights: [Double]? = nil,
        featureNames: [String]? = nil, allowsMissing: Bool = false
    ) throws(ModelError) {
        let names = try checkedNames(featureNames, of: features)
        try checkTargets(targets, rows: features.rowCount)
        try ClassificationData.check(weights, rows: features.rowCount)
        try checkFinite(features, names: names, allowsMissing: allowsMissing)
        self.allowsMissing = allowsMissing
        self.features = features
        self.targets = targets
        self.weights = weights ?? [Double](repeating: 1, count: features.rowCount)
        self.featureNames = names
    }

    /// The number of rows, those of weight 0 included.
    public var rowCount: Int { features.rowCount }

    /// Refuses missing values for an estimator that cannot take them.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite`.
    package func requireComplete() throws(ModelError) {
        if allowsMissing { try checkFinite(features, names: featureNames) }
    }
}
