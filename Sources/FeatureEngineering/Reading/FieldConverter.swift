// SPDX-License-Identifier: Apache-2.0

/// Turns the fields of one column into values as its schema asks.
struct FieldConverter {
    /// Why a field was refused.
    enum Refusal: Error {
        case notANumber
        case notADate
        case unknownLevel
        case invalidUTF8
        case outOfRange
    }

    let schema: ColumnSchema
    /// The declared levels, or those that have occurred.
    private(set) var levels: LevelIndex
    private let missingMarkers: LevelIndex?

    init(_ schema: ColumnSchema) {
        self.schema = schema
        levels = LevelIndex(schema.levels ?? [])
        let markers = Set(schema.missingMarkers.map(\.withoutOuterBlanks))
        missingMarkers = markers.isEmpty ? nil : LevelIndex(sortedByBytes(markers))
    }

    /// Whether a field without outer blanks stands for a missing value.
    func isMissing(_ trimmed: UnsafeRawBufferPointer) -> Bool {
        guard let missingMarkers else { return false }
        return missingMarkers.code(trimmed) != nil
    }

    func number(_ trimmed: UnsafeRawBufferPointer) throws(Refusal) -> Double {
        guard let number = DecimalNumber.parse(trimmed) else { throw .notANumber }
        return try checked(number)
    }

    /// The number itself if it is finite and within the declared range.
    func checked(_ number: Double) throws(Refusal) -> Double {
        guard number.isFinite, schema.range?.contains(number) ?? true else { throw .outOfRange }
        return number
    }

    func day(_ trimmed: UnsafeRawBufferPointer) throws(Refusal) -> Int32 {
        guard let date = CalendarDate(ascii: trimmed) else { throw .notADate }
        return date.daysSince1970
    }

    /// The code of a level, which is new if the schema declares none.
    mutating func code(_ trimmed: UnsafeRawBufferPointer) throws(Refusal) -> Int32 {
        if let code = levels.code(trimmed) { return code }
        if let declared = schema.levels {
            // The same text may be written in other bytes, composed or decomposed.
            guard let text = String(validating: trimmed, as: UTF8.self),
                let code = declared.firstIndex(of: text)
            else { throw .unknownLevel }
            return Int32(code)
        }
        guard let code = levels.add(trimmed) else { throw .invalidUTF8 }
        return code
    }

    func text(_ bytes: UnsafeRawBufferPointer) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8 }
        return text
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
