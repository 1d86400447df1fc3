// SPDX-License-Identifier: Apache-2.0

/// Leaves training rows out that lie far from the others.
///
/// Only training rows are left out: a new row passes as it is, so that every row gets a score. What
/// the steps behind learn, and the estimator, see the rows that are left; ``PipelineFit/rows`` says
/// which. The rules that look at one column at a time take a missing value for no outlier; the
/// distances need all values.
///
/// Paper 003 eliminates outliers before it selects features.
public struct OutlierElimination: Sendable, Hashable, Codable {
    /// Which rows are outliers.
    public enum Rule: Sendable, Hashable, Codable {
        /// A value more than `multiple` interquartile ranges beyond the quartiles (type 7) of its
        /// column; 1.5 is usual.
        case interquartileRange(multiple: Double)
        /// A value more than `multiple` times 1.4826 times the median absolute deviation from the
        /// median of its column; 3 is usual.
        case medianAbsoluteDeviation(multiple: Double)
        /// A squared Mahalanobis distance `(x - m)^T S^-1 (x - m)` above the chi-square quantile of
        /// order `probability` with one degree of freedom per column; m and S are mean and
        /// covariance (divisor n - 1) of the rows.
        case mahalanobis(probability: Double)
        /// The same with the reweighted minimum covariance determinant in the place of mean and
        /// covariance, which outliers cannot move until they are half of the rows; its subsets are
        /// drawn with `seed`.
        ///
        /// P. J. Rousseeuw and K. Van Driessen, A Fast Algorithm for the Minimum Covariance
        /// Determinant Estimator, 1999, doi:10.1080/00401706.1999.10485670.
        case robustMahalanobis(probability: Double, seed: UInt64)
    }

    /// Which rows are outliers.
    public var rule: Rule
    /// The columns to look at; `nil` for all numeric ones.
    public var columns: [String]?

    /// Leaves out the rows that are outliers by `rule`.
    public init(_ rule: Rule, columns: [String]? = nil) {
        self.rule = rule
        self.columns = columns
    }

    /// The outliers among the rows of `table`, ascending, and how they were found.
    ///
    /// - Throws: ``FeatureError``: `invalidParameter`, `unknownColumn` or `wrongKind` for columns
    ///   that do not fit, `emptyInput` without rows or values, `missingValue` for the rules that
    ///   take distances, `outOfRange` where columns depend linearly on each other.
    public func outliers(
        in table: Table
    ) throws(FeatureError) -> (rows: [Int], report: OutlierReport) {
        try validate()
        guard table.rowCount > 0 else {
            throw FeatureError(.emptyInput, "there are no rows to learn from")
        }
        let chosen =
            try columns.map { (names) throws(FeatureError) in
                try table.selecting(names).columns
            } ?? table.columns.filter { $0.kind == .numeric }
        let working = WorkingTable(
            columns: chosen.map {
                WorkingColumn(
                    name: $0.name, source: $0.name, levels: $0.levels, isDate: $0.kind == .date)
            },
            values: chosen.map { $0.numbers ?? [] }, rowCount: table.rowCount)
        let found = try detect(working)
        return (found.outliers, found.report)
    }
}

extension OutlierElimination: PreparationRecipe {
    func validate() throws(FeatureError) {
        let isValid =
            switch rule {
            case .interquartileRange(let multiple), .medianAbsoluteDeviation(let multiple):
                multiple >= 0 && multiple.isFinite
            case .mahalanobis(let probability), .robustMahalanobis(let probability, _):
                probability > 0 && probability < 1
            }
        guard isValid else {
            throw FeatureError(.invalidParameter, "outliers cannot be found by \(rule)")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedOutlierElimination {
        FittedOutlierElimination(report: try detect(table).report)
    }

    func fitTransform(
        _ table: inout WorkingTable
    ) throws(FeatureError) -> FittedOutlierElimination {
        let (outliers, report) = try detect(table)
        guard outliers.count < table.rowCount else {
            throw FeatureError(.emptyInput, "all \(table.rowCount) training rows are outliers")
        }
        let left = Set(outliers)
        table.keepRows((0..<table.rowCount).filter { !left.contains($0) })
        return FittedOutlierElimination(report: report)
    }

    func accepts(_ fitted: FittedOutlierElimination) -> Bool { fitted.report.rule == rule }

    private func detect(
        _ table: WorkingTable
    ) throws(FeatureError) -> (outliers: [Int], report: OutlierReport) {
        let indices = try table.numericIndices(columns)
        var report = OutlierReport(rule: rule, rowCount: table.rowCount)
        var outliers: [Int] = []
        switch rule {
        case .interquartileRange(let multiple):
            outliers = try report.addFences(table, indices) {
                OutlierFences.interquartile($0, multiple)
            }
        case .medianAbsoluteDeviation(let multiple):
            outliers = try report.addFences(table, indices) {
                OutlierFences.medianDeviation($0, multiple)
            }
        case .mahalanobis(let probability):
            outliers = try report.addDistances(table, indices, probability, seed: nil)
        case .robustMahalanobis(let probability, let seed):
            outliers = try report.addDistances(table, indices, probability, seed: seed)
        }
        report.outlierCount = outliers.count
        return (outliers, report)
    }
}

/// What an ``OutlierElimination`` found; it leaves new rows as they are.
package struct FittedOutlierElimination: Hashable, Sendable {
    let report: OutlierReport
}

extension FittedOutlierElimination: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try report.check(against: inputs)
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) { output.append(contentsOf: row) }
}
