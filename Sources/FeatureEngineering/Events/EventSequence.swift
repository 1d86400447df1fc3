// SPDX-License-Identifier: Apache-2.0

/// How the events of a history become the steps of a sequence, oldest first.
public struct EventSequence: Sendable, Hashable, Codable {
    /// One or several numbers of a step.
    public enum Field: Sendable, Hashable, Codable {
        /// The days from the event to the as-of date.
        case daysBeforeAsOf
        /// The days since the step before; 0 for the first.
        case daysSincePrevious
        /// 1 for the event's kind and 0 for the others, one number each.
        case kind([String])
        /// A numeric attribute; what a missing value becomes, or `nil` to refuse it.
        case number(String, missing: Double?)
        /// 1 for the level of a categorical or text attribute and 0 for the others, one number
        /// each; all 0 if it is missing.
        case level(String, [String])
        /// 1 for an enquiry that led to a loan before the cut, else 0.
        case isMatched(EnquiryMatching)
        /// The days from an enquiry to the loan it led to before the cut; 0 for all other events.
        case daysToLoan(EnquiryMatching)
    }

    /// The numbers of a step in their order.
    public var fields: [Field]
    /// The kinds of events that become steps; `nil` for all.
    public var kinds: [String]?
    /// The most steps a sequence may have, of which the newest are kept; `nil` for any number.
    public var maximumLength: Int?

    /// Sequences with these numbers at each step.
    public init(_ fields: [Field], kinds: [String]? = nil, maximumLength: Int? = nil) {
        self.fields = fields
        self.kinds = kinds
        self.maximumLength = maximumLength
    }

    /// The names of the numbers of a step.
    public var names: [String] {
        fields.flatMap { field -> [String] in
            switch field {
            case .daysBeforeAsOf: ["days before as-of"]
            case .daysSincePrevious: ["days since previous"]
            case .kind(let kinds): kinds.map { "kind=\($0)" }
            case .number(let name, _): [name]
            case .level(let name, let levels): levels.map { "\(name)=\($0)" }
            case .isMatched(let rule): ["matched \(rule.enquiryKinds.joined(separator: "|"))"]
            case .daysToLoan(let rule):
                ["days from \(rule.enquiryKinds.joined(separator: "|")) to loan"]
            }
        }
    }
}

extension EventSequence {
    func validate() throws(FeatureError) {
        guard !fields.isEmpty, maximumLength ?? 1 >= 1 else {
            throw FeatureError(
                .invalidParameter, "a sequence needs at least one field and one step")
        }
        for case .number(let name, let missing?) in fields where !missing.isFinite {
            throw FeatureError(
                .invalidParameter, "a missing value cannot become \(missing)", column: name)
        }
    }
}

extension EventHistories {
    /// The events of every row as a sequence; sequences may be empty.
    ///
    /// - Throws: ``FeatureError``: `invalidParameter` for a recipe that contradicts itself;
    ///   `unknownLevel` for a kind that the log does not have, and for an event whose kind or level
    ///   is not among those of a field, with the row of the log's table; `missingValue` with that
    ///   row; `unknownColumn` or `wrongKind`; `duplicateColumn` if two numbers have one name.
    /// - Complexity: O(rows x events x numbers of a step).
    public func sequences(_ recipe: EventSequence) throws(FeatureError) -> SequenceBatch {
        try recipe.validate()
        let scan = try EventScan(storage, kinds: recipe.kinds, attribute: nil)
        let writers = try recipe.fields.map { (field) throws(FeatureError) in
            try FieldWriter(field, storage)
        }
        var elements: [Double] = []
        var offsets = [0]
        for (row, range) in ranges.enumerated() {
            var positions: [Int] = []
            scan.forEach(in: range) { positions.append($0) }
            let kept = Swift.max(
                0, positions.count - (recipe.maximumLength ?? positions.count))
            let matches = writers.map { $0.matches(range) }
            for index in kept..<positions.count {
                let step = FieldWriter.Step(
                    position: positions[index], previous: index == 0 ? nil : positions[index - 1],
                    asOf: dates.days[row])
                for (writer, matches) in zip(writers, matches) {
                    try writer.append(step, matches, to: &elements)
                }
            }
            offsets.append(offsets[row] + positions.count - kept)
        }
        return try SequenceBatch(elements: elements, offsets: offsets, names: recipe.names)
    }
}
