// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SC1: the points of a scorecard")
struct PointsTests {
    private let table: Table

    init() throws { table = try CardSample.make() }

    private func card(_ scale: PointsScale) throws -> ScorecardModel {
        try CardSample.recipe.scaled(scale).fit(table, target: "outcome", positive: "bad")
    }

    /// The log-odds of the event of every row, from coefficients and bins alone.
    private func logOdds(_ card: ScorecardModel) throws -> [Double] {
        var result = [Double](repeating: card.regression.intercept, count: table.rowCount)
        for variable in card.variables {
            let evidence = try variable.binning.weightsOfEvidence(
                of: table[column: variable.name])
            for row in result.indices { result[row] += variable.coefficient * evidence[row] }
        }
        return result
    }

    @Test("SC1: 600 points at 50 : 1 and 20 to double the odds: factor 28.8539, offset 487.1229")
    func published() throws {
        let card = try card(PointsScale())
        expectClose(card.factor, 28.8539, absolute: 5e-5)
        expectClose(card.offset, 487.1229, absolute: 5e-5)
        expectClose(card.factor, 20 / log(2), relative: 1e-15)
        expectClose(card.probability(ofScore: 600), 1.0 / 51, relative: 1e-13)
        expectClose(card.probability(ofScore: 620), 1.0 / 101, relative: 1e-13)
        expectClose(card.probability(ofScore: card.offset), 0.5, relative: 1e-15)
    }

    @Test(
        "SC1: exact points sum to offset + factor * log-odds",
        arguments: PointsScale.Direction.allCases, PointsScale.InterceptPlacement.allCases)
    func identity(_ direction: PointsScale.Direction, _ place: PointsScale.InterceptPlacement)
        throws
    {
        let anchors: [PointsScale.Anchor] = [
            .odds(points: 600, odds: 50, pointsToDoubleOdds: 20),
            .odds(points: -7.5, odds: 0.2, pointsToDoubleOdds: 3),
            .range(lowest: 300, highest: 850),
        ]
        for anchor in anchors {
            let card = try card(
                PointsScale(anchor, direction: direction, intercept: place, rounding: .exact))
            let sign = direction == .safetyRaisesPoints ? -1.0 : 1.0
            let scores = try card.scores(in: table)
            let logOdds = try logOdds(card)
            for (score, logOdds) in zip(scores, logOdds) {
                expectClose(
                    score, card.offset + card.factor * sign * logOdds, relative: 1e-12,
                    absolute: 1e-9)
                expectClose(
                    card.probability(ofScore: score), 1 / (1 + exp(-logOdds)), relative: 1e-10)
            }
            #expect((card.basePoints == 0) == (place == .spread))
            if place == .lowestScore {
                expectClose(card.basePoints, card.lowestScore, relative: 1e-12)
                #expect(card.variables.allSatisfy { $0.lowestPoints == 0 })
            }
            for variable in card.variables {
                let share =
                    switch place {
                    case .ownRow: 0.0
                    case .spread:
                        (card.offset + card.factor * sign * card.regression.intercept)
                            / Double(card.variables.count)
                    case .lowestScore:
                        variable.binning.bins.map {
                            -card.factor * sign * variable.coefficient * $0.weightOfEvidence
                        }.max() ?? 0
                    }
                expectClose(variable.neutralPoints, share, relative: 1e-12, absolute: 1e-12)
                for (bin, points) in zip(variable.binning.bins, variable.points) {
                    expectClose(
                        points - share,
                        card.factor * sign * variable.coefficient * bin.weightOfEvidence,
                        relative: 1e-9, absolute: 1e-9)
                }
            }
        }
    }

    @Test("SC1: whole points are the nearest ones, and the score is their sum")
    func whole() throws {
        for place in PointsScale.InterceptPlacement.allCases {
            let whole = try card(PointsScale(intercept: place))
            let exact = try card(PointsScale(intercept: place, rounding: .exact))
            #expect(whole.basePoints == exact.basePoints.rounded())
            #expect(whole.offset == exact.offset && whole.factor == exact.factor)
            for (left, right) in zip(whole.variables, exact.variables) {
                #expect(left.points == right.points.map { $0.rounded() })
                #expect(left.neutralPoints == right.neutralPoints)
            }
            let points = try whole.points(in: table)
            for (row, score) in try whole.scores(in: table).enumerated() {
                #expect(score == points.row(row).elements.reduce(whole.basePoints, +))
                #expect(score == score.rounded())
            }
        }
    }

