// SPDX-License-Identifier: Apache-2.0

/// The declarations of an ARFF file.
struct ARFFHeader {
    private(set) var relation: String?
    private(set) var attributes: [ARFFAttribute] = []

    /// Reads the lines up to `@data`.
    init(_ lines: LineReader) throws(FeatureError) {
        var names: Set<String> = []
        while let line = try lines.next() {
            var words = ARFFWords(line, lines)
            guard let keyword = try words.next() else { continue }
            switch keyword.text.lowercased() {
            case "@relation": relation = try words.next()?.text ?? ""
            case "@attribute":
                let attribute = try ARFFAttribute(&words, lines)
                guard names.insert(attribute.schema.name).inserted else {
                    throw lines.failure(
                        .duplicateColumn, "two attributes have this name",
                        column: attribute.schema.name)
                }
                attributes.append(attribute)
            case "@data":
                guard !attributes.isEmpty else {
                    throw lines.failure(.malformedFile, "@data comes before any @attribute")
                }
                return
            default:
                throw lines.failure(
                    .malformedFile,
                    "'\(keyword.text)' is not @relation, @attribute or @data",
                    value: keyword.text)
            }
        }
        throw FeatureError(.malformedFile, "has no @data line", file: lines.name)
    }
}

/// One declared attribute.
struct ARFFAttribute {
    let schema: ColumnSchema
    /// How its dates are written, if it holds dates.
    let dateFormat: ARFFDateFormat?

    init(_ words: inout ARFFWords, _ lines: LineReader) throws(FeatureError) {
        guard let name = try words.next()?.text else {
            throw lines.failure(.malformedFile, "@attribute has no name")
        }
        guard let type = try words.nextToken() else {
            throw lines.failure(.malformedFile, "the attribute has no type", column: name)
        }
        var dateFormat: ARFFDateFormat?
        switch type {
        case .openBrace:
            let levels = try words.levels(of: name)
            var seen: Set<String> = []
            for level in levels where !seen.insert(level).inserted {
                throw lines.failure(
                    .invalidSchema, "level '\(level)' is listed twice", column: name, value: level)
            }
            schema = .categorical(name, levels)
        case .word(let bytes, _):
            let text = String(decoding: bytes, as: UTF8.self)
            switch text.lowercased() {
            case "numeric", "real", "integer": schema = .numeric(name)
            case "string": schema = .text(name)
            case "date":
                schema = .date(name)
                let pattern = try words.next()?.text ?? "yyyy-MM-dd'T'HH:mm:ss"
                dateFormat = ARFFDateFormat(pattern)
                guard dateFormat != nil else {
                    throw lines.failure(
                        .malformedFile,
                        "the date format '\(pattern)' is not made of yyyy, MM, dd, HH, mm, ss and "
                            + "separators", column: name, value: pattern)
                }
            default:
                throw lines.failure(
                    .malformedFile,
                    "the type '\(text)' is not numeric, real, integer, string, date or a list of "
                        + "levels", column: name, value: text)
            }
        case .comma, .closeBrace:
            throw lines.failure(.malformedFile, "the attribute has no type", column: name)
        }
        self.dateFormat = dateFormat
    }
}
