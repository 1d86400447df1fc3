// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Turns each date column into numbers: year, month, day of the week, days since a date and so on.
///
/// The columns that come out stand in the place of the date and are named after it and the part,
/// such as `opened.year`. A missing date gives missing numbers.
public struct DateParts: Sendable, Hashable, Codable {
    /// A number of a date.
    public enum Part: Sendable, Hashable, Codable {
        /// The year, as 2026.
        case year
        /// The quarter of the year, from 1 to 4.
        case quarter
        /// The month, from 1 to 12.
        case month
        /// The day of the month, from 1 to 31.
        case dayOfMonth
        /// The day of the week, from 1 for Monday to 7 for Sunday (ISO 8601).
        case dayOfWeek
        /// The day of the year, from 1 to 366.
        case dayOfYear
        /// Two columns, `sin` and `cos` of `2 pi (month - 1) / 12`, in which December and January
        /// are neighbours.
        case monthCycle
        /// The days from the given date to the column's, negative before it.
        case daysSince(CalendarDate)
    }

    /// What each date becomes, in this order.
    public var parts: [Part]
    /// The columns to encode; `nil` for all dates.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Turns each date column into the numbers `parts`.
    public static func dateParts(
        _ parts: [DateParts.Part] = [.year, .month, .dayOfWeek], only columns: [String]? = nil
    ) -> Self {
        Self(DateParts(parts: parts, columns: columns))
    }
}

extension DateParts: PreparationRecipe {
    static var takesDates: Bool { true }

    func validate() throws(FeatureError) {
        guard !parts.isEmpty, Set(parts.flatMap(\.names)).count == parts.flatMap(\.names).count
        else {
            throw FeatureError(
                .invalidParameter, "the parts of a date are none, or one of them is there twice")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedDateParts {
        FittedDateParts(parts: parts, columns: try table.dateIndices(columns))
    }

    func accepts(_ fitted: FittedDateParts) -> Bool { fitted.parts == parts }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(parts)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        parts = try decoder.decodeArray()
        columns = try decoder.decodeColumns()
    }
}

/// The columns that a ``DateParts`` step takes apart.
package struct FittedDateParts: Hashable, Sendable {
    let parts: [DateParts.Part]
    /// Ascending.
    let columns: [Int]
}

extension FittedDateParts: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(columns, below: inputs.count)
        guard columns.allSatisfy({ inputs[$0].kind == .date }) else {
            throw FeatureError(.invalidParameter, "a column is not a date")
        }
        let names = parts.flatMap(\.names)
        return inputs.enumerated().flatMap { index, input in
            columns.contains(index)
                ? names.map { WorkingColumn(name: "\(input.name).\($0)", source: input.source) }
                : [input]
        }
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        var next = 0
        for (index, value) in row.enumerated() {
            guard next < columns.count, columns[next] == index else {
                output.append(value)
                continue
            }
            next += 1
            let date = value.isNaN ? nil : CalendarDate(daysSince1970: Int(value))
            for part in parts { part.append(of: date, to: &output) }
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(parts)
        encoder.encode(positions: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        parts = try decoder.decodeArray()
        columns = try decoder.decodePositions()
    }
}
