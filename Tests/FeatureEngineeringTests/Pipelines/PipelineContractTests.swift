// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

/// What every pipeline must keep, for every step alone and for whole pipelines.
struct PipelineContractTests {
    /// The recipes under contract; each ends in finite numbers on ``loans(rowCount:seed:)``.
    static let recipes: [Pipeline] =
        Imputation.NumericStatistic.allCases.map { Pipeline(.impute($0), .oneHot()) }
        + OneHotEncoding.UnknownLevelPolicy.allCases.flatMap { policy in
            [true, false].map { Pipeline(.impute(), .oneHot(dropFirst: $0, unknown: policy)) }
        }
        + Standardisation.Deviation.allCases.map {
            Pipeline(.standardise(deviation: $0), .impute(.mean), .oneHot())
        }
        + [
            Pipeline(.impute(.median, indicators: true), .oneHot(), .standardise()),
            Pipeline(.impute(categorical: .level("none"), indicators: true), .oneHot()),
            Pipeline(.impute(), .clip(quantiles: 0.1...0.8), .oneHot(dropFirst: true)),
            Pipeline(.exclude("job", "housing"), .clip(quantiles: 0...0.5), .impute()),
            Pipeline(
                .impute(only: ["income", "housing", "job"]), .exclude("age"), .oneHot(),
                .standardise(only: ["income", "constant"]), .select("income", "job=a")),
            Pipeline(.select("constant")),
        ]

    /// Loans with missing values in three columns and a column that never varies.
    static func loans(rowCount: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        func draw() -> Double { Double.random(in: 0..<1, using: &generator) }
        return try Table([
            .numeric("income", (0..<rowCount).map { _ in draw() < 0.2 ? nil : draw() * 1e5 }),
            .numeric("age", (0..<rowCount).map { _ in (draw() * 60).rounded() + 18 }),
            .categorical(
                "housing",
                (0..<rowCount).map { _ in
                    draw() < 0.2 ? nil : ["own", "rent", "free"].randomElement(using: &generator)
                }),
            .categorical(
                "job", (0..<rowCount).map { $0 == 0 ? "a" : ["a", "b"][Int(draw() * 2)] },
                levels: ["b", "a", "never"]),
            .numeric("constant", [Double](repeating: 0.1, count: rowCount)),
            .categorical("class", (0..<rowCount).map { _ in draw() < 0.3 ? "bad" : "good" }),
        ])
    }

    private let table: Table

    init() throws { table = try Self.loans(rowCount: 60, seed: 7) }

    private func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

    @Test(arguments: recipes)
    func fitThenTransformIsFitTransform(recipe: Pipeline) throws {
        let fit = try recipe.fitTransform(table, target: "class")
        let (pipeline, features) = (fit.pipeline, fit.features)
        #expect(fit.rows == Array(0..<60))
        let separately = try recipe.fit(table, target: "class")
        #expect(separately == pipeline)
        #expect(separately.hashValue == pipeline.hashValue)
        let transformed = try separately.transform(table)
        #expect(bits(transformed.matrix.elements) == bits(features.matrix.elements))
        #expect(transformed.names == features.names)
        #expect(features.names == pipeline.featureNames)
        #expect(features.rowCount == 60 && features.matrix.columnCount == features.names.count)
        #expect(features.matrix.elements.allSatisfy { $0.isFinite })
        #expect(Set(pipeline.features.map(\.source)).isSubset(of: pipeline.inputs.map(\.name)))
    }

