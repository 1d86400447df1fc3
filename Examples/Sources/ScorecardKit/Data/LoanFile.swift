// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Lending
import Models

/// Loans with their outcome, and what a lender knows about their columns.
struct LoanFile {
    /// One row per loan, without the columns that a lender may not ask about.
    var table: Table
    /// The column that says how a loan ended.
    var target: String
    /// Its value for a default.
    var positive: String
    /// Where the loans come from.
    var origin: String
    /// The age group of every applicant: not for the card, but to see upon whom it falls.
    var ageGroups: [String]
    /// What applicants are told about each variable.
    var statements: [String: ReasonStatement]
    /// What applicants can do about each variable; nothing about those not named.
    var actionability: [String: ScorecardModel.Actionability]

    /// German credit in the Statlog format.
    ///
    /// - Throws: `FeatureError` naming the file, the line, the record, the column and the value.
    init(german file: URL) throws {
        let whole = try Table(csv: file, schema: .germanCredit)
        _ = try whole.labels("class", positive: "2", negative: "1")
        table = try whole.removing(["personal_status_and_sex", "foreign_worker", "age"])
        ageGroups = Self.ageGroups(try whole[column: "age"])
        target = "class"
        positive = "2"
        origin = "\(file.lastPathComponent), Statlog German credit (doi:10.24432/C5NC77)"
        statements = [
            "checking_account": .checkingAccount, "savings_account": .savings,
            "credit_history": .paymentHistory, "employment_since": .employment,
            "property": .collateral, "purpose": .purpose, "duration": .term,
            "credit_amount": .amount,
            "installment_rate": .burden, "other_installment_plans": .burden,
            "existing_credits": .burden,
        ]
        actionability = [
            "duration": .decreasing, "credit_amount": .decreasing,
            "installment_rate": .decreasing, "savings_account": .free, "checking_account": .free,
        ]
    }

    /// An invented book of `count` loans.
    init(invented count: Int, seed: UInt64) throws {
        let book = try SyntheticLoanBook(count: count, seed: seed)
        let whole = try book.table()
        table = try whole.removing([SyntheticLoanBook.textColumn, "sex", "age"])
        ageGroups = Self.ageGroups(try whole[column: "age"])
        target = SyntheticLoanBook.targetColumn
        positive = SyntheticLoanBook.positiveLabel
        origin = "an invented book of \(count) loans, seed \(seed); nobody in it exists"
        statements = [
            "saving_account": .savings, "late_payments": .paymentHistory,
            "longest_delay": .paymentHistory, "months_since_late_payment": .paymentHistory,
            "employment_years": .employment, "duration": .term, "credit_amount": .amount,
            "debt_to_income": .burden, "annual_income": .burden, "utilisation": .burden,
            "enquiries": .enquiries, "purpose": .purpose,
        ]
        actionability = [
            "duration": .decreasing, "credit_amount": .decreasing, "debt_to_income": .decreasing,
            "utilisation": .decreasing, "saving_account": .free,
        ]
    }

    private static func ageGroups(_ ages: Column) -> [String] {
        (0..<ages.count).map { row in
            guard case .number(let age) = ages[row] else { return "age unknown" }
            return age <= 25 ? "up to 25 years" : "over 25 years"
        }
    }
}

extension ReasonStatement {
    static let checkingAccount = ReasonStatement(
        code: "R1", text: "State of your checking account", denialReason: .insufficientCash)
    static let savings = ReasonStatement(
        code: "R2", text: "Level of your savings", denialReason: .insufficientCash)
    static let paymentHistory = ReasonStatement(
        code: "R3", text: "How you paid back earlier credit", denialReason: .creditHistory)
    static let employment = ReasonStatement(
        code: "R4", text: "Length of your employment", denialReason: .employmentHistory)
    static let collateral = ReasonStatement(
        code: "R5", text: "Value or type of your property", denialReason: .collateral)
    static let term = ReasonStatement(code: "R6", text: "Term of the loan that you ask for")
    static let amount = ReasonStatement(code: "R7", text: "Amount of the loan that you ask for")
    static let purpose = ReasonStatement(code: "R10", text: "Purpose of the loan")
    static let burden = ReasonStatement(
        code: "R8", text: "Your obligations beside your income",
        denialReason: .debtToIncomeRatio)
    static let enquiries = ReasonStatement(
        code: "R9", text: "Number of recent applications for credit", denialReason: .creditHistory)
}
