// SPDX-License-Identifier: Apache-2.0

/// The declared columns of a file, and how the file is written.
///
/// In a file with a header, columns are found by name, in any order; a column without a name is
/// called `column1`, `column2`, ... by its place. Without a header, columns are taken in order. A
/// column that is missing from the file or from the schema is an error.
public struct TableSchema: Sendable, Hashable, Codable {
    /// The columns, in the order they will have in the table.
    public var columns: [ColumnSchema]
    /// How files of this schema are written.
    public var dialect: Dialect

    /// A schema of `columns` for files written in `dialect`.
    public init(_ columns: [ColumnSchema], dialect: Dialect = .csv) {
        self.columns = columns
        self.dialect = dialect
    }

    /// The name of a column without one, from its place counted from 0.
    static func defaultName(_ index: Int) -> String { "column\(index + 1)" }

    /// Checks what can be wrong before any file is opened.
    func validate() throws(FeatureError) {
        guard columns.contains(where: { !$0.isSkipped }) else {
            throw FeatureError(.invalidSchema, "the schema has no column to read")
        }
        var names: Set<String> = []
        for column in columns {
            guard names.insert(column.name).inserted else {
                throw FeatureError(
                    .duplicateColumn, "the schema has two columns of this name",
                    column: column.name)
            }
            guard let levels = column.levels else { continue }
            for level in levels {
                let problem =
                    level.withoutOuterBlanks != level
                    ? "begins or ends with a blank, which readers remove"
                    : column.missingMarkers.contains { $0.withoutOuterBlanks == level }
                        ? "is also a missing marker" : nil
                guard let problem else { continue }
                throw FeatureError(
                    .invalidSchema, "level '\(level)' \(problem)", column: column.name, value: level
                )
            }
            var seen: Set<String> = []
            for level in levels where !seen.insert(level).inserted {
                throw FeatureError(
                    .invalidSchema, "level '\(level)' is listed twice", column: column.name,
                    value: level)
            }
        }
    }
}
