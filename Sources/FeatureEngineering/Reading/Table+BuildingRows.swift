// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// A table of rows of values, such as those of a database query, as a schema asks.
    ///
    /// ```swift
    /// let schema = TableSchema([.numeric("amount", in: 0...1e6), .categorical("purpose")])
    /// let table = try Table(rows: [[.number(1200), .text("car")], [.missing, .text("home")]],
    ///     schema: schema)
    /// ```
    ///
    /// Each row has one value for every column of the schema, skipped columns too, in its order. A
    /// numeric column takes numbers and text that writes one; a categorical, text or date column
    /// takes whatever has the right text. The schema's missing markers count in text.
    /// Rows are taken one at a time and need not be in memory together.
    ///
    /// - Parameter name: What errors call the rows.
    /// - Throws: ``FeatureError`` with `invalidSchema`, `raggedRow`, or `invalidValue`,
    ///   `unknownLevel` or `outOfRange` naming row, column and value.
    /// - Complexity: O(rows x columns).
    public init(
        rows: some Sequence<[Column.Value]>, schema: TableSchema, name: String = "rows"
    ) throws(FeatureError) {
        try schema.validate()
        let builders = schema.columns.map { $0.isSkipped ? nil : ColumnBuilder($0) }
        for (row, values) in rows.enumerated() {
            guard values.count == builders.count else {
                throw FeatureError(
                    .raggedRow,
                    "has \(values.count) values where there are \(builders.count) columns",
                    file: name, row: row)
            }
            for (builder, value) in zip(builders, values) {
                guard let builder else { continue }
                do throws(FieldConverter.Refusal) {
                    try builder.append(value)
                } catch {
                    throw error.error(
                        value.description, builder.schema, file: name, line: nil, row: row)
                }
            }
        }
        try self.init(builders.compactMap { $0?.finish() })
    }
}
