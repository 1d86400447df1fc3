// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How the four indicator groups are drawn, and what each indicator adds to the log-odds of default
/// (in hundredths).
///
/// The indicators of a group share a hidden level, which makes them correlate, and are independent
/// given it. So the group's distribution is a mixture of convolutions, and the sum of the visible
/// effects is all that the group tells about default.
enum IndicatorDesign {
    /// One indicator given the hidden level: `base + slope * level + noise`.
    struct Indicator: Sendable {
        let name: String
        let base: Int
        let slope: Int
        let noise: WeightedChoice<Int>
        let effect: @Sendable (Int) -> Int

        func draw(level: Int, _ random: inout RandomStream) -> Int {
            base + slope * level + noise.draw(&random)
        }

        func distribution(level: Int) -> LogOddsDistribution {
            noise.distribution { effect(base + slope * level + $0) }
        }
    }

    /// Three indicators with a common hidden level.
    struct Group: Sendable {
        let levels: WeightedChoice<Int>
        let indicators: [Indicator]

        func draw(_ random: inout RandomStream) -> [Int] {
            let level = levels.draw(&random)
            return indicators.map { $0.draw(level: level, &random) }
        }

        func effects(_ values: [Int]) -> [Int] {
            zip(indicators, values).map { $0.effect($1) }
        }

        var distribution: LogOddsDistribution {
            levels.mixture { level in
                indicators.reduce(.zero) { $0.convolved(with: $1.distribution(level: level)) }
            }
        }
    }

    private static let fiveLevels = WeightedChoice([(-2, 1), (-1, 4), (0, 6), (1, 4), (2, 1)])

    static let basicInformation = Group(
        levels: fiveLevels,
        indicators: [
            Indicator(
                name: "education_years", base: 13, slope: 2,
                noise: WeightedChoice(uniform: Array(-2...2)), effect: { -8 * ($0 - 13) }),
            Indicator(
                name: "residence_years", base: 9, slope: 3,
                noise: WeightedChoice(uniform: Array(-3...3)), effect: { -5 * ($0 - 9) }),
            Indicator(
                name: "phone_contract_months", base: 36, slope: 12,
                noise: WeightedChoice(uniform: [-12, -6, 0, 6, 12]),
                effect: { -3 * ($0 - 36) / 6 }),
        ])

    static let repaymentAbility = Group(
        levels: fiveLevels,
        indicators: [
            Indicator(
                name: "annual_income", base: 40, slope: 9,
                noise: WeightedChoice(uniform: [-8, -4, 0, 4, 8]), effect: { -2 * ($0 - 40) }),
            Indicator(
                name: "debt_to_income", base: 35, slope: -7,
                noise: WeightedChoice(uniform: [-6, -3, 0, 3, 6]), effect: { 3 * ($0 - 35) }),
            Indicator(
                name: "employment_years", base: 8, slope: 3,
                noise: WeightedChoice(uniform: Array(-2...2)), effect: { -6 * ($0 - 8) }),
        ])

    static let externalCreditStatus = Group(
        levels: WeightedChoice([(0, 20), (1, 30), (2, 25), (3, 15), (4, 10)]),
        indicators: [
            Indicator(
                name: "enquiries", base: 0, slope: 1, noise: WeightedChoice(uniform: [0, 1, 2]),
                effect: { 12 * $0 }),
            Indicator(
                name: "utilisation", base: 15, slope: 15,
                noise: WeightedChoice(uniform: [-10, -5, 0, 5, 10]), effect: { 3 * $0 / 5 }),
            Indicator(
                name: "agency_rating", base: 5, slope: -1,
                noise: WeightedChoice(uniform: [-1, 0, 1]), effect: { -15 * $0 }),
        ])
}

/// The group "bad credit history": how often, how long and how lately payments were late.
enum BadHistoryDesign {
    private static let levels = WeightedChoice([(0, 60), (1, 22), (2, 12), (3, 6)])
    private static let extraPayment = WeightedChoice([(0, 3), (1, 1)])
    private static let extraDelay = WeightedChoice([(0, 2), (5, 1), (10, 1)])
    private static let months = WeightedChoice(uniform: Array(1...24))

    static let driverNames = ["late_payments", "longest_delay", "months_since_late_payment"]

    static func draw(_ random: inout RandomStream) -> (late: Int, delay: Int, months: Int?) {
        let level = levels.draw(&random)
        let late = 2 * level + extraPayment.draw(&random)
        guard late > 0 else { return (0, 0, nil) }
        return (late, 10 + 15 * level + extraDelay.draw(&random), months.draw(&random))
    }

    static func effects(late: Int, delay: Int, months: Int?) -> [Int] {
        [20 * late, 6 * delay / 5, months.map { 24 - $0 } ?? 0]
    }

    static var distribution: LogOddsDistribution {
        levels.mixture { level in
            extraPayment.mixture { extra in
                let late = 2 * level + extra
                guard late > 0 else { return .zero }
                let delays = extraDelay.distribution { 6 * (10 + 15 * level + $0) / 5 }
                return months.distribution { 20 * late + 24 - $0 }.convolved(with: delays)
            }
        }
    }
}
