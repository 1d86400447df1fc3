// SPDX-License-Identifier: Apache-2.0

/// The indicators of one applicant in four groups: basic information, repayment ability, bad credit
/// history and external credit status.
///
/// Y. Li and S. Yang, "Machine Learning and Big Data Application for Risk Assessment of IoT-enabled
/// Financial Management of Credit", section 3.2, name the groups; the indicators in them are this
/// package's choice.
public struct CreditIndicators: Sendable, Codable, Hashable {
    // Basic information

    /// Years of education, 7...19.
    public var educationYears: Int
    /// Years at the present address, 0...18.
    public var residenceYears: Int
    /// Age of the telephone contract in months, a multiple of 6 in 0...72.
    public var phoneContractMonths: Int

    // Repayment ability

    /// Yearly income in thousands of the currency unit, 14...66.
    public var annualIncome: Int
    /// Debt service in percent of the income, 15...55.
    public var debtToIncome: Int
    /// Years with the present employer, 0...16.
    public var employmentYears: Int

    // Bad credit history

    /// Late payments in the last 24 months, 0...7.
    public var latePayments: Int
    /// The longest delay of a payment in days, 0 or a multiple of 5 in 10...65.
    public var longestDelay: Int
    /// Months since the last late payment, 1...24; `nil` without one.
    public var monthsSinceLatePayment: Int?

    // External credit status

    /// Enquiries at credit agencies in the last 6 months, 0...6.
    public var enquiries: Int
    /// Use of revolving credit lines in percent, a multiple of 5 in 5...85.
    public var utilisation: Int
    /// Rating by an external agency, from 0, the worst, to 6.
    public var agencyRating: Int

    /// Indicators from their values.
    public init(
        educationYears: Int, residenceYears: Int, phoneContractMonths: Int, annualIncome: Int,
        debtToIncome: Int, employmentYears: Int, latePayments: Int, longestDelay: Int,
        monthsSinceLatePayment: Int?, enquiries: Int, utilisation: Int, agencyRating: Int
    ) {
        self.educationYears = educationYears
        self.residenceYears = residenceYears
        self.phoneContractMonths = phoneContractMonths
        self.annualIncome = annualIncome
        self.debtToIncome = debtToIncome
        self.employmentYears = employmentYears
        self.latePayments = latePayments
        self.longestDelay = longestDelay
        self.monthsSinceLatePayment = monthsSinceLatePayment
        self.enquiries = enquiries
        self.utilisation = utilisation
        self.agencyRating = agencyRating
    }
}
