// SPDX-License-Identifier: Apache-2.0

/// Turns the rows of a source into a table as a schema asks.
struct TableReader<Source: RowSource> {
    private var source: Source
    private let builders: [(builder: ColumnBuilder, field: Int)]

    init(_ source: Source, schema: TableSchema) throws(FeatureError) {
        try schema.validate()
        self.source = source
        let indices = try Self.fieldIndices(of: schema, in: source)
        builders = zip(schema.columns, indices).filter { !$0.0.isSkipped }.map {
            (ColumnBuilder($0.0), $0.1)
        }
    }

    mutating func readAll() throws(FeatureError) -> Table {
        var row = 0
        while try source.advance() {
            for (builder, field) in builders {
                do throws(FieldConverter.Refusal) {
                    try builder.append(source.field(field))
                } catch {
                    throw failure(error, row: row, field: field, schema: builder.schema)
                }
            }
            row += 1
        }
        return try Table(builders.map { $0.builder.finish() })
    }

    /// Where each column of the schema stands in the source.
    static func fieldIndices(
        of schema: TableSchema, in source: Source
    ) throws(FeatureError) -> [Int] {
        guard let names = source.fieldNames else { return Array(schema.columns.indices) }
        var indexOfName: [String: Int] = [:]
        for (index, name) in names.enumerated() { indexOfName[name] = index }
        var indices: [Int] = []
        for column in schema.columns {
            guard let index = indexOfName.removeValue(forKey: column.name) else {
                throw FeatureError(
                    .unknownColumn,
                    "the file has no such column; it has \(names.joined(separator: ", "))",
                    file: source.name, line: source.line(ofField: 0), column: column.name)
            }
            indices.append(index)
        }
        if let name = names.first(where: { indexOfName[$0] != nil }) {
            throw FeatureError(
                .undeclaredColumn,
                "the schema has no such column; it can be declared as skipped",
                file: source.name, line: source.line(ofField: 0), column: name)
        }
        return indices
    }

    private func failure(
        _ refusal: FieldConverter.Refusal, row: Int, field: Int, schema: ColumnSchema
    ) -> FeatureError {
        let line = source.line(ofField: field)
        let value: String
        switch source.field(field) {
        case .missing: value = ""
        case .number(let number): value = number.shortText
        case .text(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return FeatureError(
                    .invalidUTF8, "the field is not UTF-8", file: source.name, line: line,
                    row: row, column: schema.name,
                    value: String(decoding: bytes, as: UTF8.self))
            }
            value = text
        }
        return refusal.error(value, schema, file: source.name, line: line, row: row)
    }
}

extension FieldConverter.Refusal {
    /// The error that names the refused value and its place.
    func error(
        _ value: String, _ schema: ColumnSchema, file: String?, line: Int?, row: Int
    ) -> FeatureError {
        func error(_ code: FeatureError.Code, _ detail: String) -> FeatureError {
            FeatureError(
                code, detail, file: file, line: line, row: row, column: schema.name, value: value)
        }
        switch self {
        case .notANumber: return error(.invalidValue, "'\(value)' is not a number")
        case .notADate: return error(.invalidValue, "'\(value)' is not a date YYYY-MM-DD")
        case .invalidUTF8: return error(.invalidUTF8, "the field is not UTF-8")
        case .unknownLevel:
            return .unknownLevel(
                value, of: schema.levels ?? [], file: file, line: line, row: row,
                column: schema.name)
        case .outOfRange:
            let range = schema.range.map {
                "\($0.lowerBound.shortText)...\($0.upperBound.shortText)"
            }
            return error(
                .outOfRange, "\(value) is not " + (range.map { "in \($0)" } ?? "finite"))
        }
    }
}
