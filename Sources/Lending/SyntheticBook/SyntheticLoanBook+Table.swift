// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

extension SyntheticLoanBook {
    /// The name of the table's outcome column.
    public static let targetColumn = "default"
    /// The level of ``targetColumn`` that means default.
    public static let positiveLabel = "yes"
    /// The level of ``targetColumn`` that means no default.
    public static let negativeLabel = "no"
    /// The name of the table's text column.
    public static let textColumn = "purpose_text"

    /// The columns that come from one part, in the order of the table.
    ///
    /// The network has none: its ties are in ``network``.
    public static func columnNames(of part: LoanBookPart) -> [String] {
        switch part {
        case .application:
            [
                "age", "sex", "job", "housing", "saving_account", "credit_amount", "duration",
                "purpose",
            ]
        case .basicInformation: ["education_years", "residence_years", "phone_contract_months"]
        case .repaymentAbility: ["annual_income", "debt_to_income", "employment_years"]
        case .badCreditHistory: ["late_payments", "longest_delay", "months_since_late_payment"]
        case .externalCreditStatus: ["enquiries", "utilisation", "agency_rating"]
        case .text: [textColumn]
        case .network: []
        }
    }

    /// The book as a table (loans x 22): the columns of every part, then ``targetColumn``.
    ///
    /// Missing are the saving account of who names none, and the months since a late payment of who
    /// had none. Categorical levels are in the order of their declaration.
    ///
    /// - Throws: `FeatureError` never in practice: the columns fit each other by construction.
    public func table() throws(FeatureError) -> Table {
        func numbers(
            _ name: String, _ value: (Loan) -> Int?
        ) throws(FeatureError) -> Column {
            try .numeric(name, loans.map { value($0).map(Double.init) })
        }
        func levels<Level: CaseIterable & RawRepresentable<String>>(
            _ name: String, _ value: (Loan) -> Level?
        ) throws(FeatureError) -> Column {
            try .categorical(
                name, loans.map { value($0)?.rawValue }, levels: Level.allCases.map(\.rawValue))
        }
        return try Table([
            numbers("age") { $0.application.age },
            levels("sex") { $0.application.sex },
            numbers("job") { $0.application.job.rawValue },
            levels("housing") { $0.application.housing },
            levels("saving_account") { $0.application.savingAccount },
            numbers("credit_amount") { $0.application.creditAmount },
            numbers("duration") { $0.application.duration },
            levels("purpose") { $0.application.purpose },
            numbers("education_years") { $0.indicators.educationYears },
            numbers("residence_years") { $0.indicators.residenceYears },
            numbers("phone_contract_months") { $0.indicators.phoneContractMonths },
            numbers("annual_income") { $0.indicators.annualIncome },
            numbers("debt_to_income") { $0.indicators.debtToIncome },
            numbers("employment_years") { $0.indicators.employmentYears },
            numbers("late_payments") { $0.indicators.latePayments },
            numbers("longest_delay") { $0.indicators.longestDelay },
            numbers("months_since_late_payment") { $0.indicators.monthsSinceLatePayment },
            numbers("enquiries") { $0.indicators.enquiries },
            numbers("utilisation") { $0.indicators.utilisation },
            numbers("agency_rating") { $0.indicators.agencyRating },
            .text(Self.textColumn, loans.map(\.purposeText)),
            .categorical(
                Self.targetColumn,
                loans.map { $0.isDefault ? Self.positiveLabel : Self.negativeLabel },
                levels: [Self.negativeLabel, Self.positiveLabel]),
        ])
    }
}
