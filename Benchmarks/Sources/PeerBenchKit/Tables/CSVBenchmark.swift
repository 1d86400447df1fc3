// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import FoundationEssentials

/// `csv`: a file of n records of twenty fields, read into a table as a schema asks.
struct CSVBenchmark: FeatureBenchmark {
    let name = "csv"
    let sizes = ["1m"]
    let smallSize = "2k"

    /// Eight columns of numbers with all their digits, four of amounts, four of whole numbers,
    /// three of levels, one of dates.
    private var schema: TableSchema {
        TableSchema(
            (0..<8).map { .numeric("x\($0)") }
                + (0..<4).map { .numeric("amount\($0)", missing: [""]) }
                + (0..<4).map { .numeric("count\($0)") }
                + (0..<3).map { .categorical("level\($0)") } + [.date("day")])
    }

    func workload(size: String, directory: String) throws -> Workload {
        let path = "\(directory)/table_\(size).csv"
        let url = URL(fileURLWithPath: path)
        var table = try Table([])
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw BenchmarkError(code: .data, message: "cannot open \(path)")
        }
        return Workload {
            // The table before is gone, so that its memory does not count.
            table = try Table([])
            table = try Table(csv: url, schema: schema)
        } check: {
            // Every hundredth record is read again, by splitting it at its commas.
            let lines = try bytes(ofFile: path).split(separator: UInt8(ascii: "\n")).dropFirst()
            guard lines.count == itemCount(size), table.rowCount == lines.count else {
                throw BenchmarkError(
                    code: .wrongResult, message: "\(table.rowCount) rows of \(lines.count) lines")
            }
            let columns = table.columns
            for row in stride(from: 0, to: table.rowCount, by: 100) {
                try requireRow(columns, row, lines[lines.startIndex + row])
            }
            let sum = try table[column: "amount1"].numbers?.reduce(0, +) ?? .nan
            return ["sum": sum, "rows": Double(table.rowCount)]
        }
    }

    /// Compares one row with its line.
    private func requireRow(
        _ columns: [Column], _ row: Int, _ line: ArraySlice<UInt8>
    ) throws(BenchmarkError) {
        let fields = String(decoding: line, as: UTF8.self)
            .split(separator: ",", omittingEmptySubsequences: false)
        for (field, column) in zip(fields, columns) {
            let (found, kind) = Self.element(column, row)
            guard Self.value(field, kind) == found else {
                throw BenchmarkError(
                    code: .wrongResult,
                    message: "row \(row), \(column.name): \(found) for \(field)")
            }
        }
    }

    // Swift 6.3 crashes when it inlines these properties into the loop.
    @inline(never)
    private static func element(_ column: Column, _ row: Int) -> (Column.Value, ColumnKind) {
        (column[row], column.kind)
    }

    private static func value(_ field: Substring, _ kind: ColumnKind) -> Column.Value {
        if field.isEmpty { return .missing }
        return switch kind {
        case .numeric: Double(field).map { .number($0) } ?? .missing
        case .categorical: .level(String(field))
        case .text: .text(String(field))
        case .date: CalendarDate(String(field)).map { .date($0) } ?? .missing
        }
    }
}
