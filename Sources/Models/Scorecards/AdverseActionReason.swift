// SPDX-License-Identifier: Apache-2.0

/// The reasons for denial of the Home Mortgage Disclosure Act, with their numbers.
///
/// Source: Regulation C, 12 CFR 1003.4(a)(16) and appendix to the filing instructions guide. The
/// number 10, "not applicable", is for applications that were not denied and is never given here.
public enum HMDADenialReason: Int, Codable, Hashable, Sendable, CaseIterable {
    /// Debt-to-income ratio.
    case debtToIncomeRatio = 1
    /// Employment history.
    case employmentHistory = 2
    /// Credit history.
    case creditHistory = 3
    /// Collateral.
    case collateral = 4
    /// Insufficient cash (down payment, closing costs).
    case insufficientCash = 5
    /// Unverifiable information.
    case unverifiableInformation = 6
    /// Credit application incomplete.
    case incompleteApplication = 7
    /// Mortgage insurance denied.
    case mortgageInsuranceDenied = 8
    /// Other.
    case other = 9
}

/// What an applicant is told of a variable that cost points.
///
/// Variables of equal `code` are one reason: it is told once, with their losses added.
public struct ReasonStatement: Codable, Hashable, Sendable {
    /// The lender's own code, such as `R12`.
    public let code: String
    /// The sentence for the applicant.
    public let text: String
    /// The reason's number in reports under the Home Mortgage Disclosure Act.
    public let denialReason: HMDADenialReason

    /// A statement.
    public init(code: String, text: String, denialReason: HMDADenialReason = .other) {
        self.code = code
        self.text = text
        self.denialReason = denialReason
    }
}
