// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

/// What every transformer must keep about rows, order and bytes.
@Suite("PR1: contracts of every transformer")
struct TransformerContractTests {
    private func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

    @Test func everyTransformerIsUnderContract() {
        let tested = Set(TransformerCase.all.flatMap { $0.recipe.steps.map(\.name) })
        #expect(tested == Set(Pipeline.stepNames))
        #expect(Set(TransformerCase.all.map(\.name)).count == TransformerCase.all.count)
    }

    @Test(arguments: TransformerCase.all)
    func fitThenTransformIsFitTransform(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let fit = try given.recipe.fitTransform(table, target: "class", positive: "bad")
        let (pipeline, features) = (fit.pipeline, fit.features)
        let separately = try given.fit(table)
        #expect(separately == pipeline)
        #expect(separately.hashValue == pipeline.hashValue)
        #expect(given.dropsRows ? fit.rows.count < 60 : fit.rows == Array(0..<60))
        #expect(zip(fit.rows, fit.rows.dropFirst()).allSatisfy(<))
        let transformed = try separately.transform(table[rows: fit.rows])
        let areEqual =
            bits(transformed.matrix.elements) == bits(features.matrix.elements)
        #expect(areEqual != given.isCrossFitted)
        #expect(transformed.names == features.names)
        #expect(features.names == pipeline.featureNames)
        #expect(features.rowCount == fit.rows.count)
        #expect(features.matrix.columnCount == features.names.count)
        #expect(features.matrix.elements.allSatisfy { $0.isFinite })
        #expect(Set(pipeline.features.map(\.source)).isSubset(of: pipeline.inputs.map(\.name)))
    }

    @Test(arguments: TransformerCase.all)
    func rowByRowIsTheBatchToTheBit(_ given: TransformerCase) throws {
        let pipeline = try given.fit(given.loans(60, seed: 7))
        let other = try given.loans(25, seed: 8)
        let batch = try pipeline.transform(other)
        var transformer = RowTransformer(pipeline)
        for row in 0..<other.rowCount {
            let expected = bits(batch.matrix.row(row).elements)
            #expect(bits(try pipeline.transform(other[row])) == expected)
            #expect(bits(try transformer.features(of: other[row])) == expected)
            let values = try pipeline.inputs.map { try other[row][$0.name] }
            #expect(bits(try transformer.features(of: values)) == expected)
            #expect(
                bits(try pipeline.transform(other[rows: [row]]).matrix.elements) == expected)
        }
    }

    @Test(arguments: TransformerCase.all)
    func theOrderOfTrainingRowsDoesNotMatter(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let expected = CanonicalEncoder.bytes(of: try given.fit(table))
        for seed in propertySeeds(3) {
            var generator = TestGenerator(seed: seed)
            let shuffled = table[rows: (0..<table.rowCount).shuffled(using: &generator)]
            #expect(CanonicalEncoder.bytes(of: try given.fit(shuffled)) == expected)
        }
    }

    /// Rows outside the training part, and levels that only they have, leave no trace.
    @Test(arguments: TransformerCase.all)
    func testRowsDoNotLeak(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let joined = try Table(
            try table.columns.map { column in
                if let numbers = column.numbers {
                    return try .numeric(
                        column.name, (numbers + [1e12, .nan]).map { $0.isNaN ? nil : $0 })
                }
                if let dates = column.dates { return .date(column.name, dates + [dates[0], nil]) }
                return try .categorical(
                    column.name,
                    column.texts! + (column.name == "class" ? ["bad", "new"] : ["aaa", nil]))
            })
        let training = joined[rows: Array(0..<table.rowCount)]
        #expect(try training[column: "housing"].levels?.contains("aaa") == true)
        // Discovered levels are ordered by bytes, so the declared order is not compared here.
        let discovered = try Table(
            try table.columns.map { column in
                column.levels == nil ? column : try .categorical(column.name, column.texts!)
            })
        #expect(
            CanonicalEncoder.bytes(of: try given.fit(training))
                == CanonicalEncoder.bytes(of: try given.fit(discovered)))
    }

    @Test(arguments: TransformerCase.all)
    func bytesAndCodersKeepEverything(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let pipeline = try given.fit(table)
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(decoded == pipeline)
        #expect(CanonicalEncoder.bytes(of: decoded) == bytes)
        #expect(
            bits(try decoded.transform(table).matrix.elements)
                == bits(try pipeline.transform(table).matrix.elements))
        let recipeBytes = CanonicalEncoder.bytes(of: given.recipe)
        #expect(try CanonicalDecoder.decode(Pipeline.self, from: recipeBytes) == given.recipe)
        let coded = try JSONEncoder().encode([pipeline])
        #expect(try JSONDecoder().decode([FittedPipeline].self, from: coded) == [pipeline])
        let codedRecipe = try JSONEncoder().encode(given.recipe)
        #expect(try JSONDecoder().decode(Pipeline.self, from: codedRecipe) == given.recipe)
    }

    /// Cut bytes are refused.
    ///
    /// A wrong byte is refused, or gives another valid pipeline that keeps its own bytes and whose
    /// features are finite or errors. Nothing crashes.
    @Test(arguments: TransformerCase.all)
    func wrongBytesNeverCrash(_ given: TransformerCase) throws {
        let table = try given.loans(12, seed: 7)
        let bytes = CanonicalEncoder.bytes(of: try given.fit(table))
        let other = try given.loans(2, seed: 8)
        var refused = 0
        for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(FittedPipeline.self, from: Array(bytes[..<index]))
            }
            for change in [1, 0xFF] as [UInt8] {
                var wrong = bytes
                wrong[index] ^= change
                do {
                    let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: wrong)
                    #expect(CanonicalEncoder.bytes(of: decoded) == wrong)
                    if let features = try? decoded.transform(other) {
                        #expect(features.matrix.elements.allSatisfy { $0.isFinite })
                        #expect(features.matrix.elements.count == 2 * features.names.count)
                    }
                } catch { refused += 1 }
            }
        }
        #expect(refused > 0)
    }
}
