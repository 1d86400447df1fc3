// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Exact Shapley values of the log-odds of a logistic regression.
///
/// ```swift
/// let background = try LinearSHAP(background: training)
/// let reasons = try background.explain(model, features).reasons(row: 0)
/// ```
///
/// `interventional` values are `w[j] (x[j] - mean[j])`: columns are changed one by one, whatever
/// the others are. `correlated` values share the credit among columns that go together: the output
/// without some columns is its expectation given the others, under a normal distribution with the
/// background's mean and covariance. A column with a coefficient of 0 then has a value where it
/// tells about columns in use.
///
/// Source: Lundberg and Lee, 2017, arXiv:1705.07874, section 4; Aas, Jullum and Løland, Explaining
/// individual predictions when features are dependent, 2021, doi:10.1016/j.artint.2021.103502.
public struct LinearSHAP: Sendable {
    /// How columns that are not known are replaced.
    public enum Dependence: Codable, Hashable, Sendable {
        /// By the background, whatever the known columns are.
        case interventional
        /// By their expectation given the known columns.
        ///
        /// All orders of up to 12 columns are averaged exactly; of more columns, `orderCount`
        /// random orders and their reversals. The values add up to the output in both cases.
        case correlated(orderCount: Int = 1000, seed: UInt64 = 0)
    }

    /// The mean of each column of the background.
    public let means: Vector<Double>

    /// The covariance of the background (columns x columns), divided by the weight.
    public let covariance: Matrix<Double>

    /// The rows that a row is compared with.
    ///
    /// - Parameters:
    ///   - background: such as the training rows (rows x features).
    ///   - weights: one per row.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite` or `invalidWeights`.
    /// - Complexity: O(rows * features^2).
    public init(background: Matrix<Double>, weights: [Double]? = nil) throws(ModelError) {
        guard background.rowCount > 0, background.columnCount > 0 else {
            throw ModelError(
                .empty, "a background of \(background.rowCount) x \(background.columnCount)")
        }
        try checkFinite(background, names: background.numberedNames)
        let weights = try checkedWeights(weights, rows: background.rowCount)
        let shares = Vector(weights) / weights.reduce(0, +)
        means = background.transposed.matmul(shares)
        covariance = background.subtractingFromRows(means).gram(weights: shares)
    }

    /// The Shapley values of the log-odds of every row.
    ///
    /// - Parameters:
    ///   - model: a fit to features such as the background's.
    ///   - features: the rows to explain (rows x features).
    ///   - dependence: how columns that are not known are replaced.
    ///   - progress: sees the orders of correlated columns, in steps of 100.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, `invalidRecipe` or
    ///   `cancelled`.
    /// - Complexity: O(rows * features); correlated O(2^features * features^3) up to 12 features,
    ///   else O(orders * features^4).
    public func explain(
        _ model: LogisticRegressionModel, _ features: Matrix<Double>,
        dependence: Dependence = .interventional, progress: FitObserver? = nil
    ) throws(ModelError) -> ShapleyValues {
        guard means.count == model.featureNames.count else {
            throw ModelError(
                .wrongWidth,
                "a background of \(means.count) columns for a model of "
                    + "\(model.featureNames.count) features")
        }
        let outputs = try model.logOdds(features)
        let coefficients = Vector(model.coefficients)
        let centred = features.subtractingFromRows(means)
        let values: Matrix<Double>
        switch dependence {
        case .interventional: values = centred.multiplyingRows(by: coefficients)
        case .correlated(let orderCount, let seed):
            let shares = try ConditionalShares(covariance, coefficients)
                .shares(orderCount: orderCount, seed: seed, progress)
            values = centred.matmul(shares.transposed)
        }
        return ShapleyValues(
            checkedNames: model.featureNames,
            base: model.intercept + coefficients.orderedDot(means), values: values,
            outputs: outputs)
    }
}

extension Tensor where rank == 2 {
    /// `x0`, `x1` and so on.
    var numberedNames: [String] { (0..<columnCount).map { "x\($0)" } }
}
