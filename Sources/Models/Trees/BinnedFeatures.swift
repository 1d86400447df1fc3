// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// The codes of one feature's values.
struct BinnedColumn: Sendable {
    /// The least value of every code; the levels of a nominal feature.
    var low: [Double]
    /// The largest value of every code.
    var high: [Double]
    /// Whether a training row has no value, or a level without a code: code `bins`.
    var hasMissing: Bool
    var isNominal: Bool

    /// The number of codes that are values.
    var bins: Int { low.count }

    /// A number at which `code` and the ones below go left, `next` and the ones above right.
    func threshold(after code: Int, before next: Int) -> Double {
        guard next >= 0 else { return .greatestFiniteMagnitude }
        return Self.middle(high[code], low[next])
    }

    /// The middle of two numbers; the lower one where rounding makes it the upper.
    static func middle(_ lower: Double, _ upper: Double) -> Double {
        let middle = lower / 2 + upper / 2
        return middle < upper && middle >= lower ? middle : lower
    }
}

/// Features in codes of one or two bytes, one column after the other, which trees are grown on.
final class BinnedFeatures: Sendable {
    enum Codes: Sendable {
        case narrow([UInt8])
        case wide([UInt16])
    }

    let rowCount: Int
    let columns: [BinnedColumn]
    let codes: Codes

    /// The largest number of codes of a column, missing values included.
    var codeLimit: Int { columns.reduce(1) { max($0, $1.bins + 1) } }

    /// Puts the values of rows of positive weight into bins, and codes all rows.
    ///
    /// - Throws: ``ModelError`` with code `invalidValue` where exact cuts meet too many values, or
    ///   rows too many to count.
    init(
        _ features: Matrix<Double>, weights: [Double], names: [String], cuts: CutPoints,
        nominal: Set<Int>
    ) throws(ModelError) {
        let (rows, width) = (features.rowCount, features.columnCount)
        guard rows <= 1 << 29 else {
            throw ModelError(.invalidValue, "\(rows) rows, trees take at most \(1 << 29)")
        }
        rowCount = rows
        let isExact = cuts == .exact
        let limit: Int
        if case .quantiles(let bins) = cuts { limit = bins } else { limit = 65_535 }
        let binner = ColumnBinner(weights: weights)
        var binned = [BinnedColumn?](repeating: nil, count: width)
        var distinctCounts = [Int](repeating: 0, count: width)
        var values = [Double](repeating: 0, count: rows * width)
        values.withUnsafeMutableBufferPointer { values in
            binned.withUnsafeMutableBufferPointer { binned in
                distinctCounts.withUnsafeMutableBufferPointer { distinctCounts in
                    nonisolated(unsafe) let (values, binned, counts) = (
                        values, binned, distinctCounts
                    )
                    features.withSpan { span in
                        span.withUnsafeBufferPointer { source in
                            nonisolated(unsafe) let source = source
                            concurrently(width, minimum: rows * width < 4096 ? .max : 2, block: 1) {
                                start, length in
                                credit_transpose_f64(
                                    rows, length, source.baseAddress! + start, width,
                                    values.baseAddress! + start * rows, rows)
                                for column in start..<start + length {
                                    let own = UnsafeBufferPointer(
                                        rebasing: values[column * rows..<(column + 1) * rows])
                                    (binned[column], counts[column]) = binner.column(
                                        own, limit: limit, isNominal: nominal.contains(column))
                                }
                            }
                        }
                    }
                }
            }
        }
        if isExact, let column = distinctCounts.firstIndex(where: { $0 > limit }) {
            throw ModelError(
                .invalidValue,
                "column \(column) (\(names[column])) has \(distinctCounts[column]) values; "
                    + "exact cuts take at most \(limit)")
        }
        let columns = binned.compactMap { $0 }
        self.columns = columns
        codes =
            columns.contains { $0.bins > 255 }
            ? .wide(Self.codes(values, rows: rows, columns))
            : .narrow(Self.codes(values, rows: rows, columns))
    }

    private static func codes<Code: TreeCode>(
        _ values: [Double], rows: Int, _ columns: [BinnedColumn]
    ) -> [Code] {
        [Code](unsafeUninitializedCapacity: values.count) { codes, count in
            nonisolated(unsafe) let output = codes
            values.withUnsafeBufferPointer { values in
                nonisolated(unsafe) let values = values
                concurrently(columns.count, minimum: values.count < 4096 ? .max : 2, block: 1) {
                    start, length in
                    for column in start..<start + length {
                        Code.code(
                            rows, values.baseAddress! + column * rows, columns[column],
                            output.baseAddress! + column * rows)
                    }
                }
            }
            count = values.count
        }
    }
}

/// A byte or two that stand for a value.
protocol TreeCode: FixedWidthInteger & UnsignedInteger & Sendable {
    static func code(
        _ count: Int, _ values: UnsafePointer<Double>, _ bounds: [Double], _ padded: Int,
        _ missing: Self, _ codes: UnsafeMutablePointer<Self>)
}

extension UInt8: TreeCode {
    static func code(
        _ count: Int, _ values: UnsafePointer<Double>, _ bounds: [Double], _ padded: Int,
        _ missing: UInt8, _ codes: UnsafeMutablePointer<UInt8>
    ) { credit_tree_codes_u8(count, values, bounds, padded, missing, codes) }
}

extension UInt16: TreeCode {
    static func code(
        _ count: Int, _ values: UnsafePointer<Double>, _ bounds: [Double], _ padded: Int,
        _ missing: UInt16, _ codes: UnsafeMutablePointer<UInt16>
    ) { credit_tree_codes_u16(count, values, bounds, padded, missing, codes) }
}

extension TreeCode {
    fileprivate static func code(
        _ count: Int, _ values: UnsafePointer<Double>, _ column: BinnedColumn,
        _ codes: UnsafeMutablePointer<Self>
    ) {
        let missing = Self(column.bins)
        if column.isNominal {
            for row in 0..<count {
                codes[row] = position(of: values[row], in: column.low).map { Self($0) } ?? missing
            }
            return
        }
        var padded = 2
        while padded < column.bins { padded *= 2 }
        var bounds = [Double](repeating: .infinity, count: padded)
        for code in 0..<Swift.max(0, column.bins - 1) {
            bounds[code] = BinnedColumn.middle(column.high[code], column.low[code + 1])
        }
        Self.code(count, values, bounds, padded, missing, codes)
    }
}

/// The position of `value` in ascending `levels`.
func position(of value: Double, in levels: [Double]) -> Int? {
    var (from, to) = (0, levels.count)
    while from < to {
        let middle = (from + to) / 2
        if levels[middle] < value { from = middle + 1 } else { to = middle }
    }
    return from < levels.count && levels[from] == value ? from : nil
}
