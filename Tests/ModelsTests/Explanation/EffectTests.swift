// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("EX1: partial dependence and accumulated local effects")
struct EffectTests {
    let golden: ExplanationGolden

    init() throws { golden = try .load() }

    @Test("partial dependence and ICE are scikit-learn's")
    func partialDependence() throws {
        let curve = try PartialDependence(pointLimit: 12, quantiles: 0...1)
            .curve(of: golden.bayes, for: "x1", on: golden.matrix)
        expectClose(curve.points.map(\.position), golden.dependence.grid, relative: 1e-12)
        expectClose(curve.points.map(\.average), golden.dependence.average, relative: 1e-9)
        expectClose(
            curve.individual.elements, golden.dependence.individual.flatMap { $0 },
            relative: 1e-8, absolute: 1e-14)
        let few = try PartialDependence().curve(of: golden.bayes, for: "x2", on: golden.matrix)
        expectClose(few.points.map(\.position), golden.dependence.few, absolute: 1e-15)
        expectClose(few.points.map(\.average), golden.dependence.fewAverage, relative: 1e-9)
    }

    @Test("centred curves are 0 at their point and keep their shape")
    func centred() throws {
        let curve = try PartialDependence(pointLimit: 5, output: .logOdds)
            .curve(of: golden.bayes, for: "x0", on: golden.matrix)
        let centred = curve.centred(at: 2)
        #expect(centred.individual.column(2).elements.allSatisfy { $0 == 0 })
        #expect(centred.points[2].average == 0)
        expectClose(
            centred.points[4].average, curve.points[4].average - curve.points[2].average,
            relative: 1e-10)
    }

    @Test("weights of averages are repetitions")
    func dependenceWeights() throws {
        let rows = Array(0..<150) + Array(0..<30)
        let weights = (0..<150).map { $0 < 30 ? 2.0 : 1 }
        let grid = [-1, 0, 0.5]
        let weighted = try PartialDependence().curve(
            of: golden.bayes, for: "x0", on: golden.matrix, weights: weights, grid: grid)
        let repeated = try PartialDependence().curve(
            of: golden.bayes, for: "x0", on: golden.matrix.gatheringRows(rows), grid: grid)
        expectClose(weighted.points.map(\.average), repeated.points.map(\.average), relative: 1e-13)
        let effects = AccumulatedLocalEffects(binLimit: 7)
        let first = try effects.curve(
            of: golden.bayes, for: "x0", on: golden.matrix, weights: weights)
        let second = try effects.curve(
            of: golden.bayes, for: "x0", on: golden.matrix.gatheringRows(rows))
        #expect(first.points.map(\.position) == second.points.map(\.position))
        expectClose(
            first.points.map(\.effect), second.points.map(\.effect), relative: 1e-11,
            absolute: 1e-14)
    }

    @Test("numeric effects are those of the definition, with and without ties")
    func numericEffects() throws {
        for (name, expected) in [("x0", golden.numericEffects), ("x2", golden.tiedEffects)] {
            let curve = try AccumulatedLocalEffects(binLimit: 10)
                .curve(of: golden.bayes, for: name, on: golden.matrix)
            expectClose(curve.points.map(\.position), expected.ends, absolute: 0)
            expectClose(
                curve.points.map(\.effect), expected.effects, relative: 1e-8, absolute: 1e-12)
            #expect(curve.points.dropFirst().map(\.weight) == expected.counts)
        }
    }

    private var levelTable: Table {
        get throws {
            try Table([
                .categorical("level", golden.levels.map(Optional.some)),
                .numeric("amount", golden.amounts),
            ])
        }
    }

    private let interaction = TableFunction(inputNames: ["level", "amount"]) { row in
        let code = Double(["a", "b", "c", "d"].firstIndex(of: try row["level"].text ?? "")!)
        let score = try row["amount"].number! * (code == 1 ? 2 : 1)
        return score - (code == 2 ? 0.5 : 0) + 0.25 * code * code
    }

