// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Models
import _CreditTestSupport

/// Loans with missing values, a special code and rare levels, and the recipe of their card.
enum CardSample {
    static let binning = BinningProcess(
        OptimalBinning(
            trend: .automaticMonotone, specialCodes: [-9], unknownLevels: .neutral))

    static let recipe = Scorecard(binning)

    static func make(rows: Int = 500, seed: UInt64 = 21) throws -> Table {
        var generator = TestGenerator(seed: seed)
        func uniform(_ range: ClosedRange<Double>) -> Double {
            Double.random(in: range, using: &generator)
        }
        var incomes: [Double?] = []
        var balances: [Double] = []
        var ages: [Double] = []
        var homes: [String] = []
        var outcomes: [String] = []
        for row in 0..<rows {
            let income = uniform(10...90).rounded()
            let balance = row % 9 == 4 ? -9 : uniform(0...40).rounded()
            let age = uniform(18...75).rounded()
            let home = ["own", "rent", "free"][Int.random(in: 0..<3, using: &generator)]
            let risk =
                0.3 - income / 30 + (balance == -9 ? 1 : balance / 25) - age / 60
                + (home == "rent" ? 0.9 : 0)
            incomes.append(row % 13 == 6 ? nil : income)
            balances.append(balance)
            ages.append(age)
            homes.append(row % 97 == 50 ? "boat" : home)
            outcomes.append(uniform(0...1) < 1 / (1 + exp(-1 - 2 * risk)) ? "bad" : "good")
        }
        return try Table([
            .numeric("income", incomes), .numeric("balance", balances.map(Optional.some)),
            .numeric("age", ages.map(Optional.some)),
            .categorical("home", homes.map(Optional.some)),
            .categorical("outcome", outcomes.map(Optional.some)),
        ])
    }

    static func fitted(_ recipe: Scorecard = recipe) throws -> ScorecardModel {
        try recipe.fit(make(), target: "outcome", positive: "bad")
    }

    /// One row of values; what is not named is missing.
    static func row(
        income: Double? = nil, balance: Double? = nil, age: Double? = nil, home: String? = nil
    ) throws -> Table.Row {
        try Table([
            .numeric("income", [income]), .numeric("balance", [balance]), .numeric("age", [age]),
            .categorical("home", [home]),
        ])[0]
    }
}

extension Scorecard {
    /// The same card on another scale.
    func scaled(_ scale: PointsScale) -> Scorecard {
        var copy = self
        copy.scale = scale
        return copy
    }
}
