// SPDX-License-Identifier: Apache-2.0

/// A column that rows are sorted by, and in which direction.
public struct SortKey: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The column's name.
    public let column: String
    /// Whether large values come first.
    public let isDescending: Bool

    private init(_ column: String, isDescending: Bool) {
        self.column = column
        self.isDescending = isDescending
    }

    /// Small values first.
    public static func ascending(_ column: String) -> SortKey {
        SortKey(column, isDescending: false)
    }

    /// Large values first.
    public static func descending(_ column: String) -> SortKey {
        SortKey(column, isDescending: true)
    }

    /// Small values first.
    public init(stringLiteral column: String) { self.init(column, isDescending: false) }
}

extension Table {
    /// The rows sorted by several columns, the first one counting most.
    ///
    /// Rows that agree in all keys keep their order. Numbers and dates are ordered by value,
    /// categories by the order of their levels, text by its UTF-8 bytes. Missing values come last
    /// in either direction.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    /// - Complexity: O(rows x keys); text takes O(n log n) comparisons of its distinct values.
    public func sorted(by keys: [SortKey]) throws(FeatureError) -> Table {
        self[rows: try sortedRows(by: keys)]
    }

    /// The rows' positions in sorted order, as ``sorted(by:)`` has it.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    public func sortedRows(by keys: [SortKey]) throws(FeatureError) -> [Int] {
        var order = Array(0..<rowCount)
        for key in keys.reversed() {
            let ranks = try self[column: key.column].ranks(isDescending: key.isDescending)
            Self.sortStably(&order, by: ranks)
        }
        return order
    }

    /// Sorts positions by their ranks, byte by byte from the lowest, leaving out bytes in which all
    /// ranks agree.
    private static func sortStably(_ order: inout [Int], by ranks: [UInt64]) {
        var sorted = order
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            var starts = [Int](repeating: 0, count: 257)
            for rank in ranks { starts[Int(truncatingIfNeeded: rank >> shift & 0xFF) + 1] += 1 }
            if starts.contains(ranks.count) { continue }
            for byte in 0..<256 { starts[byte + 1] += starts[byte] }
            for position in order {
                let byte = Int(truncatingIfNeeded: ranks[position] >> shift & 0xFF)
                sorted[starts[byte]] = position
                starts[byte] += 1
            }
            swap(&order, &sorted)
        }
    }
}

extension Column {
    /// Numbers that are ordered as the values are, missing ones being the greatest.
    fileprivate func ranks(isDescending: Bool) -> [UInt64] {
        let missing = UInt64.max
        func rank(_ value: UInt64) -> UInt64 { isDescending ? missing - 1 - value : value }
        switch storage {
        case .numeric(let values):
            return values.map { value in
                if value.isNaN { return missing }
                // Sign and magnitude become one ascending number; 0 and -0 are equal.
                let bits = value == 0 ? 0 : value.bitPattern
                return rank(bits >> 63 == 0 ? bits | 1 << 63 : ~bits)
            }
        case .date(let days):
            return days.map { day in
                day == Self.missingDay ? missing : rank(UInt64(Int64(day) + 1 << 32))
            }
        case .categorical(let codes, _):
            return codes.map { $0 < 0 ? missing : rank(UInt64($0)) }
        case .text(let texts):
            var rankOfText: [String: UInt64] = [:]
            for (index, text) in sortedByBytes(Set(texts.lazy.compactMap { $0 })).enumerated() {
                rankOfText[text] = rank(UInt64(index))
            }
            return texts.map { text in text.flatMap { rankOfText[$0] } ?? missing }
        }
    }
}
