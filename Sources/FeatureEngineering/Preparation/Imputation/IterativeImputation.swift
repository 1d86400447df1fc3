// SPDX-License-Identifier: Apache-2.0

/// Replaces missing numbers by what linear regressions on the other columns predict (chained
/// equations).
///
/// Missing values start at the mean of their column. Then, column by column from the one with the
/// fewest missing values to the one with the most (the first of equals), each column is regressed
/// on all others over the rows that have it, and its missing values are predicted. Rounds are
/// repeated until the largest sum of absolute changes in a row is below `tolerance` times the
/// largest absolute value, or until the round limit, after which the last values stand. A new row
/// goes through the same regressions in the same order. A single column takes its mean.
///
/// The rows are sorted before they are summed, so their order does not matter.
///
/// Source: S. van Buuren and K. Groothuis-Oudshoorn, mice, 2011, doi:10.18637/jss.v045.i03, with
/// the single imputation by the posterior mean.
public struct IterativeImputation: Sendable, Hashable, Codable {
    /// How a column is regressed on the others.
    public enum Regression: Sendable, Hashable, Codable {
        /// Bayesian ridge regression, which estimates the penalty from the rows
        /// (D. J. C. MacKay, Bayesian Interpolation, 1992, doi:10.1162/neco.1992.4.3.415).
        case bayesianRidge
        /// Ridge regression: `sum (y - b - w^T x)^2 + penalty * sum w^2`, the penalty above 0.
        case ridge(penalty: Double)
    }

    /// How a column is regressed on the others.
    public var regression: Regression
    /// The largest number of rounds, 1 or more.
    public var roundLimit: Int
    /// The largest change, relative to the largest absolute value, that ends the rounds.
    public var tolerance: Double
    /// Whether each column with a missing value in the training rows gets a second column, named
    /// `name (missing)`, that is 1 where the value was missing and 0 elsewhere.
    public var addsIndicators: Bool
    /// The columns to impute and to regress on; `nil` for all numeric ones.
    public var columns: [String]?
}

extension IterativeImputation: PreparationRecipe {
    static let stage = "iterative imputation"

    func validate() throws(FeatureError) {
        guard roundLimit > 0 else {
            throw FeatureError(.invalidParameter, "\(roundLimit) rounds, not 1 or more")
        }
        guard tolerance >= 0, tolerance.isFinite else {
            throw FeatureError(
                .invalidParameter, "the tolerance \(tolerance) is not a number of 0 or more")
        }
        if case .ridge(let penalty) = regression, !(penalty > 0 && penalty.isFinite) {
            throw FeatureError(
                .invalidParameter, "the penalty \(penalty) is not a number above 0")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedIterativeImputation {
        let indices = try table.numericIndices(columns)
        let rows = try table.sortedRows(indices)
        let means = indices.indices.map { position in
            Statistics.mean(rows.map { $0[position] }.filter { !$0.isNaN })
        }
        var chain = ImputationChain(rows: rows, means: means, regression: regression)
        if indices.count > 1 {
            let limit = tolerance * chain.largestMagnitude
            for round in 1...roundLimit {
                let change = try chain.round { step throws(FeatureError) in
                    try table.report(
                        Self.stage, step: (round - 1) * indices.count + step,
                        of: roundLimit * indices.count)
                }
                if change < limit { break }
            }
        }
        return FittedIterativeImputation(
            columns: indices, means: means, regressions: chain.regressions,
            indicators: addsIndicators ? indices.filter(table.hasMissing) : [])
    }
}

/// Values learnt by an ``IterativeImputation``.
package struct FittedIterativeImputation: Hashable, Sendable {
    /// A regression of one column on all others.
    package struct Regression: Hashable, Sendable {
        /// The position of the column among those imputed.
        let target: Int
        let intercept: Double
        /// One per imputed column; 0 for the target itself.
        let coefficients: [Double]

        /// What stands at `target` in a row of the imputed columns.
        func prediction(_ row: [Double]) -> Double {
            var sum = intercept
            for (coefficient, value) in zip(coefficients, row) { sum += coefficient * value }
            return sum
        }
    }

    /// Ascending.
    var columns: [Int]
    /// What a missing value starts at.
    var means: [Double]
    /// In the order in which they are used.
    var regressions: [Regression]
    /// Columns that get an indicator, ascending.
    var indicators: [Int]
}

extension FittedIterativeImputation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(columns, below: inputs.count)
        guard columns.allSatisfy({ inputs[$0].kind == .numeric }), means.count == columns.count,
            means.allSatisfy(\.isFinite),
            regressions.allSatisfy({ regression in
                columns.indices.contains(regression.target) && regression.intercept.isFinite
                    && regression.coefficients.count == columns.count
                    && regression.coefficients.allSatisfy(\.isFinite)
                    && regression.coefficients[regression.target] == 0
            })
        else { throw FeatureError(.invalidParameter, "columns cannot be imputed so") }
        return try inputs + indicatorColumns(indicators, of: inputs)
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        if columns.contains(where: { row[$0].isNaN }) {
            var values = zip(columns, means).map { row[$0].isNaN ? $1 : row[$0] }
            for regression in regressions where row[columns[regression.target]].isNaN {
                values[regression.target] = regression.prediction(values)
            }
            for (value, column) in zip(values, columns) { output[column] = value }
        }
        for index in indicators { output.append(row[index].isNaN ? 1 : 0) }
    }
}
