// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("EX1: Shapley values")
struct ShapleyTests {
    let golden: ExplanationGolden

    init() throws { golden = try .load() }

    /// The mean over all orders of what a column adds, from the definition.
    static func bruteForce(
        _ row: [Double], _ background: [[Double]], _ function: ([Double]) -> Double
    ) -> [Double] {
        let count = row.count
        var worths: [Double] = []
        for set in 0..<1 << count {
            var sum = 0.0
            for other in background {
                let mixed: [Double] = (0..<count).map { set >> $0 & 1 == 1 ? row[$0] : other[$0] }
                sum += function(mixed)
            }
            worths.append(sum / Double(background.count))
        }
        func factorial(_ n: Int) -> Double { n < 2 ? 1 : Double(n) * factorial(n - 1) }
        var values = [Double](repeating: 0, count: count)
        for player in 0..<count {
            for set in 0..<1 << count where set >> player & 1 == 0 {
                let size = set.nonzeroBitCount
                let weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                values[player] += weight * (worths[set | 1 << player] - worths[set])
            }
        }
        return values
    }

    private static func wave(_ x: [Double]) -> Double {
        let last = x[x.count - 1]
        let wave: Double = sin(x[2]) * last + max(0, x[1] - x[2])
        return wave + x[0] * x[1] - 0.3 * x[0] * x[0] * last
    }

    @Test("all coalitions are the definition, to 1e-10", arguments: propertySeeds(4))
    func exact(_ seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        for count in 3...7 {
            let rows = (0..<8).map { _ in
                (0..<count).map { _ in Double.random(in: -2...2, using: &generator) }
            }
            let names = (0..<count).map { "c\($0)" }
            let values = try KernelSHAP(coalitions: .all).explain(
                names: names, rows: Matrix(rows: Array(rows[0..<2])),
                background: Matrix(rows: Array(rows[2...]))
            ) { (matrix) throws(ModelError) in
                (0..<matrix.rowCount).map { Self.wave(matrix.row($0).elements) }
            }
            for row in 0..<2 {
                expectClose(
                    values.values.row(row).elements,
                    Self.bruteForce(rows[row], Array(rows[2...]), Self.wave),
                    absolute: 1e-10, "seed \(seed), \(count) columns")
            }
            #expect(values.additivityError < 1e-12)
        }
    }

    @Test("kernel SHAP of a classifier is shap's")
    func kernelGolden() throws {
        let x = golden.matrix
        let values = try KernelSHAP().explain(
            golden.bayes, x[20..<24], background: x[0..<20])
        expectClose(values.base, golden.kernel.base, relative: 1e-9)
        expectClose(
            values.values.elements, golden.kernel.values.flatMap { $0 }, relative: 1e-7,
            absolute: 1e-9)
    }

    @Test("linear SHAP, interventional as shap and correlated as all orders")
    func linearGolden() throws {
        let model = try LogisticRegression(penalty: .none).fit(golden.data)
        let explainer = try LinearSHAP(background: golden.matrix)
        let rows = golden.matrix[20..<24]
        let values = try explainer.explain(model, rows)
        expectClose(values.base, golden.linear.base, relative: 1e-6)
        expectClose(
            values.values.elements, golden.linear.values.flatMap { $0 }, relative: 1e-6,
            absolute: 1e-7)
        let correlated = try explainer.explain(model, rows, dependence: .correlated())
        expectClose(
            correlated.values.elements, golden.linear.correlated.flatMap { $0 }, relative: 1e-6,
            absolute: 1e-7)
        #expect(values.additivityError < 1e-12)
        #expect(correlated.additivityError < 1e-10)
        let weights = (0..<150).map { $0 < 30 ? 2.0 : 1 }
        let repeated = golden.matrix.gatheringRows(Array(0..<150) + Array(0..<30))
        let weighted = try LinearSHAP(background: golden.matrix, weights: weights)
        expectClose(
            weighted.covariance.elements, try LinearSHAP(background: repeated).covariance.elements,
            relative: 1e-11, absolute: 1e-13)
    }

    @Test("linear SHAP is kernel SHAP of the log-odds")
    func linearIsKernel() throws {
        let model = try LogisticRegression().fit(golden.data)
        let (x, rows) = (golden.matrix[0..<30], golden.matrix[30..<33])
        let linear = try LinearSHAP(background: x).explain(model, rows)
        let kernel = try KernelSHAP(output: .logOdds).explain(model, rows, background: x)
        expectClose(linear.values.elements, kernel.values.elements, absolute: 1e-9)
        expectClose(linear.base, kernel.base, absolute: 1e-10)
    }

