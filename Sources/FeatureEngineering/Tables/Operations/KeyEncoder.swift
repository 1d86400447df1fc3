// SPDX-License-Identifier: Apache-2.0

/// Numbers the distinct combinations of values of some columns, in the order of their first
/// occurrence, and goes on numbering over the rows of further tables.
struct KeyEncoder {
    /// Whether a row with a missing value has no number, so that it matches nothing.
    private let skipsMissing: Bool
    private var encoders: [ValueEncoder]
    /// For the columns up to each but the first: the number of a combination's parts.
    private var combinations: [[UInt64: Int]]
    private(set) var count = 0

    init(columnCount: Int, skipsMissing: Bool) {
        self.skipsMissing = skipsMissing
        encoders = Array(repeating: ValueEncoder(), count: columnCount)
        combinations = Array(repeating: [:], count: columnCount)
    }

    /// The number of every row's combination; -1 where it is skipped.
    mutating func groups(of columns: [Column], rowCount: Int) -> [Int] {
        var groups = [Int](repeating: 0, count: rowCount)
        if columns.isEmpty { count = max(count, min(1, rowCount)) }
        for (index, column) in columns.enumerated() {
            let codes = encoders[index].codes(of: column)
            for row in groups.indices where groups[row] >= 0 {
                if codes[row] < 0, skipsMissing {
                    groups[row] = -1
                    continue
                }
                let pair = UInt64(groups[row]) << 32 | UInt64(codes[row] + 1)
                let known = combinations[index].count
                groups[row] = combinations[index][pair] ?? known
                if groups[row] == known { combinations[index][pair] = known }
            }
            if index == columns.count - 1 { count = combinations[index].count }
        }
        return groups
    }

    /// The rows of every group from 0 to `count - 1`, in their order.
    func rows(ofGroups groups: [Int]) -> [[Int]] {
        var sizes = [Int](repeating: 0, count: count)
        for group in groups where group >= 0 { sizes[group] += 1 }
        var rows = sizes.map { size in
            var list: [Int] = []
            list.reserveCapacity(size)
            return list
        }
        for (row, group) in groups.enumerated() where group >= 0 { rows[group].append(row) }
        return rows
    }
}

/// Numbers the distinct values of one column; equal text has one number in text and categories.
private struct ValueEncoder {
    private var ofNumber: [UInt64: Int] = [:]
    private var ofText: [String: Int] = [:]

    /// The number of every row's value, -1 where it is missing.
    mutating func codes(of column: Column) -> [Int] {
        switch column.storage {
        case .numeric(let values):
            // 0 and -0 are one number.
            values.map { $0.isNaN ? -1 : code($0 == 0 ? 0 : $0.bitPattern) }
        case .date(let days):
            days.map { $0 == Column.missingDay ? -1 : code(UInt64(UInt32(bitPattern: $0))) }
        case .text(let texts): texts.map { $0.map { code($0) } ?? -1 }
        case .categorical(let codes, let levels): encoded(codes, levels)
        }
    }

    private mutating func encoded(_ codes: [Int32], _ levels: [String]) -> [Int] {
        let numbers = levels.map { code($0) }
        return codes.map { $0 < 0 ? -1 : numbers[Int($0)] }
    }

    private mutating func code(_ bits: UInt64) -> Int {
        if let code = ofNumber[bits] { return code }
        ofNumber[bits] = ofNumber.count
        return ofNumber.count - 1
    }

    private mutating func code(_ text: String) -> Int {
        if let code = ofText[text] { return code }
        ofText[text] = ofText.count
        return ofText.count - 1
    }
}

extension Table {
    /// The columns called `names`; duplicates are refused, none are allowed.
    func keyColumns(_ names: [String]) throws(FeatureError) -> [Column] {
        try selecting(names).columns
    }

    /// The rows of every distinct combination of the columns called `names`, in the order of its
    /// first row; missing values are equal to each other.
    package func rowGroups(by names: [String]) throws(FeatureError) -> [[Int]] {
        let columns = try keyColumns(names)
        var encoder = KeyEncoder(columnCount: columns.count, skipsMissing: false)
        let groups = encoder.groups(of: columns, rowCount: rowCount)
        return encoder.rows(ofGroups: groups)
    }
}
