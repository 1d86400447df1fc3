// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Lending
import Models

/// Invented loans as the paper describes its own: four groups of indicators, five levels of
/// repayment, and four groups of loans, one for each system.
struct IndicatorLoans {
    /// The book that the loans are from; its law of default is known.
    let book: SyntheticLoanBook
    /// The twelve indicators, and whether the loan was written off.
    let sample: CreditSample
    /// Whether each loan was written off.
    let labels: [Bool]
    /// The worst level of any instalment of each loan.
    let levels: [RepaymentState]
    /// The rows of each group of loans: the first quarter of the book, the second, and so on.
    let groups: [[Int]]

    /// Draws `count` loans.
    ///
    /// - Throws: `LendingError` with code `invalidBook` for a count that no book can have.
    init(count: Int, seed: UInt64) throws {
        let book = try SyntheticLoanBook(count: count, seed: seed)
        let names = IndicatorGroup.allCases.flatMap(\.columns)
        sample = CreditSample(
            table: try book.table().selecting(names + [SyntheticLoanBook.targetColumn]),
            target: SyntheticLoanBook.targetColumn, positive: SyntheticLoanBook.positiveLabel,
            // Who was never late in the last 24 months counts as last late 24 months ago.
            preparation: Pipeline(.impute(.constant(24)), .standardise()))
        levels = try (0..<count).map { try book.repaymentHistory(ofRow: $0).worstState }
        labels = book.labels
        groups = (0..<4).map { Array($0 * count / 4..<($0 + 1) * count / 4) }
        self.book = book
    }
}

/// The four groups of indicators, in the paper's words and order.
enum IndicatorGroup: String, CaseIterable {
    case basicInformation = "Basic information"
    case repaymentAbility = "Ability to pay debts"
    case badCreditHistory = "Bad credit history"
    case externalCreditStatus = "External credit status"

    var part: LoanBookPart {
        switch self {
        case .basicInformation: .basicInformation
        case .repaymentAbility: .repaymentAbility
        case .badCreditHistory: .badCreditHistory
        case .externalCreditStatus: .externalCreditStatus
        }
    }

    var columns: [String] { SyntheticLoanBook.columnNames(of: part) }
}

extension RepaymentState {
    /// The level in the paper's words.
    var name: String {
        switch self {
        case .normal: "normal"
        case .grace: "grace period (1-15 days)"
        case .overdue16To30: "overdue 16-30 days"
        case .overdue31To90: "overdue 31-90 days"
        case .writtenOff: "written off"
        }
    }
}
