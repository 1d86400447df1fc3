// SPDX-License-Identifier: Apache-2.0

/// The values that one thread reads of one column, block after block.
///
/// Values lie in plain memory that the loop over a block writes without any check but the row's.
struct BlockColumn {
    let kind: ColumnKind
    /// Whether a field that begins as a number can be taken as one without a look at markers.
    let takesNumbers: Bool
    let isEmptyMissing: Bool
    let isSkipped: Bool
    let lowest: Double
    let highest: Double
    private(set) var numbers: UnsafeMutablePointer<Double>
    /// Codes of levels, or days.
    private(set) var codes: UnsafeMutablePointer<Int32>
    var texts: [String?] = []
    private var converter: FieldConverter
    private var codeOfLevel: [Int32] = []

    init(_ schema: ColumnSchema, delimiter: UInt8, rowCapacity: Int) {
        kind = schema.kind
        isSkipped = schema.isSkipped
        converter = FieldConverter(schema)
        let markers = schema.missingMarkers.map(\.withoutOuterBlanks)
        isEmptyMissing = markers.contains("")
        takesNumbers =
            schema.kind == .numeric && !Self.numberBytes.contains(delimiter)
            && !markers.contains { $0.utf8.first.map(Self.numberBytes.contains) ?? false }
        lowest = schema.range?.lowerBound ?? -.greatestFiniteMagnitude
        highest = schema.range?.upperBound ?? .greatestFiniteMagnitude
        numbers = .allocate(capacity: schema.kind == .numeric ? rowCapacity : 0)
        codes = .allocate(
            capacity: schema.kind == .categorical || schema.kind == .date ? rowCapacity : 0)
    }

    func deallocate() {
        numbers.deallocate()
        codes.deallocate()
    }

    /// Doubles the room, keeping the first `rowCount` values.
    mutating func grow(_ rowCount: Int) {
        switch kind {
        case .numeric: Self.grow(&numbers, rowCount)
        case .categorical, .date: Self.grow(&codes, rowCount)
        case .text: break
        }
    }

    /// Reads one field into `row`.
    ///
    /// - Returns: Whether the schema accepts it.
    mutating func set(_ field: UnsafeRawBufferPointer, row: Int) -> Bool {
        if isSkipped { return true }
        let trimmed = field.withoutOuterBlanks
        let isMissing = converter.isMissing(trimmed)
        do throws(FieldConverter.Refusal) {
            switch kind {
            case .numeric: numbers[row] = isMissing ? .nan : try converter.number(trimmed)
            case .categorical: codes[row] = isMissing ? -1 : try converter.code(trimmed)
            case .date: codes[row] = isMissing ? Column.missingDay : try converter.day(trimmed)
            case .text: texts.append(isMissing ? nil : try converter.text(field))
            }
            return true
        } catch { return false }
    }

    /// The codes that `target` has, or now gets, for the levels found here.
    mutating func codesOfLevels(in target: inout FieldConverter) -> [Int32] {
        for var level in converter.levels.levels.dropFirst(codeOfLevel.count) {
            codeOfLevel.append(
                level.withUTF8 { bytes in
                    // Levels are UTF-8, the only reason to refuse one where none are declared.
                    (try? target.code(UnsafeRawBufferPointer(bytes))) ?? -1
                })
        }
        return codeOfLevel
    }

    private static let numberBytes = Set("+-.0123456789eE".utf8)

    private static func grow<Value>(_ values: inout UnsafeMutablePointer<Value>, _ count: Int) {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: 2 * max(count, 1))
        larger.moveInitialize(from: values, count: count)
        values.deallocate()
        values = larger
    }
}
