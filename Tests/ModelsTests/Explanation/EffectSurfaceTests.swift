// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("EX1: effects of two columns at once")
struct EffectSurfaceTests {
    struct Golden: Decodable {
        struct Dependence: Decodable {
            var first, second: [Double]
            var average: [[Double]]
        }
        struct Effects: Decodable {
            var first, second: [Double]
            var weights, effects: [[Double]]
        }

        var dependence: Dependence
        var dense, sparse: Effects
    }

    let golden: Golden
    let rows: ExplanationGolden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "effect_surfaces", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        rows = try .load()
    }

    @Test("partial dependence on two columns is scikit-learn's")
    func dependence() throws {
        var steps: [Int] = []
        let surface = try PartialDependence(pointLimit: 12, quantiles: 0...1).surface(
            of: rows.bayes, for: ("x1", "x2"), on: rows.matrix
        ) { steps.append($0.step) }
        expectClose(surface.first.positions, golden.dependence.first, relative: 1e-12)
        expectClose(surface.second.positions, golden.dependence.second, relative: 1e-12)
        expectClose(
            surface.averages.elements, golden.dependence.average.flatMap { $0 }, relative: 1e-9)
        #expect(surface.first.feature == "x1" && surface.second.feature == "x2")
        #expect(steps == Array(1...12))
    }

    @Test("joint effects are those of the definition, with and without empty cells")
    func effects() throws {
        for (names, bins, expected) in [
            (("x0", "x3"), 4, golden.dense), (("x0", "x1"), 10, golden.sparse),
        ] {
            let surface = try AccumulatedLocalEffects(binLimit: bins)
                .surface(of: rows.bayes, for: names, on: rows.matrix)
            expectClose(surface.firstEnds, expected.first, absolute: 0)
            expectClose(surface.secondEnds, expected.second, absolute: 0)
            #expect(surface.weights.elements == expected.weights.flatMap { $0 })
            expectClose(
                surface.effects.elements, expected.effects.flatMap { $0 }, relative: 1e-8,
                absolute: 1e-12)
            // The order of the columns does not matter.
            let turned = try AccumulatedLocalEffects(binLimit: bins)
                .surface(of: rows.bayes, for: (names.1, names.0), on: rows.matrix)
            expectClose(
                turned.effects.transposed.materialized().elements, surface.effects.elements,
                absolute: 1e-13)
        }
        #expect(golden.sparse.weights.flatMap { $0 }.contains(0))
    }

    /// Twelve values of two columns in all combinations, and a column of levels.
    private func grid() throws -> Table {
        let a: [Double] = (0..<144).map { (Double($0 / 12) - 5.5) / 4 }
        let b: [Double] = (0..<144).map { (Double($0 % 12) + 1) / 3 }
        let c: [String?] = a.map { $0 < 0 ? "low" : "high" }
        return try Table([.numeric("a", a), .numeric("b", b), .categorical("c", c)])
    }

    private let product = TableFunction(inputNames: ["a", "b", "c"]) { row in
        let a: Double = try row["a"].number!
        let b: Double = try row["b"].number!
        return a * b + a - 7
    }

    @Test("an additive model has no joint effect; a product has that of its deviations")
    func closedForms() throws {
        let sum = TableFunction(inputNames: ["a", "b", "c"]) { row in
            let a: Double = try row["a"].number!
            let b: Double = try row["b"].number!
            return a * a * a + 2 / b
        }
        let plan = AccumulatedLocalEffects(binLimit: 12)
        #expect(try plan.surface(of: sum, for: ("a", "b"), on: grid()).range < 1e-12)
        let joint = try plan.surface(of: product, for: ("a", "b"), on: grid())
        let effects = joint.effects
        for (i, first) in joint.firstEnds.enumerated() {
            for (j, second) in joint.secondEnds.enumerated() {
                // What is left when both main effects are taken off any four corners.
                let mixed: Double =
                    effects[i, j] - effects[i, 0] - effects[0, j] + effects[0, 0]
                let expected: Double =
                    (first - joint.firstEnds[0]) * (second - joint.secondEnds[0])
                expectClose(mixed, expected, absolute: 1e-12)
            }
        }
        var mean = 0.0
        for i in 0..<joint.weights.rowCount {
            for j in 0..<joint.weights.columnCount {
                var corners: Double = effects[i, j] + effects[i + 1, j]
                corners += effects[i, j + 1] + effects[i + 1, j + 1]
                mean += joint.weights[i, j] * corners / 576
            }
        }
        expectClose(mean, 0, absolute: 1e-13)
    }

    @Test("partial dependence of a product, and of levels")
    func dependenceByHand() throws {
        let plan = PartialDependence(pointLimit: 12)
        let surface = try plan.surface(of: product, for: ("a", "b"), on: grid())
        for (i, a) in surface.first.positions.enumerated() {
            for (j, b) in surface.second.positions.enumerated() {
                let expected: Double = a * b + a - 7
                expectClose(surface.averages[i, j], expected, absolute: 1e-12)
            }
        }
        let levels = try plan.surface(of: product, for: ("c", "a"), on: grid())
        #expect(Set(levels.first.labels) == ["high", "low"] && levels.first.positions == [0, 1])
        #expect(levels.averages.row(0).elements == levels.averages.row(1).elements)
    }

    @Test("a weight of 2 is the row twice, and 0 none")
    func weights() throws {
        let repeated = Array(0..<100) + Array(0..<30)
        let weights = (0..<150).map { $0 < 30 ? 2.0 : $0 < 100 ? 1 : 0 }
        let plan = AccumulatedLocalEffects(binLimit: 6)
        let first = try plan.surface(
            of: rows.bayes, for: ("x0", "x1"), on: rows.matrix, weights: weights)
        let second = try plan.surface(
            of: rows.bayes, for: ("x0", "x1"), on: rows.matrix.gatheringRows(repeated))
        #expect(first.firstEnds == second.firstEnds && first.weights == second.weights)
        expectClose(first.effects.elements, second.effects.elements, absolute: 1e-13)
    }

    @Test("columns that are the same, not there, not numeric or constant are refused")
    func refusals() throws {
        let plan = AccumulatedLocalEffects()
        func code(_ names: (String, String)) throws -> ModelError.Code? {
            modelError { _ = try plan.surface(of: rows.bayes, for: names, on: rows.matrix) }?.code
        }
        #expect(try code(("x0", "x0")) == .invalidRecipe)
        #expect(try code(("x0", "x9")) == .features)
        let model = try LoanTable.fitted()
        let table = try LoanTable.make()
        let level = modelError {
            _ = try plan.surface(of: model, for: ("age", "home"), on: table)
        }
        #expect(level?.code == .features && level?.message.contains("'home'") == true)
        let flat = modelError {
            _ = try plan.surface(
                of: rows.bayes, for: ("x0", "x1"), on: rows.matrix.gatheringRows([3, 3]))
        }
        #expect(flat?.code == .noSpread)
        #expect(
            modelError {
                _ = try PartialDependence().surface(
                    of: model, for: ("age", "age"), on: table)
            }?.code == .invalidRecipe)
        // Rows with a missing amount are left out of the effects.
        let surface = try plan.surface(of: model, for: ("amount", "age"), on: table)
        let missing = (0..<table.rowCount).count { $0 % 17 == 3 }
        #expect(surface.weights.sum() == Double(table.rowCount - missing))
    }
}