    @Test("sampled orders of many correlated columns come near the exact values")
    func sampledOrders() throws {
        // 14 columns, of which those beyond the sixth are 0 and independent: the exact values of
        // the first six alone are known.
        var generator = TestGenerator(seed: 3)
        let rows = (0..<200).map { _ in
            let shared = Double.random(in: -1...1, using: &generator)
            return (0..<14).map { (column: Int) -> Double in
                let own = Double.random(in: -1...1, using: &generator)
                return column < 6 ? own + shared : own
            }
        }
        let labels = rows.map { (row: [Double]) -> Bool in
            let noise = Double.random(in: -1...1, using: &generator)
            return row[0] + row[1] - row[2] + noise > 0
        }
        let model = try LogisticRegression().fit(features: Matrix(rows: rows), labels: labels)
        let few = try LogisticRegression().fit(
            features: Matrix(rows: rows.map { Array($0[0..<6]) }), labels: labels)
        let explainer = try LinearSHAP(background: Matrix(rows: rows))
        let sampled = try explainer.explain(
            model, Matrix(rows: [rows[0]]),
            dependence: .correlated(orderCount: 20, seed: 4))
        #expect(sampled.additivityError < 1e-10)
        let again = try explainer.explain(
            model, Matrix(rows: [rows[0]]),
            dependence: .correlated(orderCount: 20, seed: 4))
        #expect(sampled == again)
        let exact = try LinearSHAP(background: Matrix(rows: rows.map { Array($0[0..<6]) }))
            .explain(few, Matrix(rows: [Array(rows[0][0..<6])]), dependence: .correlated())
        expectClose(
            Array(sampled.values.row(0).elements[0..<6]), exact.values.elements, absolute: 0.25)
    }

