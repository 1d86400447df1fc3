// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing

/// Steps on tables small enough to work out by hand.
struct PipelineStepTests {
    private func numbers(_ pipeline: Pipeline, _ values: [Double?]) throws -> [Double] {
        try pipeline.fitTransform(try Table([.numeric("x", values)])).features.matrix.elements
    }

    @Test func imputedNumbers() throws {
        #expect(try numbers(Pipeline(.impute(.median)), [1, nil, 10, 2]) == [1, 2, 10, 2])
        #expect(try numbers(Pipeline(.impute(.median)), [4, 1, nil, 10, 2]) == [4, 1, 3, 10, 2])
        #expect(try numbers(Pipeline(.impute(.mean)), [1, nil, 3]) == [1, 2, 3])
        #expect(try numbers(Pipeline(.impute(.mode)), [3, 1, nil, 3, 1, 7]) == [3, 1, 1, 3, 1, 7])
        #expect(try numbers(Pipeline(.impute(.median)), [-0.0, 0, nil])[2].sign == .plus)
        #expect(
            try numbers(Pipeline(.impute(.median)), [1.7e308, 1.6e308, nil])[2] == 1.6e308 / 2
                + 1.7e308 / 2)
    }

    @Test func indicatorsFollowTheTrainingRows() throws {
        let train = try Table([.numeric("a", [1, nil, 3]), .numeric("b", [1, 2, 3])])
        let pipeline = try Pipeline(.impute(indicators: true)).fit(train)
        #expect(pipeline.featureNames == ["a", "b", "a (missing)"])
        #expect(pipeline.features[2].source == "a")
        let test = try Table([.numeric("b", [nil]), .numeric("a", [nil])])
        #expect(try pipeline.transform(test).matrix.elements == [2, 2, 1])
    }

    @Test func imputedCategories() throws {
        func encoded(_ recipe: Pipeline, _ levels: [String]?) throws -> FeatureMatrix {
            let values = ["b", nil, "a", "b", "a"]
            return try recipe.fitTransform(
                Table([.categorical("c", values, levels: levels)])
            ).features
        }
        let mode = try encoded(Pipeline(.impute(), .oneHot()), nil)
        #expect(mode.names == ["c=a", "c=b"])
        #expect(mode.matrix.row(1).elements == [1, 0], "a tie goes to the first level")
        let declared = try encoded(Pipeline(.impute(), .oneHot()), ["b", "x", "a"])
        #expect(declared.names == ["c=b", "c=a"])
        #expect(declared.matrix.row(1).elements == [1, 0])
        let own = try encoded(Pipeline(.impute(categorical: .level("none")), .oneHot()), nil)
        #expect(own.names == ["c=a", "c=b", "c=none"])
        #expect(own.matrix.row(1).elements == [0, 0, 1])
        let existing = try encoded(Pipeline(.impute(categorical: .level("b")), .oneHot()), nil)
        #expect(existing.names == ["c=a", "c=b"])
        #expect(existing.matrix.row(1).elements == [0, 1])
    }

    @Test func standardisedNumbers() throws {
        let root = 2.0.squareRoot()
        #expect(
            try numbers(Pipeline(.standardise()), [1, 3, 5, 3])
                == [-2 / root, 0, 2 / root, 0])
        #expect(
            try numbers(Pipeline(.standardise(deviation: .sample)), [1, 2, 3]) == [-1, 0, 1])
        // 0.1 thrice does not sum to 0.3, and one value has no deviation.
        #expect(try numbers(Pipeline(.standardise()), [0.1, 0.1, 0.1]) == [0, 0, 0])
        #expect(try numbers(Pipeline(.standardise(deviation: .sample)), [7]) == [0])
        let constant = try Pipeline(.standardise()).fit(Table([.numeric("x", [4, 4])]))
        #expect(try constant.transform(Table([.numeric("x", [6])])).matrix.elements == [2])
    }

    /// Sums that lose everything in plain arithmetic.
    @Test func meansAreExactBeforeOneRounding() throws {
        let values: [Double?] = [1e16, 1, -1e16, 1, nil]
        #expect(try numbers(Pipeline(.impute(.mean)), values)[4] == 0.5)
        let tiny: [Double?] = [1, 0x1p-53, 0x1p-105, nil]
        #expect(try numbers(Pipeline(.impute(.mean)), tiny)[3] == (1 + 0x1p-52) / 3)
    }

    @Test func clippedNumbers() throws {
        #expect(
            try numbers(Pipeline(.clip(quantiles: 0.25...0.625)), [5, 1, 2, 3, 4])
                == [3.5, 2, 2, 3, 3.5])
        #expect(try numbers(Pipeline(.clip(quantiles: 0...1)), [3, -1, 9]) == [3, -1, 9])
        #expect(
            try numbers(Pipeline(.clip(quantiles: 0.25...1)), [-1e308, 1e308]) == [-5e307, 1e308])
    }

    @Test func unknownLevelsFollowThePolicy() throws {
        let train = try Table([.categorical("c", ["a", "b"]), .numeric("x", [1, 2])])
        let test = try Table([
            .categorical("c", ["a", "new"], levels: ["new", "b", "a"]), .numeric("x", [3, 4]),
        ])
        func features(_ policy: OneHotEncoding.UnknownLevelPolicy) throws -> FeatureMatrix {
            try Pipeline(.oneHot(unknown: policy)).fit(train).transform(test)
        }
        let error = #expect(throws: FeatureError.self) { try features(.error) }
        #expect(error?.code == .unknownLevel && error?.value == "new")
        #expect(
            error?.message == "row 1, column 'c': 'new' is not one of the 2 known levels (a, b)")
        let single = #expect(throws: FeatureError.self) {
            try Pipeline(.oneHot()).fit(train).transform(test[1])
        }
        #expect(single == error)
        #expect(try features(.ignore).matrix.elements == [1, 0, 3, 0, 0, 4])
        #expect(try features(.ownLevel).names == ["c=a", "c=b", "c=(unknown)", "x"])
        #expect(try features(.ownLevel).matrix.elements == [1, 0, 0, 3, 0, 0, 1, 4])
    }

    @Test func stepsWorkOnWhatTheStepsBeforeMade() throws {
        let table = try Table([
            .categorical("c", ["a", "b"]), .numeric("x", [1, 3]), .text("note", ["p", "q"]),
        ])
        func features(_ recipe: Pipeline) throws -> FeatureMatrix {
            try recipe.fitTransform(table).features
        }
        #expect(
            try features(Pipeline(.exclude("note"), .oneHot(), .standardise())).matrix.elements
                == [1, -1, -1, -1, 1, 1])
        #expect(
            try features(Pipeline(.exclude("note"), .standardise(), .oneHot())).matrix.elements
                == [1, 0, -1, 0, 1, 1])
        #expect(
            try features(
                Pipeline(.exclude("note"), .oneHot(dropFirst: true), .standardise(only: ["c=b"]))
            ).matrix.elements == [-1, 1, 1, 3])
        #expect(try features(Pipeline(.select("x"))).names == ["x"])
        #expect(
            try features(Pipeline(.select(["x", "c"]), .oneHot(), .exclude(["c=a"]))).names
                == ["c=b", "x"])
    }
}
