// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR1: cross-fitted target encoding")
struct TargetEncodingTests {
    private func loans(_ rowCount: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        let levels = (0..<rowCount).map { _ in
            ["a", "b", "c", nil][Int.random(in: 0..<4, using: &generator)]
        }
        return try Table([
            .categorical("level", levels),
            .categorical(
                "class",
                (0..<rowCount).map { _ in
                    Int.random(in: 0..<3, using: &generator) == 0 ? "bad" : "good"
                }),
        ])
    }

    /// Each fold of the training rows has the features that the other folds alone give it.
    @Test(arguments: propertySeeds(6), [TargetEncoding.Smoothing.automatic, .fixed(2)])
    func trainingRowsAreEncodedByTheOtherFolds(
        seed: UInt64, smoothing: TargetEncoding.Smoothing
    ) throws {
        let table = try loans(37, seed: seed)
        let recipe = Pipeline(.targetEncode(smoothing: smoothing, folds: 4, seed: seed))
        let fit = try recipe.fitTransform(table, target: "class", positive: "bad")
        let labels = try table.labels("class", positive: "bad")
        let folds = TrainingFolds(
            target: labels.map { $0 ? 1 : 0 }, foldCount: 4, seed: seed,
            purpose: "target-encoding"
        ).folds
        var sizes: [[Int]] = []
        for fold in 0..<4 {
            let inside = folds.indices.filter { folds[$0] == fold }
            let outside = folds.indices.filter { folds[$0] != fold }
            sizes.append([inside.count, inside.count { labels[$0] }])
            let others = try recipe.fit(
                table[rows: outside], target: "class", positive: "bad")
            let expected = try others.transform(table[rows: inside]).matrix.elements
            #expect(inside.map { fit.features.matrix[$0, 0] } == expected)
        }
        for part in 0..<2 {
            let counts = sizes.map { $0[part] }
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
        }
    }

    /// Changing the target of a row changes features, but not that of the row itself.
    @Test func noRowSeesItsOwnTarget() throws {
        let table = try loans(40, seed: 3)
        let amounts = (0..<40).map { Double($0 * $0 % 17) }
        func features(_ amounts: [Double]) throws -> [Double] {
            var copy = table
            try copy.append(.numeric("y", amounts))
            return try Pipeline(.exclude("class"), .targetEncode()).fitTransform(
                copy, target: "y"
            ).features.matrix.elements
        }
        let before = try features(amounts)
        for row in 0..<40 {
            var changed = amounts
            changed[row] += 1000
            let after = try features(changed)
            #expect(after[row] == before[row])
            #expect(after != before)
        }
    }

    @Test func weightTwoIsTheRowTwice() throws {
        let table = try loans(30, seed: 5)
        let weights = (0..<30).map { Double($0 % 3) }
        let repeated = table[rows: (0..<30).flatMap { [Int](repeating: $0, count: $0 % 3) }]
        for smoothing in [TargetEncoding.Smoothing.automatic, .fixed(1.5)] {
            let recipe = Pipeline(.targetEncode(smoothing: smoothing))
            let weighted = try recipe.fit(
                table, target: "class", positive: "bad", weights: weights)
            let copied = try recipe.fit(repeated, target: "class", positive: "bad")
            expectClose(
                try weighted.transform(table).matrix.elements,
                try copied.transform(table).matrix.elements, relative: 1e-14)
        }
    }

    @Test func refusals() throws {
        let table = try loans(10, seed: 1)
        func code(_ pipeline: Pipeline, _ table: Table, positive: String? = "bad") -> String? {
            do {
                _ = try pipeline.fit(table, target: "class", positive: positive)
                return nil
            } catch {
                return error.code.description
            }
        }
        #expect(code(Pipeline(.targetEncode()), table, positive: nil) == "missingTarget")
        #expect(code(Pipeline(.targetEncode(folds: 1)), table) == "invalidParameter")
        #expect(
            code(Pipeline(.targetEncode(smoothing: .fixed(-1))), table) == "invalidParameter")
        let bad = try table.labels("class", positive: "bad").firstIndex(of: true) ?? 0
        #expect(code(Pipeline(.targetEncode()), table[rows: [bad]]) == "emptyInput")
        #expect(code(Pipeline(.targetEncode(only: ["class"])), table) == "unknownColumn")
    }
}
