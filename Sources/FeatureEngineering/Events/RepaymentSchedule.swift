// SPDX-License-Identifier: Apache-2.0

/// What borrowers have agreed to pay and when.
///
/// Each row is one instalment. It is known from the day on which it was agreed, usually that of the
/// loan's first payout, though it falls due later; so the next due date is no look into the future,
/// while a loan taken out after an as-of date stays unseen.
public struct RepaymentSchedule: Sendable {
    struct Instalment: Sendable {
        let due: Int32
        let agreed: Int32
        let amount: Double
    }

    private let keys: KeyTable
    /// By account, then by due day, then in the table's order.
    private let instalments: [[Instalment]]

    /// The number of instalments.
    public var count: Int { instalments.reduce(0) { $0 + $1.count } }

    /// A schedule of the rows of `table`.
    ///
    /// - Parameters:
    ///   - account: The column of accounts, as in the log.
    ///   - due: The date column of due dates.
    ///   - amount: The numeric column of amounts to pay, at least 0.
    ///   - agreed: The date column that says when the instalment was agreed.
    /// - Throws: ``FeatureError``: `unknownColumn` or `wrongKind`; `missingValue`; `outOfRange` for
    ///   a negative amount; `outOfOrder` for an instalment that is due before it was agreed; each
    ///   with the row.
    /// - Complexity: O(n log n) in the number of instalments.
    public init(
        _ table: Table, account: String, due: String, amount: String, agreed: String
    ) throws(FeatureError) {
        var keys = KeyTable()
        let codes = try keys.codes(of: table[column: account])
        let dueDays = try table[column: due].requiredDays()
        let agreedDays = try table[column: agreed].requiredDays()
        let amounts = try table[column: amount].requiredAmounts()
        var instalments = [[Instalment]](repeating: [], count: keys.names.count)
        for row in 0..<table.rowCount {
            guard agreedDays[row] <= dueDays[row] else {
                throw FeatureError(
                    .outOfOrder,
                    "the instalment is due before it was agreed on "
                        + "\(CalendarDate(day: agreedDays[row]))", row: row, column: due,
                    value: "\(CalendarDate(day: dueDays[row]))")
            }
            instalments[Int(codes[row])].append(
                Instalment(due: dueDays[row], agreed: agreedDays[row], amount: amounts[row]))
        }
        for (account, list) in instalments.enumerated() {
            guard list.reduce(0, { $0 + $1.amount }).isFinite else {
                throw FeatureError(
                    .outOfRange,
                    "the sum of the amounts of account '\(keys.names[account])' is too large",
                    column: amount)
            }
        }
        self.keys = keys
        self.instalments = instalments.map { list in
            list.enumerated().sorted {
                ($0.element.due, $0.offset) < ($1.element.due, $1.offset)
            }.map(\.element)
        }
    }

    /// The instalments of `account` by due day.
    func instalments(of account: String) -> [Instalment] {
        keys.codes[account].map { instalments[Int($0)] } ?? []
    }
}

extension Column {
    /// The values of a numeric column, each of which must be there and at least 0.
    fileprivate func requiredAmounts() throws(FeatureError) -> [Double] {
        guard let numbers else { throw .wrongKind(self, needed: "numeric") }
        for (row, number) in numbers.enumerated() where !(number >= 0) {
            throw amountError(number, row: row)
        }
        return numbers
    }

    func amountError(_ number: Double, row: Int) -> FeatureError {
        number.isNaN
            ? FeatureError(.missingValue, "the amount is missing", row: row, column: name)
            : FeatureError(
                .outOfRange, "the amount is negative", row: row, column: name,
                value: number.shortText)
    }
}
