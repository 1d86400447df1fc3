// SPDX-License-Identifier: Apache-2.0

extension TableSchema {
    /// Statlog (Australian Credit Approval), `australian.dat`: 690 applications, 14 attributes and
    /// `class`.
    ///
    /// Names and codes are masked by the source: `A1` to `A14`, of which A2, A3, A7, A10, A13 and
    /// A14 are numbers and the others codes. `class` is `0` or `1`, generally taken as refused and
    /// approved. Blank-separated, no header, nothing missing.
    ///
    /// Source: R. Quinlan, UCI Machine Learning Repository, doi:10.24432/C59012.
    public static let australianCredit = TableSchema(
        [
            .categorical("A1", ["0", "1"]),
            .numeric("A2", in: 0...130),
            .numeric("A3", in: 0...1000),
            .categorical("A4", codes(1...3)),
            .categorical("A5", codes(1...14)),
            .categorical("A6", codes(1...9)),
            .numeric("A7", in: 0...1000),
            .categorical("A8", ["0", "1"]),
            .categorical("A9", ["0", "1"]),
            .numeric("A10", in: 0...1000),
            .categorical("A11", ["0", "1"]),
            .categorical("A12", codes(1...3)),
            .numeric("A13", in: 0...1_000_000),
            .numeric("A14", in: 0...10_000_000),
            .categorical("class", ["0", "1"]),
        ], dialect: .blankSeparated)
}

/// Whole numbers as levels.
func codes(_ range: ClosedRange<Int>) -> [String] { range.map { "\($0)" } }
