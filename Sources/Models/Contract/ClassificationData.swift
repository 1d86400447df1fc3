// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Rows with classes and weights that have been checked, so that an estimator need not.
///
/// Every feature value is finite, or NaN for a missing one where ``allowsMissing`` says so; every
/// weight is finite and not negative, the sizes agree, and at least two classes have a row of
/// positive weight. A row of weight 2 means the same row twice, a row of weight 0 means that it is
/// not there.
public struct ClassificationData: Sendable {
    /// The feature values (rows x features).
    public let features: Matrix<Double>

    /// The class of every row.
    public let labels: ClassLabels

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
    ///   - labels: one per row.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - allowsMissing: whether NaN stands for a missing value and is not refused.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels`, `invalidWeights`,
    ///   `wrongWidth` (names) or `oneClass`.
    /// - Complexity: O(rows * features).
    public init(
        features: Matrix<Double>, labels: ClassLabels, weights: [Double]? = nil,
        featureNames: [String]? = nil, allowsMissing: Bool = false
    ) throws(ModelError) {
        let names = try checkedNames(featureNames, of: features)
        let rows = features.rowCount
        try Self.check(labels, rows: rows)
        try Self.check(weights, rows: rows)
        try checkFinite(features, names: names, allowsMissing: allowsMissing)
        self.allowsMissing = allowsMissing
        self.features = features
        self.labels = labels
        self.weights = weights ?? [Double](repeating: 1, count: rows)
        self.featureNames = names
        _ = try labels.presentWeights(self.weights)
    }

    /// The number of rows, those of weight 0 included.
    public var rowCount: Int { features.rowCount }

    /// The sum of the weights of each class, in the order of the classes.
    public var classWeights: [Double] { labels.sums(of: weights) }

    /// Refuses missing values for an estimator that cannot take them.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite`.
    package func requireComplete() throws(ModelError) {
        if allowsMissing { try checkFinite(features, names: featureNames) }
    }

    /// The labels of a two-class task.
    ///
    /// - Throws: ``ModelError`` with code `tooManyClasses`.
    package func requireTwoClasses(_ estimator: String) throws(ModelError) {
        guard labels.classes.count == 2 else {
            throw ModelError(
                .tooManyClasses,
                "\(estimator) tells two classes apart, there are \(labels.classes.count)")
        }
    }

    /// Refuses another number of labels than rows.
    static func check(_ labels: ClassLabels, rows: Int) throws(ModelError) {
        guard labels.count == rows else {
            throw ModelError(.invalidLabels, "\(labels.count) labels for \(rows) rows")
        }
    }

    /// Refuses weights that are not one per row, or not all finite and 0 or more.
    static func check(_ weights: [Double]?, rows: Int) throws(ModelError) {
        guard let weights else { return }
        guard weights.count == rows else {
            throw ModelError(.invalidWeights, "\(weights.count) weights for \(rows) rows")
        }
        if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw ModelError(
                .invalidWeights, "row \(row) has the weight \(weights[row]), not one of 0 or more")
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw ModelError(.empty, "all \(rows) rows have weight 0")
        }
    }
}

/// Refuses a matrix with an infinite value, or with a NaN that is not allowed, naming its row and
/// column.
package func checkFinite(
    _ features: Matrix<Double>, names: [String], allowsMissing: Bool = false
) throws(ModelError) {
    // A sum is finite only if every term is; only a failure (or an overflow) needs the search.
    if features.sum().isFinite { return }
    let elements = features.elements
    guard
        let index = elements.firstIndex(where: { allowsMissing ? $0.isInfinite : !$0.isFinite })
    else { return }
    let (row, column) = index.quotientAndRemainder(dividingBy: features.columnCount)
    throw ModelError(
        .nonFinite, "row \(row), column \(column) (\(names[column])) is \(elements[index])")
}
