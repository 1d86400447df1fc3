// SPDX-License-Identifier: Apache-2.0

/// A field of a sequence made ready for one log.
struct FieldWriter {
    /// One event on its way into a sequence.
    struct Step {
        let position: Int
        let previous: Int?
        let asOf: Int32
    }

    private enum Source {
        case daysBeforeAsOf
        case daysSincePrevious
        /// The place of each code among the numbers of the field, `nil` for a code that has none.
        case oneHot(codes: [Int32], placeOfCode: [Int?], width: Int, column: Column)
        case number(Column, [Double], missing: Double?)
        case match(EnquiryMatcher, isFlag: Bool)
    }

    private let source: Source
    private let storage: EventLog.Storage

    init(_ field: EventSequence.Field, _ storage: EventLog.Storage) throws(FeatureError) {
        self.storage = storage
        switch field {
        case .daysBeforeAsOf: source = .daysBeforeAsOf
        case .daysSincePrevious: source = .daysSincePrevious
        case .kind(let kinds):
            _ = try storage.isTaken(kinds)
            source = Self.oneHot(
                Column(
                    name: "kind",
                    storage: .categorical(codes: storage.kinds, levels: storage.kindNames)), kinds)
        case .level(let name, let levels):
            let column = try storage.attributes[column: name]
            guard let texts = column.texts else {
                throw .wrongKind(column, needed: "categorical or text")
            }
            source = Self.oneHot(
                column.levels == nil ? try .categorical(name, texts) : column, levels)
        case .number(let name, let missing):
            let column = try storage.attributes[column: name]
            guard let numbers = column.numbers else {
                throw .wrongKind(column, needed: "numeric")
            }
            source = .number(column, numbers, missing: missing)
        case .isMatched(let rule): source = .match(try EnquiryMatcher(rule, storage), isFlag: true)
        case .daysToLoan(let rule):
            source = .match(try EnquiryMatcher(rule, storage), isFlag: false)
        }
    }

    private static func oneHot(_ column: Column, _ levels: [String]) -> Source {
        .oneHot(
            codes: column.codes ?? [],
            placeOfCode: (column.levels ?? []).map { levels.firstIndex(of: $0) },
            width: levels.count, column: column)
    }

    /// The days to the loan of every enquiry that led to one; empty for other fields.
    func matches(_ range: Range<Int>) -> [Int: Int] {
        guard case .match(let matcher, _) = source else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: matcher.matches(range).map { ($0.enquiry, $0.days) })
    }

    /// Appends the field's numbers of one step.
    func append(
        _ step: Step, _ matches: [Int: Int], to elements: inout [Double]
    ) throws(FeatureError) {
        let day = storage.days[step.position]
        switch source {
        case .daysBeforeAsOf: elements.append(Double(step.asOf - day))
        case .daysSincePrevious:
            elements.append(step.previous.map { Double(day - storage.days[$0]) } ?? 0)
        case .oneHot(let codes, let placeOfCode, let width, let column):
            let start = elements.count
            elements.append(contentsOf: repeatElement(0, count: width))
            let code = codes[step.position]
            if code < 0 { return }
            guard let place = placeOfCode[Int(code)] else {
                throw FeatureError(
                    .unknownLevel, "the step has no number for this value",
                    row: storage.rows[step.position], column: column.name,
                    value: column[step.position].description)
            }
            elements[start + place] = 1
        case .number(let column, let numbers, let missing):
            let number = numbers[step.position]
            guard let value = number.isNaN ? missing : number else {
                throw FeatureError(
                    .missingValue, "the value is missing", row: storage.rows[step.position],
                    column: column.name)
            }
            elements.append(value)
        case .match(_, let isFlag):
            let days = matches[step.position]
            elements.append(isFlag ? (days == nil ? 0 : 1) : Double(days ?? 0))
        }
    }
}
