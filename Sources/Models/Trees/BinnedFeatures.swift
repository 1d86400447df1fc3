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
        let rows = features.rowCount
        guard rows <= 1 << 29 else {
            throw ModelError(.invalidValue, "\(rows) rows, trees take at most \(1 << 29)")
        }
        rowCount = rows
        let isExact = cuts == .exact
        let limit: Int
        if case .quantiles(let bins) = cuts { limit = bins } else { limit = 65_535 }
        let binning = Binning(
            binner: ColumnBinner(weights: weights), limit: limit, nominal: nominal)
        guard isExact else {
            let (columns, codes, _) = binning.run(features, UInt8.self)
            self.columns = columns
            self.codes = .narrow(codes)
            return
        }
        let (columns, codes, distinctCounts) = binning.run(features, UInt16.self)
        if let column = distinctCounts.firstIndex(where: { $0 > limit }) {
            throw ModelError(
                .invalidValue,
                "column \(column) (\(names[column])) has \(distinctCounts[column]) values; "
                    + "exact cuts take at most \(limit)")
        }
        self.columns = columns
        self.codes =
            columns.contains { $0.bins > 255 } ? .wide(codes) : .narrow(codes.map { UInt8($0) })
    }
}

/// How columns are put into bins.
private struct Binning: Sendable {
    let binner: ColumnBinner
    let limit: Int
    let nominal: Set<Int>

    /// The bins, the codes and the number of different values of all columns.
    func run<Code: TreeCode>(
        _ features: Matrix<Double>, _ code: Code.Type
    ) -> (columns: [BinnedColumn], codes: [Code], distinctCounts: [Int]) {
        let (rows, width) = (features.rowCount, features.columnCount)
        var binned = [BinnedColumn?](repeating: nil, count: width)
        var distinctCounts = [Int](repeating: 0, count: width)
        let codes = [Code](unsafeUninitializedCapacity: rows * width) { codes, count in
            binned.withUnsafeMutableBufferPointer { binned in
                distinctCounts.withUnsafeMutableBufferPointer { distinctCounts in
                    nonisolated(unsafe) let (codes, binned, counts) = (
                        codes, binned, distinctCounts
                    )
                    features.withSpan { span in
                        span.withUnsafeBufferPointer { source in
                            nonisolated(unsafe) let source = source
                            concurrently(width, minimum: rows * width < 4096 ? .max : 2, block: 1) {
                                start, length in
                                eachColumn(source, rows, width, start..<start + length) {
                                    column, values in
                                    let (own, count) = binner.column(
                                        values, limit: limit, isNominal: nominal.contains(column))
                                    Code.code(
                                        rows, values.baseAddress!, own,
                                        codes.baseAddress! + column * rows)
                                    binned[column] = own
                                    counts[column] = count
                                }
                            }
                        }
                    }
                }
            }
            count = rows * width
        }
        return (binned.compactMap { $0 }, codes, distinctCounts)
    }

    /// Calls `body` with the values of columns, four of which are read at a time.
    private func eachColumn(
        _ source: UnsafeBufferPointer<Double>, _ rows: Int, _ width: Int, _ columns: Range<Int>,
        _ body: (Int, UnsafeBufferPointer<Double>) -> Void
    ) {
        guard let source = source.baseAddress else { return }
        var values = [Double](repeating: 0, count: rows * min(4, columns.count))
        values.withUnsafeMutableBufferPointer { values in
            guard let output = values.baseAddress else { return }
            for first in stride(from: columns.lowerBound, to: columns.upperBound, by: 4) {
                let count = min(4, columns.upperBound - first)
                credit_transpose_f64(rows, count, source + first, width, output, rows)
                for index in 0..<count {
                    body(
                        first + index,
                        UnsafeBufferPointer(start: output + index * rows, count: rows))
                }
            }
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
