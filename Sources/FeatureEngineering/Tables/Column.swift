// SPDX-License-Identifier: Apache-2.0

/// A named, typed list of values, any of which may be missing.
///
/// Numbers are finite; a missing number is stored as NaN, so NaN never stands for anything else.
/// A missing category has code -1.
public struct Column: Sendable {
    /// The column's name.
    public let name: String
    package let storage: Storage

    package enum Storage: Sendable {
        /// NaN where missing.
        case numeric([Double])
        /// -1 where missing.
        case categorical(codes: [Int32], levels: [String])
        case text([String?])
        /// `missingDay` where missing.
        case date([Int32])
    }

    package static let missingDay = Int32.min

    package init(name: String, storage: Storage) {
        self.name = name
        self.storage = storage
    }

    /// What the values are.
    @inline(never)  // Inlined into a client's loop, it crashes the optimiser of Swift 6.3.1.
    public var kind: ColumnKind {
        switch storage {
        case .numeric: .numeric
        case .categorical: .categorical
        case .text: .text
        case .date: .date
        }
    }

    /// The number of rows.
    public var count: Int {
        switch storage {
        case .numeric(let values): values.count
        case .categorical(let codes, _): codes.count
        case .text(let values): values.count
        case .date(let days): days.count
        }
    }

    /// Whether the value of `row` is missing.
    ///
    /// - Precondition: `row` is in `0..<count`.
    public func isMissing(_ row: Int) -> Bool {
        switch storage {
        case .numeric(let values): values[row].isNaN
        case .categorical(let codes, _): codes[row] < 0
        case .text(let values): values[row] == nil
        case .date(let days): days[row] == Self.missingDay
        }
    }

    /// How many values are missing.
    ///
    /// - Complexity: O(`count`).
    public var missingCount: Int { (0..<count).count(where: isMissing) }

    /// The value of `row`.
    ///
    /// - Precondition: `row` is in `0..<count`.
    public subscript(row: Int) -> Value {
        @inline(never) get {  // As above.
            switch storage {
            case .numeric(let values): values[row].isNaN ? .missing : .number(values[row])
            case .categorical(let codes, let levels):
                codes[row] < 0 ? .missing : .level(levels[Int(codes[row])])
            case .text(let values): values[row].map(Value.text) ?? .missing
            case .date(let days):
                CalendarDate(daysSince1970: Int(days[row])).map(Value.date) ?? .missing
            }
        }
    }

    /// The same values under another name.
    public func renamed(_ name: String) -> Column { Column(name: name, storage: storage) }

    /// The values of `rows`, in that order, repeats allowed.
    ///
    /// - Precondition: every index is in `0..<count`.
    public subscript(rows rows: [Int]) -> Column {
        let gathered: Storage =
            switch storage {
            case .numeric(let values): .numeric(rows.map { values[$0] })
            case .categorical(let codes, let levels):
                .categorical(codes: rows.map { codes[$0] }, levels: levels)
            case .text(let values): .text(rows.map { values[$0] })
            case .date(let days): .date(rows.map { days[$0] })
            }
        return Column(name: name, storage: gathered)
    }
}

extension Column {
    /// One value of a column.
    public enum Value: Sendable, Hashable, CustomStringConvertible {
        /// No value.
        case missing
        /// A finite number.
        case number(Double)
        /// A level of a categorical column.
        case level(String)
        /// Free text.
        case text(String)
        /// A calendar date.
        case date(CalendarDate)

        /// The number, or `nil` for other and missing values.
        public var number: Double? {
            if case .number(let number) = self { number } else { nil }
        }

        /// The text or the level, or `nil` for other and missing values.
        public var text: String? {
            switch self {
            case .level(let text), .text(let text): text
            default: nil
            }
        }

        /// The date, or `nil` for other and missing values.
        public var date: CalendarDate? {
            if case .date(let date) = self { date } else { nil }
        }

        /// The value as text; `missing` for a missing one, whole numbers without `.0`.
        public var description: String {
            switch self {
            case .missing: "missing"
            case .number(let number): number.shortText
            case .level(let text), .text(let text): text
            case .date(let date): date.description
            }
        }
    }
}

extension Column: Equatable {
    /// Whether name, kind, levels and values are equal; missing equals missing.
    public static func == (left: Self, right: Self) -> Bool {
        guard left.name == right.name else { return false }
        switch (left.storage, right.storage) {
        case (.numeric(let a), .numeric(let b)):
            return a.elementsEqual(b) { $0 == $1 || ($0.isNaN && $1.isNaN) }
        case (.categorical(let a, let levels), .categorical(let b, let others)):
            return levels == others && a == b
        case (.text(let a), .text(let b)): return a == b
        case (.date(let a), .date(let b)): return a == b
        default: return false
        }
    }
}

extension Double {
    /// The shortest text that reads back, without `.0` for whole numbers.
    var shortText: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
