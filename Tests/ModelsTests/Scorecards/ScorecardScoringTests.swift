// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Scores of rows")
struct ScorecardScoringTests {
    @Test("SC5: a row alone has the bits that it has in its table")
    func rows() throws {
        let table = try CardSample.make()
        for rounding in PointsScale.Rounding.allCases {
            let card = try CardSample.fitted(
                CardSample.recipe.scaled(PointsScale(intercept: .ownRow, rounding: rounding)))
            let scores = try card.scores(in: table)
            let probabilities = try card.probabilities(in: table)
            let bare = try table.removing(["outcome"])
            #expect(try card.scores(in: bare) == scores)
            for row in 0..<table.rowCount {
                #expect(try card.score(of: table[row]).bitPattern == scores[row].bitPattern)
                #expect(
                    try card.probability(of: bare[row]).bitPattern
                        == probabilities[row].bitPattern)
                #expect(try card.scores(in: bare[rows: [row]]) == [scores[row]])
                #expect(
                    try card.score(of: bare[row].values).bitPattern == scores[row].bitPattern)
            }
        }
    }

    @Test("SC2: a value without a bin is an error with row, column and value, never 0 points")
    func refusedValues() throws {
        var recipe = CardSample.recipe
        recipe.binning.binning.missing = .error
        recipe.binning.binning.unknownLevels = .error
        let table = try CardSample.make().removing(["income"])
        let card = try recipe.fit(table, target: "outcome", positive: "bad")
        let batch = try Table([
            .numeric("balance", [1, 2, nil]), .numeric("age", [30, 40, 50]),
            .categorical("home", ["own", "castle", "rent"]),
        ])
        for row in [1, 2] {
            let errors = [
                modelError { _ = try card.score(of: batch[row]) },
                modelError { _ = try card.score(of: batch[row].values) },
                modelError { _ = try card.scores(in: batch[rows: [0, row]]) },
                modelError { _ = try card.points(in: batch[rows: [0, row]]) },
                modelError { _ = try card.probability(of: batch[row]) },
                modelError { _ = try card.probabilities(in: batch[rows: [0, row]]) },
                modelError { _ = try card.reasons(for: batch[row]) },
                modelError { _ = try card.counterfactual(for: batch[row], improvingBy: 1) },
            ]
            for error in errors {
                #expect(error?.code == .features)
                let cause = error?.underlying as? FeatureError
                #expect(cause?.column == (row == 1 ? "home" : "balance"))
                #expect(cause?.code == (row == 1 ? .unknownLevel : .missingValue))
                if row == 1 { #expect(cause?.value == "castle") }
            }
            #expect(errors[0]?.message.contains("row \(row)") == true)
            #expect((errors[2]?.underlying as? FeatureError)?.row == 1)
        }
        #expect(throws: Never.self) { try card.score(of: batch[0]) }
        let width = modelError { _ = try card.score(of: [.number(1), .missing]) }
        #expect(width?.code == .wrongWidth)
        #expect(width?.message == "2 values for a card of 3 variables")
    }

    @Test("SC2: what the policies say of missing values and unknown levels")
    func policies() throws {
        var recipe = CardSample.recipe
        let castle = try CardSample.row(income: 40, balance: 5, age: 30, home: "castle")
        let nobody = try CardSample.row(income: 40, balance: 5, age: 30)
        let neutral = try CardSample.fitted()
        let home = try neutral[variable: "home"]
        expectClose(
            try neutral.points(in: castle.table)[0, 3], home.neutralPoints.rounded(), absolute: 0)

        recipe.binning.binning.unknownLevels = .missing
        let asMissing = try CardSample.fitted(recipe)
        #expect(try asMissing.score(of: castle) == asMissing.score(of: nobody))

        recipe.binning.binning.unknownLevels = .rare
        recipe.binning.binning.rareLevelShare = 0.05
        let asRare = try CardSample.fitted(recipe)
        let boat = try CardSample.row(income: 40, balance: 5, age: 30, home: "boat")
        #expect(try asRare.score(of: castle) == asRare.score(of: boat))

        recipe.binning.binning.missing = .neutral
        let card = try CardSample.fitted(recipe)
        let unknown = try CardSample.row(balance: 5, age: 30, home: "own")
        let income = try card[variable: "income"]
        expectClose(
            try card.points(in: unknown.table)[0, 0], income.neutralPoints.rounded(), absolute: 0)
    }

    @Test("SC5: special codes and bounds belong to the bin that says so")
    func bins() throws {
        let card = try CardSample.fitted()
        let balance = try card[variable: "balance"]
        let special = try #require(balance.labels.firstIndex(of: "-9"))
        let coded = try CardSample.row(income: 40, balance: -9, age: 30, home: "own")
        #expect(try card.points(in: coded.table)[0, 1] == balance.points[special])
        for (index, split) in balance.binning.splits.enumerated() {
            let on = try CardSample.row(income: 40, balance: split, age: 30, home: "own")
            let below = try CardSample.row(
                income: 40, balance: split.nextDown, age: 30, home: "own")
            #expect(try card.points(in: on.table)[0, 1] == balance.points[index + 1])
            #expect(try card.points(in: below.table)[0, 1] == balance.points[index])
        }
    }
}
