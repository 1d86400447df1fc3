// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// The search for near rows, in `Float` only: its bounds need few digits.
extension Float {
    /// The rows of a panel.
    static var _rowsInPanel: Int { Int(CREDIT_NEAR_ROWS) }

    /// The queries that are looked at together.
    static var _queriesInPanel: Int { Int(CREDIT_NEAR_QUERIES) }

    /// The first panel from `start` on with a row whose `length - 2 row · query` is not above the
    /// limit of a query, with a bit in `masks` for every such row of every query; `count` if there
    /// is none.
    ///
    /// Panels and queries hold the first column of all their rows, then the second, and so on.
    static func _nextNearPanel(
        _ start: Int, _ count: Int, _ columns: Int, panels: UnsafePointer<Float>,
        lengths: UnsafePointer<Float>, queries: UnsafePointer<Float>,
        limits: UnsafePointer<Float>, masks: UnsafeMutablePointer<UInt32>
    ) -> Int {
        credit_next_near_panel(start, count, columns, panels, lengths, queries, limits, masks)
    }
}
