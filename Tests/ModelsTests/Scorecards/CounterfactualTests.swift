// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SC7: what raises a score")
struct CounterfactualTests {
    private typealias Actionability = ScorecardModel.Actionability

    private struct Choice {
        var changes: Int
        var steps: Int
        var gain: Double
    }

    /// The best choice among every combination of bins.
    private func bruteForce(
        _ card: ScorecardModel, _ bins: [Int], _ improvement: Double,
        _ actions: [String: Actionability]
    ) -> Choice? {
        let sign = card.recipe.scale.direction == .safetyRaisesPoints ? 1.0 : -1.0
        var choices = [Choice(changes: 0, steps: 0, gain: 0)]
        for (variable, bin) in zip(card.variables, bins) {
            let regular = Array(variable.binning.regularBins)
            let isNumeric = variable.binning.kind == .numeric
            let targets: [Int] =
                switch actions[variable.name] ?? .free {
                case .fixed: []
                case .free: regular
                case .increasing: regular.filter { $0 > bin && regular.contains(bin) }
                case .decreasing: regular.filter { $0 < bin && regular.contains(bin) }
                case .bins(let labels): regular.filter { labels.contains(variable.labels[$0]) }
                }
            choices += choices.flatMap { choice in
                targets.filter { $0 != bin }.map { target in
                    Choice(
                        changes: choice.changes + 1,
                        steps: choice.steps
                            + (isNumeric && regular.contains(bin) ? abs(target - bin) : 1),
                        gain: choice.gain + sign * (variable.points[target] - variable.points[bin]))
                }
            }
        }
        return choices.filter { $0.gain >= improvement }.min {
            ($0.changes, $0.steps, -$0.gain) < ($1.changes, $1.steps, -$1.gain)
        }
    }

    private func randomActions(
        _ card: ScorecardModel, _ generator: inout TestGenerator
    ) -> [String: Actionability] {
        var actions: [String: Actionability] = [:]
        for variable in card.variables {
            let labels = Array(variable.labels[variable.binning.regularBins])
            let some: [Actionability] = [
                .fixed, .free, .bins([labels.randomElement(using: &generator)!]),
            ]
            let directed: [Actionability] = [.increasing, .decreasing]
            let isNumeric = variable.binning.kind == .numeric
            let pick = (some + (isNumeric ? directed : [])).randomElement(using: &generator)!
            if Bool.random(using: &generator) { actions[variable.name] = pick }
        }
        return actions
    }

    @Test("SC7: as good as the best of all combinations", arguments: propertySeeds(6))
    func exact(_ seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let table = try CardSample.make()
        let direction = PointsScale.Direction.allCases.randomElement(using: &generator)!
        let card = try CardSample.fitted(
            CardSample.recipe.scaled(PointsScale(direction: direction)))
        let sign = direction == .safetyRaisesPoints ? 1.0 : -1.0
        var found = 0
        for row in 0..<40 {
            let actions = randomActions(card, &generator)
            let improvement = Double(Int.random(in: 1...90, using: &generator))
            let bins = try card.variables.map {
                try $0.binning.binIndex(of: table[row][$0.name])
            }
            let best = bruteForce(card, bins, improvement, actions)
            let result = try card.counterfactual(
                for: table[row], improvingBy: improvement, actionability: actions)
            #expect((result == nil) == (best == nil))
            guard let result, let best else { continue }
            found += 1
            #expect(result.changes.count == best.changes)
            #expect(result.changes.reduce(0) { $0 + $1.steps } == best.steps)
            #expect(result.changes.reduce(0) { $0 + $1.gain } == best.gain)
            #expect(result.score == (try card.score(of: table[row])))
            #expect(sign * (result.changedScore - result.score) == best.gain)
            for change in result.changes {
                let variable = try card[variable: change.variable]
                let from = try #require(variable.labels.firstIndex(of: change.from))
                let to = try #require(variable.labels.firstIndex(of: change.to))
                #expect(sign * (variable.points[to] - variable.points[from]) == change.gain)
                #expect(variable.binning.regularBins.contains(to))
                switch actions[change.variable] ?? .free {
                case .fixed: Issue.record("\(change)")
                case .increasing: #expect(to > from)
                case .decreasing: #expect(to < from)
                case .bins(let labels): #expect(labels.contains(change.to))
                case .free: break
                }
            }
        }
        #expect(found > 5)
    }

    @Test("SC7: the default is for variables that are not named; levels are then fixed")
    func defaults() throws {
        let card = try CardSample.fitted()
        let row = try CardSample.row(income: 12, balance: 39, age: 20, home: "rent")
        #expect(try card.counterfactual(for: row, improvingBy: 1, default: .fixed) == nil)
        let rising = try #require(
            try card.counterfactual(for: row, improvingBy: 5, default: .increasing))
        #expect(rising.changes.allSatisfy { $0.variable == "income" || $0.variable == "age" })
        let home = try #require(
            try card.counterfactual(
                for: row, improvingBy: 1, actionability: ["home": .free], default: .fixed))
        #expect(home.changes.map(\.variable) == ["home"])
    }

    @Test("SC7: what cannot be meant is refused")
    func refusals() throws {
        let card = try CardSample.fitted()
        let row = try CardSample.row(income: 12, balance: 39, age: 20, home: "rent")
        func error(_ improvement: Double, _ actions: [String: Actionability] = [:]) -> ModelError? {
            modelError {
                _ = try card.counterfactual(
                    for: row, improvingBy: improvement, actionability: actions)
            }
        }
        for improvement in [0, -3, .nan, .infinity] as [Double] {
            #expect(error(improvement)?.code == .invalidRecipe)
        }
        #expect(error(1, ["wealth": .free])?.code == .features)
        #expect(error(1, ["home": .increasing])?.code == .invalidRecipe)
        #expect(error(1, ["home": .bins(["castle"])])?.message.contains("'castle'") == true)
        #expect(error(1, ["income": .bins(["Missing"])])?.code == .features)
    }
}
