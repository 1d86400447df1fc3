// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Scorecards beside other programs")
struct ScorecardGoldenTests {
    private struct Golden: Decodable {
        struct Card: Decodable {
            var method: String
            var interceptBased: Bool
            var intercept: Double
            var points, weightsOfEvidence: [String: [Double]]
            var coefficients: [String: Double]
            var scores: [Double]
        }

        var age, debt: [Double]
        var job: [String]
        var bad: [Int]
        var splits: [String: [Double]]
        var groups: [[String]]
        var cards: [Card]
    }

    private func json<Value: Decodable>(_ name: String) throws -> Value {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    @Test("SC1: points, coefficients and scores of OptBinning's scorecards with the same bins")
    func optBinning() throws {
        let golden: Golden = try json("scorecard")
        let table = try Table([
            .numeric("age", golden.age.map(Optional.some)),
            .numeric("debt", golden.debt.map(Optional.some)),
            .categorical("job", golden.job.map(Optional.some)),
            .categorical("outcome", golden.bad.map { $0 == 1 ? "bad" : "good" }),
        ])
        var binning = BinningProcess(OptimalBinning(trend: .any))
        for (name, splits) in golden.splits {
            var override = OptimalBinning(trend: .any)
            override.candidateSplits = splits
            override.fixedSplits = splits
            binning.overrides[name] = override
        }
        var grouped = OptimalBinning(trend: .any)
        grouped.levelGroups = golden.groups
        binning.overrides["job"] = grouped
        #expect(golden.cards.count == 4)
        for expected in golden.cards {
            let scale = PointsScale(
                expected.method == "min_max"
                    ? .range(lowest: 300, highest: 850)
                    : .odds(points: 600, odds: 50, pointsToDoubleOdds: 20),
                intercept: expected.interceptBased ? .lowestScore : .spread, rounding: .exact)
            let card = try Scorecard(binning, scale: scale).fit(
                table, target: "outcome", positive: "bad")
            #expect(card.variables.count == 3)
            expectClose(card.basePoints, expected.intercept, relative: 1e-6, absolute: 1e-9)
            for variable in card.variables {
                // OptBinning's solver stops a little short of the maximum.
                let coefficient = try #require(expected.coefficients[variable.name])
                expectClose(variable.coefficient, coefficient, relative: 1e-6)
                let regular = variable.binning.regularBins
                expectClose(
                    variable.binning.bins[regular].map(\.weightOfEvidence),
                    try #require(expected.weightsOfEvidence[variable.name]), relative: 1e-12)
                expectClose(
                    Array(variable.points[regular]), try #require(expected.points[variable.name]),
                    relative: 1e-6, absolute: 1e-5)
            }
            expectClose(try card.scores(in: table), expected.scores, relative: 1e-7)
        }
    }

    private struct Rows: Decodable {
        var income, balance, age: [Double?]
        var home: [String?]
    }

    private struct Evaluated: Decodable {
        var scores: [Double]
        var reasons: [[String]]
    }

    @Test("SC4: a PMML engine gives the card's scores and reasons from the export")
    func pmml() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "scorecard-model-v1", withExtension: "credit", subdirectory: "Golden"))
        let export = try #require(
            Bundle.module.url(
                forResource: "scorecard-v1", withExtension: "pmml", subdirectory: "Golden"))
        let card = try ScorecardModel(contentsOf: file)
        #expect(try card.pmml() == String(contentsOf: export, encoding: .utf8))
        let rows: Rows = try json("scorecard_model_v1")
        let table = try Table([
            .numeric("income", rows.income), .numeric("balance", rows.balance),
            .numeric("age", rows.age), .categorical("home", rows.home),
        ])
        let evaluated: Evaluated = try json("scorecard_pmml")
        #expect(try card.scores(in: table) == evaluated.scores)
        for row in 0..<table.rowCount {
            let own = try card.reasons(for: table[row])
            let shortfalls = Dictionary(
                uniqueKeysWithValues: own.map { ($0.statement.code, $0.shortfall) })
            // The engine orders ties its own way, and repeats the last reason up to the fourth.
            let theirs = evaluated.reasons[row].map { shortfalls[$0] }
            #expect(Array(theirs.prefix(own.count)) == own.map { $0.shortfall })
            #expect(Set(evaluated.reasons[row]) == Set(shortfalls.keys))
        }
    }
}
