// SPDX-License-Identifier: Apache-2.0

/// The distinct keys of a column with codes in the order in which they first occur.
struct KeyTable: Sendable {
    private(set) var names: [String] = []
    private(set) var codes: [String: Int32] = [:]

    /// The code of `name`, a new one if needed.
    mutating func code(_ name: String) -> Int32 {
        if let code = codes[name] { return code }
        let code = Int32(names.count)
        names.append(name)
        codes[name] = code
        return code
    }

    /// The code of every row's key.
    ///
    /// Categories and texts are keys as they are; numbers are keys by their shortest text, so that
    /// the account `17` is the same in a numeric and in a text column.
    ///
    /// - Throws: ``FeatureError`` with `missingValue` at the first missing key, or `wrongKind` for
    ///   dates.
    mutating func codes(of column: Column) throws(FeatureError) -> [Int32] {
        switch column.storage {
        case .categorical(let levelCodes, let levels):
            try requireValues(column)
            var codeOfLevel = [Int32](repeating: -1, count: levels.count)
            return levelCodes.map { level in
                if codeOfLevel[Int(level)] < 0 {
                    codeOfLevel[Int(level)] = code(levels[Int(level)])
                }
                return codeOfLevel[Int(level)]
            }
        case .text(let texts):
            try requireValues(column)
            return texts.map { code($0 ?? "") }
        case .numeric(let numbers):
            try requireValues(column)
            var codeOfNumber: [Double: Int32] = [:]
            return numbers.map { number in
                if let known = codeOfNumber[number] { return known }
                let new = code(Int(exactly: number).map(String.init) ?? number.shortText)
                codeOfNumber[number] = new
                return new
            }
        case .date: throw .wrongKind(column, needed: "categorical, text or numeric")
        }
    }

    private func requireValues(_ column: Column) throws(FeatureError) {
        guard let row = (0..<column.count).first(where: column.isMissing) else { return }
        throw FeatureError(
            .missingValue, "the key is missing", row: row, column: column.name)
    }
}

extension Column {
    /// The days since 1970 of a date column without missing values.
    func requiredDays() throws(FeatureError) -> [Int32] {
        guard case .date(let days) = storage else { throw .wrongKind(self, needed: "date") }
        if let row = days.firstIndex(of: Self.missingDay) {
            throw FeatureError(.missingValue, "the date is missing", row: row, column: name)
        }
        return days
    }
}
