// SPDX-License-Identifier: Apache-2.0

/// How many training rows an ``OutlierElimination`` left out, and by which limits.
public struct OutlierReport: Sendable, Hashable, Codable {
    /// The limits of one column.
    public struct Fence: Sendable, Hashable, Codable {
        /// The column's name.
        public let column: String
        /// The smallest value that is no outlier.
        public let lower: Double
        /// The largest value that is no outlier.
        public let upper: Double
        /// How many rows have a smaller value.
        public let belowCount: Int
        /// How many rows have a larger value.
        public let aboveCount: Int
    }

    /// The distances of the rows from their centre.
    public struct Distances: Sendable, Hashable, Codable {
        /// The names of the columns.
        public let columns: [String]
        /// The centre of the rows, one number per column.
        public let centre: [Double]
        /// The covariance of the columns, row by row.
        public let covariance: [Double]
        /// The squared distance above which a row is an outlier.
        public let threshold: Double
    }

    /// Which rows were taken for outliers.
    public let rule: OutlierElimination.Rule
    /// How many rows were looked at.
    public let rowCount: Int
    /// How many of them are outliers; a row may be one in several columns.
    public internal(set) var outlierCount = 0
    /// The limits of each column, for the rules that look at one column at a time.
    public internal(set) var fences: [Fence] = []
    /// The distances, for the rules that take them.
    public internal(set) var distances: Distances?

    init(rule: OutlierElimination.Rule, rowCount: Int) {
        self.rule = rule
        self.rowCount = rowCount
    }

    /// The share of the rows that are outliers, from 0 to 1.
    public var outlierShare: Double { Double(outlierCount) / Double(rowCount) }
}

extension OutlierReport {
    /// Adds the fence of each column; the rows that are outside of any, ascending.
    mutating func addFences(
        _ table: WorkingTable, _ indices: [Int],
        _ fence: (_ sorted: [Double]) -> ClosedRange<Double>
    ) throws(FeatureError) -> [Int] {
        var isOutlier = [Bool](repeating: false, count: table.rowCount)
        for index in indices {
            let range = fence(try table.sortedValues(index))
            var below = 0
            var above = 0
            for (row, value) in table.column(index).enumerated() {
                if value < range.lowerBound { below += 1 }
                if value > range.upperBound { above += 1 }
                if !value.isNaN, !range.contains(value) { isOutlier[row] = true }
            }
            fences.append(
                Fence(
                    column: table.columns[index].name, lower: range.lowerBound,
                    upper: range.upperBound, belowCount: below, aboveCount: above))
        }
        return isOutlier.indices.filter { isOutlier[$0] }
    }

    /// Checks a report that may come from a file.
    func check(against inputs: [WorkingColumn]) throws(FeatureError) {
        let numeric = Set(inputs.filter { $0.kind == .numeric }.map(\.name))
        let hasFences =
            switch rule {
            case .interquartileRange, .medianAbsoluteDeviation: true
            case .mahalanobis, .robustMahalanobis: false
            }
        let areFencesValid = fences.allSatisfy {
            numeric.contains($0.column) && $0.lower.isFinite && $0.upper.isFinite
                && $0.lower <= $0.upper && $0.belowCount >= 0 && $0.aboveCount >= 0
                && $0.belowCount <= rowCount && $0.aboveCount <= rowCount - $0.belowCount
        }
        guard outlierCount >= 0, outlierCount < rowCount, areFencesValid,
            hasFences == (distances == nil), hasFences || fences.isEmpty,
            distances?.isValid(numeric) ?? true
        else { throw FeatureError(.invalidParameter, "a report of outliers contradicts itself") }
    }
}

extension OutlierReport.Distances {
    func isValid(_ names: Set<String>) -> Bool {
        columns.allSatisfy(names.contains) && centre.count == columns.count
            && covariance.count == columns.count * columns.count && threshold > 0
            && (centre + covariance + [threshold]).allSatisfy(\.isFinite)
    }
}
