// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import _CreditTestSupport

/// A small table of loans with numbers, categories and missing values.
enum LoanTable {
    static let recipe = Pipeline(.impute(.median), .standardise(), .oneHot(unknown: .ignore))
        .then(LogisticRegression(penalty: .l2(C: 2)))

    static func make(rows: Int = 90, seed: UInt64 = 5) throws -> Table {
        var generator = TestGenerator(seed: seed)
        var amounts: [Double?] = []
        var ages: [Double?] = []
        var homes: [String?] = []
        var outcomes: [String?] = []
        for row in 0..<rows {
            let amount = Double.random(in: 500...9000, using: &generator).rounded()
            let age = Double(Int.random(in: 19...70, using: &generator))
            let home = ["rent", "own", "free"][Int.random(in: 0..<3, using: &generator)]
            let risk = amount / 9000 + (home == "rent" ? 0.5 : 0) - age / 100
            amounts.append(row % 17 == 3 ? nil : amount)
            ages.append(age)
            homes.append(row % 29 == 8 ? nil : home)
            outcomes.append(
                risk + Double.random(in: -0.7...0.7, using: &generator) > 0.4 ? "bad" : "good")
        }
        return try Table([
            .numeric("amount", amounts), .numeric("age", ages), .categorical("home", homes),
            .categorical("outcome", outcomes),
        ])
    }

    static func fitted() throws -> PipelineModel<LogisticRegression> {
        try recipe.fit(make(), target: "outcome", positive: "bad")
    }
}
