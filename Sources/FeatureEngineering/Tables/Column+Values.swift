// SPDX-License-Identifier: Apache-2.0

extension Column {
    /// The values of a numeric column, NaN where missing; `nil` for other kinds.
    public var numbers: [Double]? {
        if case .numeric(let values) = storage { values } else { nil }
    }

    /// The levels of a categorical column in their order; `nil` for other kinds.
    public var levels: [String]? {
        if case .categorical(_, let levels) = storage { levels } else { nil }
    }

    /// The codes of a categorical column, -1 where missing; `nil` for other kinds.
    public var codes: [Int32]? {
        if case .categorical(let codes, _) = storage { codes } else { nil }
    }

    /// The values of a text column, or the levels of a categorical one by row, `nil` where missing.
    ///
    /// `nil` for other kinds.
    public var texts: [String?]? {
        switch storage {
        case .text(let values): values
        case .categorical(let codes, let levels): codes.map { $0 < 0 ? nil : levels[Int($0)] }
        default: nil
        }
    }

    /// The values of a date column, `nil` where missing; `nil` for other kinds.
    public var dates: [CalendarDate?]? {
        guard case .date(let days) = storage else { return nil }
        return days.map { CalendarDate(daysSince1970: Int($0)) }
    }
}