    @Test("effects of levels are PyALE's, in its orders")
    func levelEffects() throws {
        let listed = try AccumulatedLocalEffects(levelOrder: .listed)
            .curve(of: interaction, for: "level", on: levelTable)
        #expect(listed.points.map(\.label) == ["a", "b", "c", "d"])
        expectClose(
            listed.points.map(\.effect), golden.listedEffects, relative: 1e-10, absolute: 1e-13)
        #expect(listed.points.map(\.weight) == golden.listedCounts)
        let similar = try AccumulatedLocalEffects()
            .curve(of: interaction, for: "level", on: levelTable)
        // An axis has no direction: ours starts with the level that is listed first.
        let isReversed = similar.points.map(\.label) == golden.similarLevels.reversed()
        #expect(isReversed || similar.points.map(\.label) == golden.similarLevels)
        let effects = similar.points.map(\.effect)
        expectClose(
            isReversed ? effects.reversed() : effects, golden.similarEffects, relative: 1e-10,
            absolute: 1e-13)
    }

    @Test("both curves of an additive model are its terms")
    func additive() throws {
        let model = TableFunction(inputNames: ["level", "amount"]) { row in
            let number = try row["amount"].number!
            return number * number + (try row["level"].text == "c" ? 3 : 0)
        }
        let effects = try AccumulatedLocalEffects(binLimit: 8)
            .curve(of: model, for: "amount", on: levelTable)
        let dependence = try PartialDependence().curve(
            of: model, for: "amount", on: levelTable,
            grid: effects.points.map { .number($0.position) })
        for index in effects.points.indices {
            let square = effects.points[index].position * effects.points[index].position
            let first = effects.points[0].position * effects.points[0].position
            expectClose(
                effects.points[index].effect - effects.points[0].effect, square - first,
                absolute: 1e-12)
            expectClose(
                dependence.points[index].average - dependence.points[0].average, square - first,
                absolute: 1e-12)
        }
        let levels = try AccumulatedLocalEffects(levelOrder: .listed)
            .curve(of: model, for: "level", on: levelTable)
        expectClose(levels.range, 3, absolute: 1e-12)
    }

    @Test("columns of a pipeline: numbers, levels and missing values")
    func pipeline() throws {
        let model = try LoanTable.fitted()
        let table = try LoanTable.make()
        let home = try PartialDependence().curve(of: model, for: "home", on: table)
        #expect(home.points.map(\.label) == ["free", "own", "rent"])
        #expect(home.points[2].average > home.points[1].average)
        let missing = try PartialDependence().curve(
            of: model, for: "amount", on: table, grid: [.missing, .number(9000)])
        #expect(missing.points.map(\.label) == ["missing", "9000"])
        #expect(missing.points[1].average > missing.points[0].average)
        let effects = try AccumulatedLocalEffects().curve(of: model, for: "amount", on: table)
        let present = Double(table.rowCount - (try table[column: "amount"].missingCount))
        #expect(effects.points.reduce(0) { $0 + $1.weight } == present)
        #expect(effects.points.last!.effect > 0)
        let json = try JSONEncoder().encode(effects)
        #expect(try JSONDecoder().decode(AccumulatedEffectsCurve.self, from: json) == effects)
    }

    @Test("refusals name what is wrong")
    func refusals() throws {
        let model = try golden.bayes
        let dependence = PartialDependence()
        #expect(
            modelError {
                _ = try dependence.curve(of: model, for: "age", on: golden.matrix)
            }?.code == .features)
        #expect(
            modelError {
                _ = try PartialDependence(pointLimit: 1)
                    .curve(of: model, for: "x0", on: golden.matrix)
            }?.code == .invalidRecipe)
        #expect(
            modelError {
                _ = try AccumulatedLocalEffects(binLimit: 0)
                    .curve(of: model, for: "x0", on: golden.matrix)
            }?.code == .invalidRecipe)
        #expect(
            modelError {
                _ = try dependence.curve(of: model, for: "x0", on: .zeros(0, 5))
            }?.code == .empty)
        let wide = modelError { _ = try dependence.curve(of: model, for: "x0", on: .zeros(3, 4)) }
        #expect(wide?.code == .wrongWidth)
        #expect(wide?.message.contains("4 columns") == true)
        let loans = try LoanTable.fitted()
        #expect(
            modelError {
                _ = try dependence.curve(
                    of: loans, for: "home", on: LoanTable.make(), grid: [.number(1)])
            }?.code == .features)
        #expect(
            modelError {
                _ = try AccumulatedLocalEffects().curve(
                    of: model, for: "x0", on: golden.matrix, weights: [1])
            }?.code == .invalidWeights)
        #expect(
            modelError {
                _ = try dependence.curve(of: model, for: "x0", on: golden.matrix) { $0.stop() }
            }?.code == .cancelled)
    }
}
