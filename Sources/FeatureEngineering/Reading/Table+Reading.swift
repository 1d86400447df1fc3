// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
internal import LinearAlgebra

extension Table {
    /// Reads a delimited text file.
    ///
    /// The file is read in blocks, on as many threads as `LoopThreads.limit` of LinearAlgebra
    /// allows, and never held as a whole; the table is the same for any number of threads. Blanks
    /// around numbers, dates, categories and missing markers do not count; text is kept byte for
    /// byte. Without a schema the file is read twice: once to infer the schema
    /// (``TableSchema/inferred(fromCSV:dialect:progress:)``) and once for the values.
    ///
    /// - Parameters:
    ///   - dialect: How the file is written; the schema's own dialect, or `.csv`, if not given.
    ///   - progress: Sees every mebibyte that was read, and may ask to stop. A file with a mistake
    ///     is read again from its start to name the place.
    /// - Throws: ``FeatureError`` naming the file, the line, the record, the column and the value,
    ///   or with `cancelled` if the task was cancelled or `progress` asked to stop.
    /// - Complexity: O(bytes).
    public init(
        csv url: URL, schema: TableSchema? = nil, dialect: Dialect? = nil,
        progress: FitObserver? = nil
    ) throws(FeatureError) {
        guard let schema else {
            let inference = try TableSchema.inferred(
                fromCSV: url, dialect: dialect ?? .csv, progress: progress)
            self = try Table(csv: url, schema: inference.schema, progress: progress)
            return
        }
        try self.init(
            name: url.lastPathComponent, schema: schema, dialect: dialect ?? schema.dialect
        ) { () throws(FeatureError) in
            try FileByteSource(url).observed("reading", by: progress)
        }
    }

    /// Reads delimited text in memory, called `name` in errors.
    ///
    /// - Throws: ``FeatureError`` naming the line, the record, the column and the value.
    /// - SeeAlso: ``init(csv:schema:dialect:progress:)``
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
        try self.init(
            name: name, schema: schema, dialect: dialect ?? schema.dialect
        ) { () throws(FeatureError) in bytes }
    }

    /// Reads the rows of any source.
    ///
    /// - Throws: ``FeatureError`` naming the source, the row, the column and the value.
    package init(rowsOf source: some RowSource, schema: TableSchema) throws(FeatureError) {
        var reader = try TableReader(source, schema: schema)
        self = try reader.readAll()
    }

    /// Reads bytes record by record in chunks of a chosen size, which tests shrink to meet every
    /// boundary.
    package init(
        csvBytes bytes: [UInt8], schema: TableSchema, dialect: Dialect? = nil, name: String,
        chunkByteCount: Int
    ) throws(FeatureError) {
        try self.init(
            sequential: MemoryByteSource(bytes), name: name, schema: schema,
            dialect: dialect ?? schema.dialect, chunkByteCount: chunkByteCount)
    }

    /// Reads bytes in blocks of a chosen size; `nil` where blocks do not serve and the bytes are
    /// read record by record.
    package init?(
        csvBytes bytes: [UInt8], schema: TableSchema, dialect: Dialect? = nil, name: String,
        blockByteCount: Int, threadCount: Int
    ) throws(FeatureError) {
        let table = try Self.blockwise(
            MemoryByteSource(bytes), name: name, schema: schema,
            dialect: dialect ?? schema.dialect, blockByteCount: blockByteCount,
            threadCount: threadCount)
        guard let table else { return nil }
        self = table
    }

    private init(
        name: String, schema: TableSchema, dialect: Dialect,
        _ open: () throws(FeatureError) -> any ByteSource
    ) throws(FeatureError) {
        let source = try open()
        let isRepeatable = source.byteCount != nil
        if isRepeatable,
            let table = try Self.blockwise(
                source, name: name, schema: schema, dialect: dialect, blockByteCount: 1 << 20,
                threadCount: LoopThreads.limit)
        {
            self = table
        } else {
            try self.init(
                sequential: isRepeatable ? open() : source, name: name, schema: schema,
                dialect: dialect)
        }
    }

    private static func blockwise(
        _ source: any ByteSource, name: String, schema: TableSchema, dialect: Dialect,
        blockByteCount: Int, threadCount: Int
    ) throws(FeatureError) -> Table? {
        guard let delimiter = dialect.delimiterByte else { return nil }
        let reader = try DelimitedReader(
            source, name: name, dialect: dialect, chunkByteCount: min(blockByteCount, 1 << 18))
        try schema.validate()
        let indices = try TableReader.fieldIndices(of: schema, in: reader)
        var fields = schema.columns
        for (column, index) in zip(schema.columns, indices) { fields[index] = column }
        let builders = zip(schema.columns, indices).filter { !$0.0.isSkipped }.map {
            (builder: ColumnBuilder($0.0), field: $0.1)
        }
        let (bytes, rest) = reader.rest()
        var blocks = BlockTableReader(
            RecordBlocks(
                rest, following: bytes, quote: dialect.quoteByte, blockByteCount: blockByteCount),
            fields: fields, builders: builders, dialect: dialect, delimiter: delimiter,
            byteCount: source.byteCount)
        guard let rowCount = try blocks.readAll(threadCount: threadCount) else { return nil }
        if rowCount == 0, !dialect.hasHeader {
            throw FeatureError(.emptyFile, "has no record", file: name)
        }
        return try Table(builders.map { $0.builder.finish() })
    }

    private init(
        sequential source: any ByteSource, name: String, schema: TableSchema, dialect: Dialect,
        chunkByteCount: Int = 1 << 18
    ) throws(FeatureError) {
        let reader = try DelimitedReader(
            source, name: name, dialect: dialect, chunkByteCount: chunkByteCount)
        if !dialect.hasHeader { reader.expectedFieldCount = schema.columns.count }
        try self.init(rowsOf: reader, schema: schema)
        if rowCount == 0, !dialect.hasHeader {
            throw FeatureError(.emptyFile, "has no record", file: name)
        }
    }
}