    @Test(arguments: recipes)
    func rowByRowIsTheBatchToTheBit(recipe: Pipeline) throws {
        let pipeline = try recipe.fit(table, target: "class")
        let other = try Self.loans(rowCount: 25, seed: 8)
        let batch = try pipeline.transform(other)
        for row in 0..<other.rowCount {
            let expected = bits(batch.matrix.row(row).elements)
            #expect(bits(try pipeline.transform(other[row])) == expected)
            #expect(
                bits(try pipeline.transform(other[rows: [row]]).matrix.elements) == expected)
        }
    }

    @Test(arguments: recipes)
    func theOrderOfTrainingRowsDoesNotMatter(recipe: Pipeline) throws {
        let expected = CanonicalEncoder.bytes(of: try recipe.fit(table, target: "class"))
        for seed in propertySeeds(5) {
            var generator = TestGenerator(seed: seed)
            let shuffled = table[rows: (0..<table.rowCount).shuffled(using: &generator)]
            let fitted = try recipe.fit(shuffled, target: "class")
            #expect(CanonicalEncoder.bytes(of: fitted) == expected)
        }
    }

    /// Rows outside the training part, and levels that only they have, leave no trace.
    @Test(arguments: recipes)
    func testRowsDoNotLeak(recipe: Pipeline) throws {
        let more = try Table([
            .numeric("income", [-1e12, nil]), .numeric("age", [1e12, nil]),
            .categorical("housing", ["aaa", nil]), .categorical("job", ["never", "0"]),
            .numeric("constant", [5, nil]), .categorical("class", ["bad", "new"]),
        ])
        let joined = try Table(
            try table.columns.map { column in
                let other = try more[column: column.name]
                if let numbers = column.numbers, let others = other.numbers {
                    return try .numeric(
                        column.name, (numbers + others).map { $0.isNaN ? nil : $0 })
                }
                return try .categorical(column.name, column.texts! + other.texts!)
            })
        let training = joined[rows: Array(0..<table.rowCount)]
        #expect(try training[column: "housing"].levels?.contains("aaa") == true)
        // Discovered levels are ordered by bytes, so the declared order is not compared here.
        let discovered = try Table(
            try table.columns.map { column in
                column.levels == nil ? column : try .categorical(column.name, column.texts!)
            })
        let expected = try recipe.fit(discovered, target: "class")
        let fitted = try recipe.fit(training, target: "class")
        #expect(CanonicalEncoder.bytes(of: fitted) == CanonicalEncoder.bytes(of: expected))
    }

    @Test(arguments: recipes)
    func bytesAndCodersKeepEverything(recipe: Pipeline) throws {
        let pipeline = try recipe.fit(table, target: "class")
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(decoded == pipeline)
        #expect(CanonicalEncoder.bytes(of: decoded) == bytes)
        #expect(
            bits(try decoded.transform(table).matrix.elements)
                == bits(try pipeline.transform(table).matrix.elements))
        let recipeBytes = CanonicalEncoder.bytes(of: recipe)
        #expect(try CanonicalDecoder.decode(Pipeline.self, from: recipeBytes) == recipe)
        let coded = try JSONEncoder().encode([pipeline])
        #expect(try JSONDecoder().decode([FittedPipeline].self, from: coded) == [pipeline])
        let codedRecipe = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Pipeline.self, from: codedRecipe) == recipe)
    }

    @Test(arguments: recipes)
    func emptyTables(recipe: Pipeline) throws {
        let empty = table[rows: []]
        let error = #expect(throws: FeatureError.self) {
            try recipe.fit(empty, target: "class")
        }
        #expect(error?.code == .emptyInput)
        let features = try recipe.fit(table, target: "class").transform(empty)
        #expect(features.rowCount == 0 && features.columnCount == features.names.count)
    }

    @Test(arguments: recipes)
    func wrongColumnsAreNamed(recipe: Pipeline) throws {
        let pipeline = try recipe.fit(table, target: "class")
        for input in pipeline.inputs {
            let without = try table.removing([input.name])
            let swapped = try Table(
                try table.columns.map { column in
                    column.name != input.name
                        ? column
                        : column.kind == .numeric
                            ? try .categorical(
                                column.name, [String?](repeating: "x", count: table.rowCount))
                            : try .numeric(
                                column.name, [Double](repeating: 1, count: table.rowCount))
                })
            for (table, code) in [(without, "unknownColumn"), (swapped, "wrongKind")] {
                let batch = #expect(throws: FeatureError.self) { try pipeline.transform(table) }
                let single = #expect(throws: FeatureError.self) {
                    try pipeline.transform(table[0])
                }
                for error in [batch, single] {
                    #expect(error?.code.description == code && error?.column == input.name)
                }
            }
        }
        let reordered = try Table(table.columns.reversed())
        #expect(try pipeline.transform(reordered) == pipeline.transform(table))
    }
}
