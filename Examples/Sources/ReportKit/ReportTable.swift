// SPDX-License-Identifier: Apache-2.0

/// A table whose first column names the row.
public struct ReportTable: Codable, Hashable, Sendable {
    /// A column's heading and which side its cells lean to.
    public struct Column: Codable, Hashable, Sendable {
        /// The heading.
        public var title: String
        /// Numbers are set flush right, with digits of equal width.
        public var isNumeric: Bool

        /// A column of words.
        public static func text(_ title: String) -> Column {
            Column(title: title, isNumeric: false)
        }

        /// A column of numbers.
        public static func number(_ title: String) -> Column {
            Column(title: title, isNumeric: true)
        }
    }

    /// What the table shows; empty for none.
    public var caption: String
    /// The columns, the row's name first.
    public var columns: [Column]
    /// The cells, as many in each row as there are columns.
    public var rows: [[String]]

    /// Arranges cells in a table.
    /// - Precondition: every row has one cell per column.
    public init(caption: String = "", columns: [Column], rows: [[String]]) {
        for (index, row) in rows.enumerated() {
            precondition(
                row.count == columns.count,
                "row \(index) has \(row.count) cells, the table has \(columns.count) columns")
        }
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }
}
