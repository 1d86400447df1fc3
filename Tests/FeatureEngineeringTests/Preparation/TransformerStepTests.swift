// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

/// Transformers on tables small enough to work out by hand.
@Suite("PR1: transformers by hand")
struct TransformerStepTests {
    private func fitted(_ step: Pipeline.Step, _ values: [Double?]) throws -> FittedPipeline {
        try Pipeline(step).fit(Table([.numeric("x", values)]))
    }

    private func numbers(_ pipeline: FittedPipeline, _ values: [Double]) throws -> [Double] {
        try pipeline.transform(Table([.numeric("x", values)])).matrix.elements
    }

    @Test func logarithmsOutsideTheirDomainAreRefused() throws {
        let natural = try fitted(.logarithm(.natural), [1, 2, 4])
        expectClose(try numbers(natural, [1, 8]), [0, 8 * log(2) / 8 * 3], relative: 1e-15)
        let error = #expect(throws: FeatureError.self) { try numbers(natural, [3, 0]) }
        #expect(error?.code == .outOfRange && error?.row == 1 && error?.value == "0")
        #expect(
            error?.message == "row 1, column 'x': 0 is outside what the step is defined for")
        let training = #expect(throws: FeatureError.self) {
            try fitted(.logarithm(.onePlus), [0, -0.5, -1])
        }
        #expect(training?.code == .outOfRange && training?.row == 2 && training?.column == "x")
        // The number is the one that the step got, not the table's.
        let scaled = try Pipeline(.minMaxScale(to: 1...2), .logarithm(.natural)).fit(
            Table([.numeric("x", [1, 3])]))
        let below = #expect(throws: FeatureError.self) { try numbers(scaled, [-5]) }
        #expect(below?.value == "-2")
        // A column that is not skewed is not touched, whatever its values.
        #expect(
            try numbers(fitted(.logarithm(.natural, minimumSkewness: 1), [-1, 0, 1]), [-5])
                == [-5])
    }

    @Test func yeoJohnsonOfConstantsAndHugeNumbers() throws {
        #expect(try numbers(fitted(.yeoJohnson(), [3, 3, 3]), [3, 5]) == [0, 2])
        #expect(try numbers(fitted(.yeoJohnson(standardise: false), [3, 3]), [7.5]) == [7.5])
        for values in [[1e9, 1e9 + 1, 1e9 + 5], [1e150, 3e149, 5], [-1e9, -1e9 - 4, -1e9 - 5]] {
            let results = try numbers(fitted(.yeoJohnson(), values), values)
            #expect(results.allSatisfy { $0.isFinite })
            #expect(
                zip(values, values.dropFirst()).map(<) == zip(results, results.dropFirst()).map(<))
        }
    }

    @Test func quantilesOfTiesAndConstants() throws {
        let ties = try fitted(.quantileTransform(), [0, 1, 1, 1, 4])
        #expect(try numbers(ties, [-1, 0, 0.5, 1, 2.5, 4, 9]) == [0, 0, 0.125, 0.5, 0.875, 1, 1])
        #expect(try numbers(fitted(.quantileTransform(), [7]), [6, 7, 8]) == [0, 0, 1])
        let normal = try fitted(.quantileTransform(.normal), [0, 1, 2])
        let ends = try numbers(normal, [-1, 1, 3])
        expectClose(ends, [-5.199337582187471, 0, 5.199337582187471], relative: 1e-9)
    }

    @Test func scalingOfConstantsAndNewValues() throws {
        #expect(try numbers(fitted(.robustScale(), [4, 4, 4]), [4, 6]) == [0, 2])
        let range = try fitted(.minMaxScale(to: 10...20), [1, 3])
        #expect(try numbers(range, [1, 2, 3, 5]) == [10, 15, 20, 30])
        let clipped = try fitted(.minMaxScale(to: 10...20, clip: true), [1, 3])
        #expect(try numbers(clipped, [0, 2, 5]) == [10, 15, 20])
        #expect(try numbers(fitted(.minMaxScale(), [4, 4]), [4]) == [0])
        #expect(try numbers(fitted(.maxAbsScale(), [-4, 2]), [-4, 1, 8]) == [-1, 0.25, 2])
        #expect(try numbers(fitted(.maxAbsScale(clip: true), [-4, 2]), [8]) == [1])
        #expect(try numbers(fitted(.maxAbsScale(), [0, 0]), [3]) == [3])
        #expect(throws: FeatureError.self) { try fitted(.robustScale(), [1e308, -1e308, -1e308]) }
    }

    @Test func unknownLevelsOfOrdinalEncoding() throws {
        let train = try Table([.categorical("c", ["b", nil, "a"], levels: ["b", "x", "a"])])
        let test = try Table([.categorical("c", ["a", "new", nil])])
        func features(_ policy: OrdinalEncoding.UnknownLevelPolicy) throws -> [Double] {
            try Pipeline(.ordinal(unknown: policy), .impute(.mean)).fit(train).transform(test)
                .matrix.elements
        }
        #expect(try features(.value(-7)) == [1, -7, 0.5])
        #expect(try features(.missing) == [1, 0.5, 0.5])
        let error = #expect(throws: FeatureError.self) { try features(.error) }
        #expect(error?.code == .unknownLevel && error?.value == "new" && error?.row == 1)
    }

    @Test func rareLevels() throws {
        let values = ["a", "a", "a", "a", "b", "b", "b", "c", "c", "d", nil]
        let train = try Table([.categorical("c", values)])
        let test = try Table([.categorical("c", ["a", "b", "c", "d", "new"])])
        func features(_ step: Pipeline.Step) throws -> FeatureMatrix {
            try Pipeline(step, .impute(), .oneHot(unknown: .ignore)).fit(train).transform(test)
        }
        let shares = try features(.groupRareLevels(below: 0.25))
        #expect(shares.names == ["c=a", "c=b", "c=(rare)"])
        #expect(shares.matrix.elements == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1])
        #expect(
            try features(.groupRareLevels(below: 0.2)).names == ["c=a", "c=b", "c=c", "c=(rare)"])
        #expect(
            try features(.groupRareLevels(below: 0, maximumLevels: 3, into: "else")).names
                == ["c=a", "c=b", "c=else"])
        // Nothing is rare: a new level stays unknown, and one-hot encoding decides.
        let whole = try features(.groupRareLevels(below: 0.05))
        #expect(whole.names == ["c=a", "c=b", "c=c", "c=d"])
        #expect(whole.matrix.row(4).elements == [0, 0, 0, 0])
        #expect(try features(.groupRareLevels(below: 0.25, into: "b")).names == ["c=a", "c=b"])
    }

    @Test func hashesDoNotDependOnTheTrainingLevels() throws {
        let train = try Table([.categorical("c", ["a", "b"]), .text("t", ["p", nil])])
        let pipeline = try Pipeline(.hashEncode(buckets: 8)).fit(train)
        let test = try Table([
            .text("t", ["a", nil, "q"]), .categorical("c", ["q", nil, "a"]),
        ])
        let features = try pipeline.transform(test).matrix
        for row in 0..<3 {
            let cells = features.row(row).elements
            #expect(Array(cells[..<8]) == features.row(2 - row).elements.suffix(8))
            #expect(cells.count { $0 != 0 } == (row == 1 ? 0 : 2))
            #expect(try pipeline.transform(test[row]) == cells)
        }
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(decoded == pipeline && CanonicalEncoder.bytes(of: decoded) == bytes)
        #expect(try decoded.transform(test).matrix == features)
        let error = #expect(throws: FeatureError.self) {
            try pipeline.transform(
                Table([.categorical("t", ["a"]), .categorical("c", ["a"])]))
        }
        #expect(error?.code == .wrongKind && error?.column == "t")
    }

    /// Imputation and one-hot encoding of all columns leave text to the step that hashes it.
    @Test func otherStepsLeaveTextAlone() throws {
        let table = try Table([.text("t", ["p", nil]), .categorical("c", [nil, "a"])])
        let features = try Pipeline(.impute(), .oneHot(), .hashEncode(buckets: 2))
            .fitTransform(table).features
        #expect(features.names == ["t#0", "t#1", "c=a"])
        let error = #expect(throws: FeatureError.self) {
            try Pipeline(.impute(), .hashEncode(buckets: 2, only: ["c"])).fit(table)
        }
        #expect(error?.code == .notEncoded && error?.column == "t")
    }

    @Test func datesMayBeMissing() throws {
        let days = [CalendarDate("2024-02-29"), nil]
        let table = try Table([.date("day", days), .numeric("x", [1, 2])])
        let pipeline = try Pipeline(.dateParts([.month, .monthCycle]), .impute(.mode)).fit(table)
        #expect(
            pipeline.featureNames == ["day.month", "day.monthSine", "day.monthCosine", "x"])
        let root = 3.0.squareRoot() / 2
        #expect(
            try pipeline.transform(table).matrix.elements == [2, 0.5, root, 1, 2, 0.5, root, 2])
        for row in 0..<2 {
            #expect(
                try pipeline.transform(table[row])
                    == pipeline.transform(table).matrix.row(row).elements)
        }
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        #expect(try CanonicalDecoder.decode(FittedPipeline.self, from: bytes) == pipeline)
        let missing = #expect(throws: FeatureError.self) {
            try Pipeline(.dateParts([.month])).fit(table)
        }
        #expect(missing?.code == .missingValue && missing?.column == "day" && missing?.row == 1)
    }

    @Test(
        arguments: [
            .logarithm(minimumSkewness: -1), .logarithm(minimumSkewness: .nan),
            .quantileTransform(quantiles: 1), .robustScale(quantiles: 0.5...0.5),
            .minMaxScale(to: 1...1), .ordinal(unknown: .value(.infinity)),
            .hashEncode(buckets: 0), .hashEncode(buckets: 65_537), .groupRareLevels(below: 1.5),
            .groupRareLevels(maximumLevels: 1), .dateParts([]), .dateParts([.year, .year]),
            .yeoJohnson(only: []),
        ] as [Pipeline.Step])
    func parametersOutOfRange(step: Pipeline.Step) throws {
        let table = try Table([.numeric("x", [1, 2])])
        let error = #expect(throws: FeatureError.self) { try Pipeline(step).fit(table) }
        #expect(error?.code == .invalidParameter)
    }
}
