// SPDX-License-Identifier: Apache-2.0

/// Finite scores as integers: the greater the score, the smaller its code; equal scores, -0 and 0
/// among them, have equal codes.
enum ScoreCode {
    /// The code of the greatest negative number; codes of numbers from 0 on are smaller.
    static let firstNegative: UInt64 = 1 << 63

    @inline(__always)
    static func code(_ score: Double) -> UInt64 {
        let bits = (score + 0).bitPattern
        return bits < firstNegative ? firstNegative - 1 - bits : bits
    }

    @inline(__always)
    static func score(_ code: UInt64) -> Double {
        Double(bitPattern: code < firstNegative ? firstNegative - 1 - code : code)
    }
}

/// What is sorted for one row: the code of the score without its highest bit, followed by whether
/// the row is positive, and whatever else must stay with the row.
///
/// The highest bit is known from the position: rows with negative scores stand behind all others.
protocol SortableRow {
    var key: UInt64 { get }

    /// Whether rows of equal key are interchangeable.
    static var isKeyOnly: Bool { get }

    /// The order of two rows of equal key.
    static func precedesWithinKey(_ first: Self, _ second: Self) -> Bool
}

extension UInt64: SortableRow {
    @inline(__always) var key: UInt64 { self }
    static var isKeyOnly: Bool { true }
    static func precedesWithinKey(_ first: UInt64, _ second: UInt64) -> Bool { false }
}

/// A row with a weight; equal keys are ordered by weight, so that sums do not depend on the order
/// in which the rows came.
struct WeightedRow: SortableRow {
    var key: UInt64
    var weight: Double

    static var isKeyOnly: Bool { false }

    @inline(__always)
    static func precedesWithinKey(_ first: WeightedRow, _ second: WeightedRow) -> Bool {
        first.weight < second.weight
    }
}

/// A row with its position in the input, by which equal keys are ordered.
struct PlacedRow: SortableRow {
    var key: UInt64
    var position: Int

    static var isKeyOnly: Bool { false }

    @inline(__always)
    static func precedesWithinKey(_ first: PlacedRow, _ second: PlacedRow) -> Bool {
        first.position < second.position
    }
}

extension SortableRow {
    @inline(__always)
    static func precedes(_ first: Self, _ second: Self) -> Bool {
        let (a, b) = (first.key, second.key)
        return a != b ? a < b : !isKeyOnly && precedesWithinKey(first, second)
    }
}
