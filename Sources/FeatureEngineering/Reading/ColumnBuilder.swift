// SPDX-License-Identifier: Apache-2.0

/// Collects the values of one column as its schema asks.
final class ColumnBuilder {
    var schema: ColumnSchema { converter.schema }
    private var converter: FieldConverter
    private var numbers: [Double] = []
    /// Codes of levels, or days.
    private var codes: [Int32] = []
    private var texts: [String?] = []

    init(_ schema: ColumnSchema) { converter = FieldConverter(schema) }

    /// Makes room for the values of `rowCount` rows in all.
    func reserveCapacity(_ rowCount: Int) {
        switch schema.kind {
        case .numeric: numbers.reserveCapacity(rowCount)
        case .categorical, .date: codes.reserveCapacity(rowCount)
        case .text: texts.reserveCapacity(rowCount)
        }
    }

    /// Adds one field.
    func append(_ field: SourceField) throws(FieldConverter.Refusal) {
        switch field {
        case .missing: appendMissing()
        case .text(let bytes): try append(bytes)
        case .number(let number):
            if schema.kind == .numeric {
                numbers.append(try converter.checked(number))
            } else {
                try append(number.shortText)
            }
        }
    }

    /// Adds one value; whatever is not a number for a numeric column is read as its text.
    func append(_ value: Column.Value) throws(FieldConverter.Refusal) {
        switch value {
        case .missing: appendMissing()
        case .number(let number): try append(SourceField.number(number))
        case .level(let text), .text(let text): try append(text)
        case .date(let date):
            if schema.kind == .date {
                codes.append(date.daysSince1970)
            } else {
                try append(date.description)
            }
        }
    }

    /// Adds the first `rowCount` values of a block, in its order.
    func append(_ block: inout BlockColumn, rowCount: Int) {
        switch schema.kind {
        case .numeric:
            numbers.append(contentsOf: UnsafeBufferPointer(start: block.numbers, count: rowCount))
        case .text: texts.append(contentsOf: block.texts)
        case .date, .categorical:
            let values = UnsafeBufferPointer(start: block.codes, count: rowCount)
            if schema.kind == .date || schema.levels != nil {
                codes.append(contentsOf: values)
            } else {
                let newCodes = block.codesOfLevels(in: &converter)
                codes.append(contentsOf: values.lazy.map { $0 < 0 ? -1 : newCodes[Int($0)] })
            }
        }
    }

    /// The column of everything that was added.
    func finish() -> Column {
        switch schema.kind {
        case .numeric: return Column(name: schema.name, storage: .numeric(numbers))
        case .text: return Column(name: schema.name, storage: .text(texts))
        case .date: return Column(name: schema.name, storage: .date(codes))
        case .categorical:
            if let levels = schema.levels {
                return Column(
                    name: schema.name, storage: .categorical(codes: codes, levels: levels))
            }
            // Levels that differ in bytes but are the same text, composed or decomposed, are one.
            let found = converter.levels.levels
            let sorted = sortedByBytes(Set(sortedByBytes(found)))
            var codeOfLevel: [String: Int32] = [:]
            for (code, level) in sorted.enumerated() { codeOfLevel[level] = Int32(code) }
            let newCodes = found.map { codeOfLevel[$0]! }
            for row in codes.indices where codes[row] >= 0 {
                codes[row] = newCodes[Int(codes[row])]
            }
            return Column(
                name: schema.name, storage: .categorical(codes: codes, levels: sorted))
        }
    }

    private func append(_ text: String) throws(FieldConverter.Refusal) {
        var text = text
        var refusal: FieldConverter.Refusal?
        text.withUTF8 { bytes in
            do throws(FieldConverter.Refusal) {
                try append(UnsafeRawBufferPointer(bytes))
            } catch { refusal = error }
        }
        if let refusal { throw refusal }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws(FieldConverter.Refusal) {
        let trimmed = bytes.withoutOuterBlanks
        if converter.isMissing(trimmed) { return appendMissing() }
        switch schema.kind {
        case .numeric: numbers.append(try converter.number(trimmed))
        case .categorical: codes.append(try converter.code(trimmed))
        case .text: texts.append(try converter.text(bytes))
        case .date: codes.append(try converter.day(trimmed))
        }
    }

    private func appendMissing() {
        switch schema.kind {
        case .numeric: numbers.append(.nan)
        case .categorical: codes.append(-1)
        case .text: texts.append(nil)
        case .date: codes.append(Column.missingDay)
        }
    }
}
