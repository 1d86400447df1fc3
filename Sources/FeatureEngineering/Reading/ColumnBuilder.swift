// SPDX-License-Identifier: Apache-2.0

/// Collects the values of one column as its schema asks.
final class ColumnBuilder {
    /// Why a field was refused.
    enum Refusal {
        case notANumber
        case notADate
        case unknownLevel
        case invalidUTF8
        case outOfRange
    }

    let schema: ColumnSchema
    private var numbers: [Double] = []
    private var codes: [Int32] = []
    private var texts: [String?] = []
    private var days: [Int32] = []
    private var levels: LevelIndex
    private let missingMarkers: LevelIndex?

    init(_ schema: ColumnSchema) {
        self.schema = schema
        levels = LevelIndex(schema.levels ?? [])
        let markers = Set(schema.missingMarkers.map(\.withoutOuterBlanks))
        missingMarkers = markers.isEmpty ? nil : LevelIndex(sortedByBytes(markers))
    }

    /// Adds one value, or says why it is refused.
    func append(_ field: SourceField) -> Refusal? {
        switch field {
        case .missing: appendMissing()
        case .text(let bytes): return append(bytes)
        case .number(let number):
            guard schema.kind != .numeric else { return append(number) }
            var text = number.shortText
            return text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        }
        return nil
    }

    /// The column of everything that was added.
    func finish() -> Column {
        switch schema.kind {
        case .numeric: return Column(name: schema.name, storage: .numeric(numbers))
        case .text: return Column(name: schema.name, storage: .text(texts))
        case .date: return Column(name: schema.name, storage: .date(days))
        case .categorical:
            if let levels = schema.levels {
                return Column(
                    name: schema.name, storage: .categorical(codes: codes, levels: levels))
            }
            // Levels that differ in bytes but are the same text, composed or decomposed, are one.
            let sorted = sortedByBytes(Set(sortedByBytes(levels.levels)))
            var codeOfLevel: [String: Int32] = [:]
            for (code, level) in sorted.enumerated() { codeOfLevel[level] = Int32(code) }
            let newCodes = levels.levels.map { codeOfLevel[$0]! }
            return Column(
                name: schema.name,
                storage: .categorical(
                    codes: codes.map { $0 < 0 ? -1 : newCodes[Int($0)] }, levels: sorted))
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> Refusal? {
        let trimmed = bytes.withoutOuterBlanks
        if let missingMarkers, missingMarkers.code(trimmed) != nil {
            appendMissing()
            return nil
        }
        switch schema.kind {
        case .numeric:
            guard let number = DecimalNumber.parse(trimmed) else { return .notANumber }
            return append(number)
        case .categorical:
            if let code = levels.code(trimmed) {
                codes.append(code)
            } else if let declared = schema.levels {
                guard let text = String(validating: trimmed, as: UTF8.self),
                    let code = declared.firstIndex(of: text)
                else { return .unknownLevel }
                codes.append(Int32(code))
            } else if let code = levels.add(trimmed) {
                codes.append(code)
            } else {
                return .invalidUTF8
            }
        case .text:
            guard let text = String(validating: bytes, as: UTF8.self) else { return .invalidUTF8 }
            texts.append(text)
        case .date:
            guard let date = CalendarDate(ascii: trimmed) else { return .notADate }
            days.append(date.daysSince1970)
        }
        return nil
    }

    private func append(_ number: Double) -> Refusal? {
        guard number.isFinite, schema.range?.contains(number) ?? true else { return .outOfRange }
        numbers.append(number)
        return nil
    }

    private func appendMissing() {
        switch schema.kind {
        case .numeric: numbers.append(.nan)
        case .categorical: codes.append(-1)
        case .text: texts.append(nil)
        case .date: days.append(Column.missingDay)
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes without blanks and tabs at either end.
    var withoutOuterBlanks: UnsafeRawBufferPointer {
        var start = 0
        var end = count
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }
}

extension String {
    /// The text without blanks and tabs at either end.
    var withoutOuterBlanks: String {
        let isInner = { (character: Unicode.Scalar) in character != " " && character != "\t" }
        guard let first = unicodeScalars.firstIndex(where: isInner),
            let last = unicodeScalars.lastIndex(where: isInner)
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
