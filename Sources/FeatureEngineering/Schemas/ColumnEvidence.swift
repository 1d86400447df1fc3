// SPDX-License-Identifier: Apache-2.0

/// What inference remembers of one column while it reads.
struct ColumnEvidence {
    let name: String
    private static let missingMarkers = LevelIndex(TableSchema.usualMissingMarkers)
    private var valueCount = 0
    private var missingCount = 0
    private var firstNonNumber: (text: String, row: Int)?
    private var firstNonDate: String?
    private var numbers: ClosedRange<Double>?
    private var dates: ClosedRange<CalendarDate>?
    private var distinct = LevelIndex()
    private var hasMoreDistinctValues = false

    init(name: String) { self.name = name }

    /// Looks at one field.
    ///
    /// - Returns: Whether it is UTF-8.
    mutating func add(_ field: UnsafeRawBufferPointer, row: Int) -> Bool {
        let bytes = field.withoutOuterBlanks
        if Self.missingMarkers.code(bytes) != nil {
            missingCount += 1
            return true
        }
        valueCount += 1
        if firstNonNumber == nil {
            if let number = Self.number(bytes) {
                numbers = Self.extended(numbers, by: number)
            } else {
                firstNonNumber = (String(decoding: bytes, as: UTF8.self), row)
            }
        }
        if firstNonDate == nil {
            if let date = CalendarDate(ascii: bytes) {
                dates = Self.extended(dates, by: date)
            } else {
                firstNonDate = String(decoding: bytes, as: UTF8.self)
            }
        }
        if !hasMoreDistinctValues {
            if distinct.code(bytes) != nil { return true }
            if distinct.levels.count < TableSchema.inferredLevelLimit {
                return distinct.add(bytes) != nil
            }
            hasMoreDistinctValues = true
        }
        return firstNonNumber == nil || String(validating: bytes, as: UTF8.self) != nil
    }

    func conclusion() -> (schema: ColumnSchema, report: SchemaInference.ColumnReport) {
        let missing = missingCount > 0 ? TableSchema.usualMissingMarkers : []
        let schema: ColumnSchema
        let reason: String
        var range: (minimum: Column.Value, maximum: Column.Value)?
        if valueCount == 0 {
            schema = .text(name, missing: missing)
            reason = "every value is missing"
        } else if let word = firstNonNumber?.text {
            if firstNonDate == nil {
                schema = .date(name, missing: missing)
                range = dates.map { (.date($0.lowerBound), .date($0.upperBound)) }
                reason = "every value is a date"
            } else if !hasMoreDistinctValues, 2 * distinct.levels.count <= valueCount {
                schema = .categorical(name, sortedByBytes(distinct.levels), missing: missing)
                reason = "'\(word)' is not a number, and values repeat"
            } else {
                schema = .text(name, missing: missing)
                reason = "'\(word)' is not a number, and few values repeat"
            }
        } else {
            schema = .numeric(name, missing: missing)
            range = numbers.map { (.number($0.lowerBound), .number($0.upperBound)) }
            reason = "every value is a number"
        }
        return (
            schema,
            SchemaInference.ColumnReport(
                name: name, kind: schema.kind, missingCount: missingCount,
                distinctCount: distinct.levels.count,
                hasMoreDistinctValues: hasMoreDistinctValues, minimum: range?.minimum,
                maximum: range?.maximum, levels: schema.levels,
                firstOffendingValue: firstNonNumber?.text, firstOffendingRow: firstNonNumber?.row,
                reason: reason)
        )
    }

    /// A finite number without the leading zero of an identifier such as `00420`.
    private static func number(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard let number = DecimalNumber.parse(bytes), number.isFinite else { return nil }
        let digits = bytes.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }.prefix(2)
        let isIdentifier =
            digits.first == UInt8(ascii: "0")
            && digits.dropFirst().first.map { $0 &- UInt8(ascii: "0") <= 9 } ?? false
        return isIdentifier ? nil : number
    }

    private static func extended<Value>(
        _ range: ClosedRange<Value>?, by value: Value
    ) -> ClosedRange<Value> {
        guard let range else { return value...value }
        return min(range.lowerBound, value)...max(range.upperBound, value)
    }
}
