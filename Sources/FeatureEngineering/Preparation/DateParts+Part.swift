// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension DateParts.Part {
    /// The names of the numbers, behind that of the date.
    var names: [String] {
        switch self {
        case .year: ["year"]
        case .quarter: ["quarter"]
        case .month: ["month"]
        case .dayOfMonth: ["dayOfMonth"]
        case .dayOfWeek: ["dayOfWeek"]
        case .dayOfYear: ["dayOfYear"]
        case .monthCycle: ["monthSine", "monthCosine"]
        case .daysSince(let date): ["daysSince \(date)"]
        }
    }

    /// Appends the numbers of `date`, one for each name; NaN without a date.
    func append(of date: CalendarDate?, to output: inout [Double]) {
        guard let date else {
            for _ in names { output.append(.nan) }
            return
        }
        let (year, month, day) = date.components
        switch self {
        case .year: output.append(Double(year))
        case .quarter: output.append(Double((month + 2) / 3))
        case .month: output.append(Double(month))
        case .dayOfMonth: output.append(Double(day))
        case .dayOfWeek:
            // 1970-01-01 was a Thursday; the earliest date lies less than 7 * 110 000 days before.
            output.append(Double((Int(date.daysSince1970) + 770_003) % 7 + 1))
        case .dayOfYear:
            let start = CalendarDate(year: year, month: 1, day: 1) ?? date
            output.append(Double(date.daysSince1970 - start.daysSince1970 + 1))
        case .monthCycle:
            output.append(Self.sines[month - 1])
            output.append(Self.sines[(month + 2) % 12])
        case .daysSince(let start):
            output.append(Double(date.daysSince1970 - start.daysSince1970))
        }
    }

    /// The sine of each month's twelfth of a turn; its cosine is the sine three months later.
    private static let sines: [Double] = {
        let root = 3.0.squareRoot() / 2
        return [0, 0.5, root, 1, root, 0.5, 0, -0.5, -root, -1, -root, -0.5]
    }()
}

extension DateParts.Part: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .year: encoder.encode(UInt8(0))
        case .quarter: encoder.encode(UInt8(1))
        case .month: encoder.encode(UInt8(2))
        case .dayOfMonth: encoder.encode(UInt8(3))
        case .dayOfWeek: encoder.encode(UInt8(4))
        case .dayOfYear: encoder.encode(UInt8(5))
        case .monthCycle: encoder.encode(UInt8(6))
        case .daysSince(let date):
            encoder.encode(UInt8(7))
            encoder.encode(date.daysSince1970)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .year
        case 1: self = .quarter
        case 2: self = .month
        case 3: self = .dayOfMonth
        case 4: self = .dayOfWeek
        case 5: self = .dayOfYear
        case 6: self = .monthCycle
        case 7:
            let day = Int32(bitPattern: try decoder.decodeUInt32())
            guard let date = CalendarDate(daysSince1970: Int(day)) else {
                throw decoder.error("day \(day) is not in the calendar")
            }
            self = .daysSince(date)
        case let tag: throw decoder.error("unknown part of a date \(tag)")
        }
    }
}
