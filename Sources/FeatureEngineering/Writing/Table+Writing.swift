// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension Table {
    /// The table as delimited text that reads back as the same table.
    ///
    /// Numbers have as many digits as they need to read back to the same bits. Read it with
    /// ``schema(dialect:missing:)``.
    ///
    /// - Parameter missing: The text that stands for a missing value.
    /// - Throws: ``FeatureError`` with `invalidValue` at the first value that would not read back:
    ///   one that equals `missing` in a column with missing values, one that needs quotes in a
    ///   dialect without them, or a level with blanks around it; or with `invalidSchema` or
    ///   `invalidParameter`.
    /// - Complexity: O(bytes).
    public func csvText(
        dialect: Dialect = .csv, missing: String = ""
    ) throws(FeatureError) -> String {
        var bytes: [UInt8] = []
        try DelimitedWriter(self, dialect: dialect, missing: missing).write {
            bytes.append(contentsOf: $0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the table as a delimited text file that reads back as the same table.
    ///
    /// The file is written beside its place and moved there when it is complete: a failure leaves
    /// what was there.
    ///
    /// - Throws: ``FeatureError`` as ``csvText(dialect:missing:)``, or with `unwritableFile`.
    /// - SeeAlso: ``schema(dialect:missing:)``
    public func write(
        csv url: URL, dialect: Dialect = .csv, missing: String = ""
    ) throws(FeatureError) {
        let writer = try DelimitedWriter(self, dialect: dialect, missing: missing)
        let file = try FileByteSink(url)
        try writer.write { (bytes) throws(FeatureError) in try file.write(bytes) }
        try file.commit()
    }

    /// The schema that reads this table back from what ``write(csv:dialect:missing:)`` writes.
    ///
    /// Columns with missing values take `missing` as a marker.
    public func schema(dialect: Dialect = .csv, missing: String = "") -> TableSchema {
        TableSchema(
            columns.map { column in
                let markers = column.missingCount > 0 ? [missing] : []
                return switch column.storage {
                case .numeric: .numeric(column.name, missing: markers)
                case .categorical(_, let levels):
                    .categorical(column.name, levels, missing: markers)
                case .text: .text(column.name, missing: markers)
                case .date: .date(column.name, missing: markers)
                }
            }, dialect: dialect)
    }
}
