// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension CreditIndicators {
    /// Draws all four groups.
    static func draw(_ random: inout RandomStream) -> CreditIndicators {
        let basic = IndicatorDesign.basicInformation.draw(&random)
        let ability = IndicatorDesign.repaymentAbility.draw(&random)
        let history = BadHistoryDesign.draw(&random)
        let external = IndicatorDesign.externalCreditStatus.draw(&random)
        return CreditIndicators(
            educationYears: basic[0], residenceYears: basic[1], phoneContractMonths: basic[2],
            annualIncome: ability[0], debtToIncome: ability[1], employmentYears: ability[2],
            latePayments: history.late, longestDelay: history.delay,
            monthsSinceLatePayment: history.months, enquiries: external[0],
            utilisation: external[1], agencyRating: external[2])
    }

    /// What each indicator of a group adds to the log-odds, in hundredths.
    func effects(of component: LogOddsComponent) -> [Int] {
        switch component {
        case .basicInformation:
            IndicatorDesign.basicInformation.effects([
                educationYears, residenceYears, phoneContractMonths,
            ])
        case .repaymentAbility:
            IndicatorDesign.repaymentAbility.effects([
                annualIncome, debtToIncome, employmentYears,
            ])
        case .badCreditHistory:
            BadHistoryDesign.effects(
                late: latePayments, delay: longestDelay, months: monthsSinceLatePayment)
        case .externalCreditStatus:
            IndicatorDesign.externalCreditStatus.effects([enquiries, utilisation, agencyRating])
        case .application, .purpose, .words, .network: []
        }
    }
}