    @Test("sampled coalitions: additive, seeded, near the exact values, exact for pairs")
    func sampledCoalitions() throws {
        var generator = TestGenerator(seed: 8)
        let rows = (0..<6).map { _ in
            (0..<14).map { _ in Double.random(in: -1...1, using: &generator) }
        }
        let names = (0..<14).map { "c\($0)" }
        func explain(
            _ recipe: KernelSHAP, _ function: @escaping @Sendable ([Double]) -> Double
        ) throws -> ShapleyValues {
            try recipe.explain(
                names: names, rows: Matrix(rows: [rows[0]]),
                background: Matrix(rows: Array(rows[1...]))
            ) { (matrix) throws(ModelError) in
                (0..<matrix.rowCount).map { function(matrix.row($0).elements) }
            }
        }
        // Values of a sum of terms of two columns follow from any paired sample.
        let pairs: @Sendable ([Double]) -> Double = { x in
            var sum = 2 * x[3]
            for index in 0..<13 { sum += x[index] * x[index + 1] }
            return sum
        }
        let paired = try explain(KernelSHAP(coalitions: .sampled(300), seed: 1), pairs)
        expectClose(
            paired.values.row(0).elements, Self.bruteForce(rows[0], Array(rows[1...]), pairs),
            absolute: 1e-9)
        let triples: @Sendable ([Double]) -> Double = { x in
            var sum = 0.0
            for index in 0..<12 { sum += x[index] * x[index + 1] * x[index + 2] }
            return sum
        }
        let exact = Self.bruteForce(rows[0], Array(rows[1...]), triples)
        func error(_ values: ShapleyValues) -> Double {
            let squares = zip(values.values.elements, exact).reduce(0) {
                $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
            }
            return (squares / 14).squareRoot()
        }
        let some = try explain(KernelSHAP(coalitions: .sampled(1500), seed: 1), triples)
        let few = try explain(KernelSHAP(coalitions: .sampled(120), seed: 1), triples)
        #expect(error(some) < 0.02)
        #expect(error(some) < error(few) / 2)
        #expect(some.additivityError < 1e-12)
        #expect(
            try explain(KernelSHAP(coalitions: .sampled(1500), seed: 1), triples) == some)
        #expect(
            try explain(KernelSHAP(coalitions: .sampled(1500), seed: 2), triples) != some)
    }

    @Test("columns of a table, groups, symmetry and a player that does nothing")
    func tables() throws {
        let model = try LoanTable.fitted()
        let table = try LoanTable.make()
        let background = table[rows: Array(20..<40)]
        let rows = table[rows: [0, 3, 8]]
        let values = try KernelSHAP(output: .logOdds).explain(model, rows, background: background)
        #expect(values.names == ["amount", "age", "home"])
        #expect(values.additivityError < 1e-12)
        // The same from the features of the pipeline, whose indicators belong together.
        let features = try LinearSHAP(background: model.features(of: background).matrix)
            .explain(model.model, model.features(of: rows).matrix)
            .grouped(model.columnGroups)
        #expect(features.names == ["amount", "age", "home"])
        expectClose(features.values.elements, values.values.elements, absolute: 1e-9)
        let grouped = try KernelSHAP(output: .logOdds).explain(
            model, rows, background: background,
            groups: [FeatureGroup("person", ["age", "home"])])
        #expect(grouped.names == ["person", "amount"])
        for row in 0..<3 {
            expectClose(
                grouped.values[row, 0], values.values[row, 1] + values.values[row, 2],
                absolute: 1e-9)
        }
        let one = try KernelSHAP().explain(
            model, rows, background: background,
            groups: [FeatureGroup("all", ["age", "home", "amount"])])
        #expect(one.additivityError < 1e-12)
        let constant = TableFunction(inputNames: ["age", "amount"]) { try $0["age"].number! / 100 }
        let unused = try KernelSHAP().explain(constant, rows, background: background)
        #expect(unused.values.column(1).elements.allSatisfy { abs($0) < 1e-14 })
    }

    @Test("reasons: raising columns, one per code, in order")
    func reasons() throws {
        let values = try ShapleyValues(
            names: ["debt", "age", "income", "job"], base: -1,
            values: Matrix(rows: [[0.4, 0.1, 0.35, 0], [-0.1, -0.2, -0.3, -0.1]]),
            outputs: [-0.15, -1.7])
        let shared = ReasonStatement(
            code: "R1", text: "Income and employment", denialReason: .employmentHistory)
        let reasons = try values.reasons(
            row: 0, limit: 2, statements: ["income": shared, "age": shared])
        #expect(reasons.map(\.statement.code) == ["R1", "debt"])
        expectClose(reasons[0].value, 0.45, absolute: 1e-15)
        #expect(reasons[0].contributions.map(\.name) == ["income", "age"])
        #expect(try values.reasons(row: 1).isEmpty)
        #expect(try values.reasons(row: 0).map(\.statement.code) == ["debt", "income", "age"])
        expectClose(values.meanSizes, [0.25, 0.15, 0.325, 0.05], absolute: 1e-15)
        #expect(
            modelError { _ = try values.reasons(row: 0, statements: ["x": shared]) }?.code
                == .features)
        #expect(modelError { _ = try values.reasons(row: 0, limit: 0) }?.code == .invalidRecipe)
        let json = try JSONEncoder().encode(values)
        #expect(try JSONDecoder().decode(ShapleyValues.self, from: json) == values)
    }

    @Test("refusals name what is wrong")
    func refusals() throws {
        let model = try golden.bayes
        let x = golden.matrix
        #expect(
            modelError { _ = try KernelSHAP().explain(model, x, background: .zeros(0, 5)) }?.code
                == .empty)
        #expect(
            modelError {
                _ = try KernelSHAP(coalitions: .sampled(9))
                    .explain(model, x[0..<1], background: x)
            }?.code == .invalidRecipe)
        #expect(
            modelError { _ = try KernelSHAP().explain(model, .zeros(1, 4), background: x) }?.code
                == .wrongWidth)
        for groups in [
            [FeatureGroup("a", ["x9"])], [FeatureGroup("a", [])],
            [FeatureGroup("a", ["x1"]), FeatureGroup("b", ["x1"])],
            [FeatureGroup("a", ["x1"]), FeatureGroup("a", ["x2"])],
        ] {
            #expect(
                modelError {
                    _ = try KernelSHAP().explain(
                        model, x[0..<1], background: x, groups: groups)
                }?.code == .features)
        }
        #expect(
            modelError {
                _ = try KernelSHAP().explain(
                    names: ["a", "b"], rows: .zeros(1, 2), background: .zeros(1, 2)
                ) { (_) throws(ModelError) in [.nan] }
            }?.code == .nonFinite)
        #expect(
            modelError {
                _ = try KernelSHAP().explain(
                    names: ["a", "b"], rows: .zeros(2, 2), background: .zeros(1, 2)
                ) { (_) throws(ModelError) in [1] }
            }?.code == .incompatible)
        #expect(
            modelError {
                _ = try KernelSHAP().explain(model, x[0..<2], background: x[0..<3]) { $0.stop() }
            }?.code == .cancelled)
        #expect(
            modelError {
                _ = try ShapleyValues(
                    names: ["a"], base: 0, values: .zeros(1, 2), outputs: [0])
            }?.code == .incompatible)
        #expect(
            modelError { _ = try LinearSHAP(background: .zeros(0, 2)) }?.code == .empty)
    }
}
