// SPDX-License-Identifier: Apache-2.0

/// The part of Java's date patterns that ARFF files use.
struct ARFFDateFormat {
    private enum Part {
        case year, month, day, hour, minute, second
        case literal(UInt8)

        /// How many digits it has.
        var width: Int { if case .year = self { 4 } else { 2 } }
    }

    private var parts: [Part] = []

    /// `nil` if the pattern has other fields, or does not have a year, a month and a day once each.
    init?(_ pattern: String) {
        var fields: Set<String> = []
        let fieldOfText: [(text: String, part: Part)] = [
            ("yyyy", .year), ("MM", .month), ("dd", .day), ("HH", .hour), ("mm", .minute),
            ("ss", .second),
        ]
        var rest = Substring(pattern).utf8
        var isLiteral = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "'") {
                isLiteral.toggle()
                rest.removeFirst()
            } else if !isLiteral,
                let field = fieldOfText.first(where: { rest.starts(with: $0.text.utf8) })
            {
                guard fields.insert(field.text).inserted else { return nil }
                parts.append(field.part)
                rest.removeFirst(field.text.utf8.count)
            } else {
                let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                guard isLiteral || !isLetter else { return nil }
                parts.append(.literal(byte))
                rest.removeFirst()
            }
        }
        guard !isLiteral, fields.isSuperset(of: ["yyyy", "MM", "dd"]) else { return nil }
    }

    /// The day of `text`; the time of day is checked and left out.
    func day(_ text: String) -> CalendarDate? {
        var rest = Substring(text).utf8
        var date = (year: 0, month: 0, day: 0)
        for part in parts {
            if case .literal(let byte) = part {
                guard rest.popFirst() == byte else { return nil }
                continue
            }
            let digits = rest.prefix(part.width)
            guard digits.count == part.width, digits.allSatisfy({ $0 &- 0x30 <= 9 }) else {
                return nil
            }
            let number = digits.reduce(0) { 10 * $0 + Int($1) - 0x30 }
            rest.removeFirst(part.width)
            switch part {
            case .year: date.year = number
            case .month: date.month = number
            case .day: date.day = number
            case .hour: if number > 23 { return nil }
            case .minute: if number > 59 { return nil }
            // 60 is a leap second.
            case .second: if number > 60 { return nil }
            case .literal: break
            }
        }
        guard rest.isEmpty else { return nil }
        return CalendarDate(year: date.year, month: date.month, day: date.day)
    }
}
