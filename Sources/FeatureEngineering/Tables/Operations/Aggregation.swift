// SPDX-License-Identifier: Apache-2.0

/// One number or value that sums up a group of rows.
///
/// Missing values are left out of every aggregation; without any value the result is missing, but
/// for counts and sums, which are 0.
public struct Aggregation: Sendable, Hashable {
    enum Operation: String {
        case rowCount, count, sum, mean, min, max, standardDeviation, median, first, last
        case distinctCount
    }

    let operation: Operation
    /// The column that is summed up; `nil` for the number of rows.
    public let column: String?
    /// The name of the resulting column.
    public let name: String

    private init(_ operation: Operation, _ column: String?, _ suffix: String, _ name: String?) {
        self.operation = operation
        self.column = column
        self.name = name ?? (column.map { "\($0)_\(suffix)" } ?? suffix)
    }

    /// The number of rows, called `count` unless named.
    public static func count(as name: String? = nil) -> Aggregation {
        Aggregation(.rowCount, nil, "count", name)
    }

    /// The number of values that are not missing, called `<column>_count`.
    public static func count(of column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.count, column, "count", name)
    }

    /// The sum of a numeric column with compensated rounding, called `<column>_sum`.
    public static func sum(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.sum, column, "sum", name)
    }

    /// The mean of a numeric column, called `<column>_mean`.
    public static func mean(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.mean, column, "mean", name)
    }

    /// The least number or the earliest date, called `<column>_min`.
    public static func min(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.min, column, "min", name)
    }

    /// The greatest number or the latest date, called `<column>_max`.
    public static func max(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.max, column, "max", name)
    }

    /// The standard deviation `sqrt(sum (x - mean)^2 / (n - 1))` of a numeric column, missing for
    /// fewer than two values, called `<column>_sd`.
    public static func standardDeviation(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.standardDeviation, column, "sd", name)
    }

    /// The median of a numeric column, the mean of the two middle values of an even number of
    /// them, called `<column>_median`.
    public static func median(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.median, column, "median", name)
    }

    /// The first value, called `<column>_first`, of the column's own kind.
    public static func first(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.first, column, "first", name)
    }

    /// The last value, called `<column>_last`, of the column's own kind.
    public static func last(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.last, column, "last", name)
    }

    /// The number of different values, called `<column>_distinct`.
    public static func distinctCount(_ column: String, as name: String? = nil) -> Aggregation {
        Aggregation(.distinctCount, column, "distinct", name)
    }
}
