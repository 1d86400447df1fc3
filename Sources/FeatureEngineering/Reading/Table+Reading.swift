// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension Table {
    /// Reads a delimited text file.
    ///
    /// The file is read in chunks and never held as a whole. Blanks around numbers, dates,
    /// categories and missing markers do not count; text is kept byte for byte. Without a schema
    /// the file is read twice: once to infer the schema (``TableSchema/inferred(fromCSV:dialect:)``)
    /// and once for the values.
    ///
    /// - Parameter dialect: How the file is written; the schema's own dialect, or `.csv`, if not
    ///   given.
    /// - Throws: ``FeatureError`` naming the file, the line, the record, the column and the value.
    /// - Complexity: O(bytes).
    public init(
        csv url: URL, schema: TableSchema? = nil, dialect: Dialect? = nil
    ) throws(FeatureError) {
        guard let schema else {
            let inference = try TableSchema.inferred(fromCSV: url, dialect: dialect ?? .csv)
            self = try Table(csv: url, schema: inference.schema)
            return
        }
        try self.init(
            FileByteSource(url), name: url.lastPathComponent, schema: schema,
            dialect: dialect ?? schema.dialect)
    }

    /// Reads delimited text in memory, called `name` in errors.
    ///
    /// - Throws: ``FeatureError`` naming the line, the record, the column and the value.
    /// - SeeAlso: ``init(csv:schema:dialect:)``
    public init(
        csvText text: String, schema: TableSchema? = nil, dialect: Dialect? = nil,
        name: String = "text"
    ) throws(FeatureError) {
        let bytes = MemoryByteSource(Array(text.utf8))
        guard let schema else {
            let inference = try TableSchema.inferred(
                from: bytes, name: name, dialect: dialect ?? .csv)
            self = try Table(csvText: text, schema: inference.schema, name: name)
            return
        }
        try self.init(bytes, name: name, schema: schema, dialect: dialect ?? schema.dialect)
    }

    /// Reads the rows of any source.
    ///
    /// - Throws: ``FeatureError`` naming the source, the row, the column and the value.
    package init(rowsOf source: some RowSource, schema: TableSchema) throws(FeatureError) {
        var reader = try TableReader(source, schema: schema)
        self = try reader.readAll()
    }

    /// Reads bytes in chunks of a chosen size, which tests shrink to meet every boundary.
    package init(
        csvBytes bytes: [UInt8], schema: TableSchema, dialect: Dialect? = nil, name: String,
        chunkByteCount: Int
    ) throws(FeatureError) {
        try self.init(
            MemoryByteSource(bytes), name: name, schema: schema,
            dialect: dialect ?? schema.dialect, chunkByteCount: chunkByteCount)
    }

    private init(
        _ bytes: any ByteSource, name: String, schema: TableSchema, dialect: Dialect,
        chunkByteCount: Int = 1 << 18
    ) throws(FeatureError) {
        let reader = try DelimitedReader(
            bytes, name: name, dialect: dialect, chunkByteCount: chunkByteCount)
        if !dialect.hasHeader { reader.expectedFieldCount = schema.columns.count }
        try self.init(rowsOf: reader, schema: schema)
        if rowCount == 0, !dialect.hasHeader {
            throw FeatureError(.emptyFile, "has no record", file: name)
        }
    }
}
