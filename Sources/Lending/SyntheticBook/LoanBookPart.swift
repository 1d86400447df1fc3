// SPDX-License-Identifier: Apache-2.0

/// A part of what is known of a synthetic applicant, whose power to rank is known exactly.
public enum LoanBookPart: String, Sendable, Codable, Hashable, CaseIterable {
    /// Age, sex, job, housing, saving account, credit amount, duration and purpose.
    case application
    /// The indicator group "basic information".
    case basicInformation
    /// The indicator group "repayment ability".
    case repaymentAbility
    /// The indicator group "bad credit history".
    case badCreditHistory
    /// The indicator group "external credit status".
    case externalCreditStatus
    /// The sentence about the loan; it names the purpose too.
    case text
    /// The applicant's ties in the association network.
    case network

    /// What of the log-odds the part tells.
    var components: Set<LogOddsComponent> {
        switch self {
        case .application: [.application, .purpose]
        case .basicInformation: [.basicInformation]
        case .repaymentAbility: [.repaymentAbility]
        case .badCreditHistory: [.badCreditHistory]
        case .externalCreditStatus: [.externalCreditStatus]
        case .text: [.purpose, .words]
        case .network: [.network]
        }
    }
}

extension Set<LoanBookPart> {
    /// The four indicator groups.
    public static let indicators: Set<LoanBookPart> = [
        .basicInformation, .repaymentAbility, .badCreditHistory, .externalCreditStatus,
    ]

    /// Every part.
    public static let everything = Set(LoanBookPart.allCases)
}

/// The independent summands of the log-odds; a part of the book shows one or more of them.
enum LogOddsComponent: CaseIterable {
    case application, purpose, basicInformation, repaymentAbility, badCreditHistory
    case externalCreditStatus, words, network
}
