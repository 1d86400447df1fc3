// SPDX-License-Identifier: Apache-2.0

/// What inference remembers of one column while it reads.
struct ColumnEvidence {
    let name: String
    private static let missingMarkers = LevelIndex(TableSchema.usualMissingMarkers)
    private var valueCount = 0
    private var missingCount = 0
    private var firstNonNumber: String?
    private var firstNonDate: String?
    private var distinct = LevelIndex()
    private var hasMoreDistinctValues = false

    init(name: String) { self.name = name }

    /// Looks at one field.
    ///
    /// - Returns: Whether it is UTF-8.
    mutating func add(_ field: UnsafeRawBufferPointer) -> Bool {
        let bytes = field.withoutOuterBlanks
        if Self.missingMarkers.code(bytes) != nil {
            missingCount += 1
            return true
        }
        valueCount += 1
        if firstNonNumber == nil, !Self.isNumber(bytes) {
            firstNonNumber = String(decoding: bytes, as: UTF8.self)
        }
        if firstNonDate == nil, CalendarDate(ascii: bytes) == nil {
            firstNonDate = String(decoding: bytes, as: UTF8.self)
        }
        if !hasMoreDistinctValues, distinct.code(bytes) == nil {
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
        if valueCount == 0 {
            schema = .text(name, missing: missing)
            reason = "every value is missing"
        } else if let word = firstNonNumber {
            if firstNonDate == nil {
                schema = .date(name, missing: missing)
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
            reason = "every value is a number"
        }
        return (
            schema,
            SchemaInference.ColumnReport(
                name: name, kind: schema.kind, missingCount: missingCount,
                distinctCount: distinct.levels.count,
                hasMoreDistinctValues: hasMoreDistinctValues, reason: reason)
        )
    }

    /// A finite number without the leading zero of an identifier such as `00420`.
    private static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let number = DecimalNumber.parse(bytes), number.isFinite else { return false }
        let digits = bytes.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }.prefix(2)
        return
            !(digits.first == UInt8(ascii: "0")
            && digits.dropFirst().first.map { $0 &- UInt8(ascii: "0") <= 9 } ?? false)
    }
}
