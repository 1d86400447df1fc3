// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import FoundationEssentials

/// The table of a CSV file.
///
/// - Throws: ``BenchmarkError/Code/data`` when it cannot be read or has another number of rows.
func readTable(
    _ path: String, rowCount: Int, schema: TableSchema
) throws(BenchmarkError) -> Table {
    let table: Table
    do {
        table = try Table(csv: URL(fileURLWithPath: path), schema: schema)
    } catch {
        throw BenchmarkError(code: .data, message: "cannot read \(path): \(error)")
    }
    guard table.rowCount == rowCount else {
        throw BenchmarkError(
            code: .data, message: "\(path) has \(table.rowCount) rows, not \(rowCount)")
    }
    return table
}