    @Test("SC1: the ends of a range are exact, rounded or not", arguments: propertySeeds(12))
    func range(_ seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let lowest = Double(Int.random(in: -500...500, using: &generator))
        let highest = lowest + Double(Int.random(in: 1...900, using: &generator))
        for direction in PointsScale.Direction.allCases {
            for place in PointsScale.InterceptPlacement.allCases {
                var scale = PointsScale(
                    .range(lowest: lowest, highest: highest), direction: direction,
                    intercept: place)
                let whole = try card(scale)
                #expect(whole.lowestScore == lowest && whole.highestScore == highest)
                scale.rounding = .exact
                let exact = try card(scale)
                expectClose(exact.lowestScore, lowest, relative: 1e-12, absolute: 1e-9)
                expectClose(exact.highestScore, highest, relative: 1e-12, absolute: 1e-9)
                for (left, right) in zip(whole.variables, exact.variables) {
                    for (rounded, points) in zip(left.points, right.points) {
                        #expect(rounded == rounded.rounded())
                        // A base that is rounded by itself may push one point more.
                        #expect(abs(rounded - points) < 2)
                    }
                }
            }
        }
    }

    @Test("SC1: a bin with less risk never has worse points, in both directions")
    func order() throws {
        let safe = try card(PointsScale(.range(lowest: 0, highest: 20)))
        let risky = try card(
            PointsScale(.range(lowest: 0, highest: 20), direction: .riskRaisesPoints))
        for (variable, reversed) in zip(safe.variables, risky.variables) {
            let evidence = variable.binning.bins.map(\.weightOfEvidence)
            for first in evidence.indices {
                for second in evidence.indices where evidence[first] <= evidence[second] {
                    #expect(variable.points[first] <= variable.points[second])
                    #expect(reversed.points[first] >= reversed.points[second])
                }
            }
        }
    }

    @Test("BP5: the trend of the points mirrors that of the event rate where safety raises points")
    func trends() throws {
        let safe = try card(PointsScale(rounding: .exact))
        let risky = try card(PointsScale(direction: .riskRaisesPoints, rounding: .exact))
        #expect(safe.variables.count == 4)
        for (variable, reversed) in zip(safe.variables, risky.variables) {
            let rate = variable.binning.trend.eventRate
            #expect(variable.pointsTrend == rate.mirrored)
            #expect(reversed.pointsTrend == rate)
        }
        #expect(try safe[variable: "income"].pointsTrend == .ascending)
        #expect(try safe[variable: "balance"].pointsTrend == .descending)
    }

    @Test("SC1: mean points are those of the training rows")
    func mean() throws {
        let card = try card(PointsScale())
        let points = try card.points(in: table)
        for (index, variable) in card.variables.enumerated() {
            let mean = points.column(index).elements.reduce(0, +) / Double(table.rowCount)
            expectClose(variable.meanPoints, mean, relative: 1e-12)
        }
    }

    @Test("SC1: scales that mean nothing are refused")
    func refusals() throws {
        let scales: [PointsScale] = [
            PointsScale(.odds(points: .nan, odds: 50, pointsToDoubleOdds: 20)),
            PointsScale(.odds(points: 600, odds: 0, pointsToDoubleOdds: 20)),
            PointsScale(.odds(points: 600, odds: .infinity, pointsToDoubleOdds: 20)),
            PointsScale(.odds(points: 600, odds: 50, pointsToDoubleOdds: -1)),
            PointsScale(.range(lowest: 5, highest: 5)),
            PointsScale(.range(lowest: 0.5, highest: 5)),
            PointsScale(.range(lowest: 0, highest: .infinity)),
        ]
        for scale in scales {
            let recipe = CardSample.recipe.scaled(scale)
            #expect(modelError { try recipe.validate() }?.code == .invalidRecipe)
            #expect(modelError { _ = try card(scale) }?.code == .invalidRecipe)
            #expect(
                modelError { _ = try Scorecard(fileBytes: recipe.fileBytes) }?.code
                    == .invalidFile)
        }
        #expect(
            throws: Never.self,
            performing: {
                try PointsTests().card(
                    PointsScale(.range(lowest: 0.5, highest: 5), rounding: .exact))
            })
    }
}
