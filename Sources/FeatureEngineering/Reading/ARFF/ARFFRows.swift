// SPDX-License-Identifier: Apache-2.0

/// Reads the records behind `@data` into columns.
struct ARFFRows {
    private let lines: LineReader
    private let attributes: [ARFFAttribute]
    private let builders: [ColumnBuilder]
    private var row = 0

    init(_ lines: LineReader, _ attributes: [ARFFAttribute]) {
        self.lines = lines
        self.attributes = attributes
        builders = attributes.map { ColumnBuilder($0.schema) }
    }

    mutating func readAll() throws(FeatureError) -> Table {
        while let line = try lines.next() {
            var words = ARFFWords(line, lines, row: row)
            guard let first = try words.nextToken() else { continue }
            if first == .openBrace {
                try readSparse(&words)
            } else {
                try readDense(first, &words)
            }
            row += 1
        }
        return try Table(builders.map { $0.finish() })
    }

    private func readDense(
        _ first: ARFFTokenizer.Token, _ words: inout ARFFWords
    ) throws(FeatureError) {
        var token: ARFFTokenizer.Token? = first
        for index in attributes.indices {
            let (text, isQuoted) = try words.word(token)
            try append(text, isQuoted: isQuoted, index)
            let next = try words.nextToken()
            if index == attributes.count - 1 {
                if next == .comma, try words.nextToken() == .openBrace {
                    throw lines.failure(
                        .malformedFile, "instance weights are not supported", row: row)
                }
                guard next == nil else { throw ragged("more") }
            } else {
                if next == nil { throw ragged("only \(index + 1)") }
                guard next == .comma else {
                    throw lines.failure(
                        .malformedFile, "a comma is missing behind the value", row: row,
                        column: attributes[index].schema.name, value: text)
                }
                token = try words.nextToken()
            }
        }
    }

    /// `{index value, ...}`: what is left out is 0, or the first level.
    private func readSparse(_ words: inout ARFFWords) throws(FeatureError) {
        var next = 0
        var token = try words.nextToken()
        while token != .closeBrace {
            let text = try words.word(token).text
            guard let index = Int(text), attributes.indices.contains(index) else {
                throw lines.failure(
                    .outOfRange,
                    "'\(text)' is not the index of one of the \(attributes.count) "
                        + "attributes, counted from 0", row: row, value: text)
            }
            guard index >= next else {
                throw lines.failure(
                    .malformedFile, "the indices of a sparse record must ascend", row: row,
                    value: text)
            }
            for skipped in next..<index { try appendOmitted(skipped) }
            let (value, isQuoted) = try words.word(words.nextToken())
            try append(value, isQuoted: isQuoted, index)
            next = index + 1
            token = try words.nextToken()
            if token == .comma {
                token = try words.nextToken()
            } else if token != .closeBrace {
                throw lines.failure(
                    .malformedFile, "a comma or a closing brace is missing behind the value",
                    row: row, column: attributes[index].schema.name, value: value)
            }
        }
        for skipped in next..<attributes.count { try appendOmitted(skipped) }
        if try words.nextToken() != nil {
            throw lines.failure(
                .malformedFile, "text follows the closing brace of a sparse record", row: row)
        }
    }

    private func appendOmitted(_ index: Int) throws(FeatureError) {
        let schema = attributes[index].schema
        switch schema.kind {
        case .numeric: try append("0", isQuoted: true, index)
        case .categorical: try append(schema.levels?.first ?? "", isQuoted: true, index)
        case .text, .date:
            throw lines.failure(
                .missingValue,
                "a sparse record must give the value of a string or date, for which 0 stands "
                    + "for nothing", row: row, column: schema.name)
        }
    }

    private func append(
        _ text: String, isQuoted: Bool, _ index: Int
    ) throws(FeatureError) {
        let (builder, schema) = (builders[index], attributes[index].schema)
        do throws(FieldConverter.Refusal) {
            if text == "?", !isQuoted { return try builder.append(Column.Value.missing) }
            guard let format = attributes[index].dateFormat else {
                return try builder.append(Column.Value.text(text))
            }
            guard let date = format.day(text) else { throw .notADate }
            try builder.append(Column.Value.date(date))
        } catch {
            if error == .notADate {
                throw lines.failure(
                    .invalidValue, "'\(text)' is not a date of the declared format", row: row,
                    column: schema.name, value: text)
            }
            throw error.error(text, schema, file: lines.name, line: lines.line, row: row)
        }
    }

    private func ragged(_ found: String) -> FeatureError {
        lines.failure(
            .raggedRow, "has \(found) values where there are \(attributes.count) attributes",
            row: row)
    }
}
