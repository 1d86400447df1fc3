// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR1: imputation by neighbours and by chained equations, against scikit-learn")
struct ImputationGoldenTests {
    private struct Golden: Decodable {
        struct Neighbours: Decodable {
            let count: Int
            let weights: NearestNeighbourImputation.Weighting
            let train, test: [[Double]]
        }

        struct Iterative: Decodable {
            let regression: String
            let rounds, rounds_done: Int
            let tolerance: Double
            let train, test: [[Double]]
        }

        let train, test: [[Double?]]
        let neighbours: [Neighbours]
        let iterative: [Iterative]
    }

    private let golden: Golden
    private let train: Table
    private let test: Table

    init() throws {
        golden = try FeatureEngineeringTests.golden("imputation")
        func table(_ rows: [[Double?]]) throws -> Table {
            try Table((0..<4).map { column in try .numeric("x\(column)", rows.map { $0[column] }) })
        }
        train = try table(golden.train)
        test = try table(golden.test)
    }

    @Test func neighbours() throws {
        for expected in golden.neighbours {
            let fit = try Pipeline(
                .standardise(),
                .imputeFromNeighbours(
                    expected.count, weighting: expected.weights, indicators: true)
            ).fitTransform(train)
            // Without a column in common both give the mean, which is 0 but for rounding.
            expectClose(
                fit.features.matrix.elements, expected.train.flatMap { $0 }, relative: 1e-11,
                absolute: 1e-13, "\(expected.count) \(expected.weights)")
            expectClose(
                try fit.pipeline.transform(test).matrix.elements, expected.test.flatMap { $0 },
                relative: 1e-11, absolute: 1e-13, "\(expected.count) \(expected.weights)")
        }
    }

    /// The columns differ in scale by 10^5, so each is compared in its own unit.
    @Test func iterative() throws {
        for expected in golden.iterative {
            let regression: IterativeImputation.Regression =
                expected.regression == "ridge" ? .ridge(penalty: 2.5) : .bayesianRidge
            var rounds = 0
            let fit = try Pipeline(
                .imputeIteratively(
                    regression, rounds: expected.rounds, tolerance: expected.tolerance)
            ).fitTransform(train) { rounds = ($0.step + 3) / 4 }
            #expect(rounds == expected.rounds_done)
            for (features, values) in [
                (fit.features.matrix, expected.train),
                (try fit.pipeline.transform(test).matrix, expected.test),
            ] {
                for column in 0..<4 {
                    expectClose(
                        features.column(column).elements, values.map { $0[column] },
                        relative: 1e-8, "\(expected.regression), column \(column)")
                }
            }
        }
    }

    @Test func aColumnAloneTakesItsMean() throws {
        let table = try Table([.numeric("x", [1, nil, 5])])
        #expect(
            try Pipeline(.imputeIteratively()).fitTransform(table).features.matrix.elements
                == [1, 3, 5])
        #expect(
            try Pipeline(.imputeFromNeighbours()).fitTransform(table).features.matrix.elements
                == [1, 3, 5])
    }

    /// y = 2x + 1 without noise, so the evidence takes the penalty away.
    @Test func exactLinesAreRestored() throws {
        let x = (0..<40).map { Double($0) - 7.5 }
        var y: [Double?] = x.map { 2 * $0 + 1 }
        y[3] = nil
        y[31] = nil
        let features = try Pipeline(.imputeIteratively())
            .fitTransform(Table([.numeric("x", x), .numeric("y", y)])).features
        expectClose(features.matrix[3, 1], 2 * x[3] + 1, relative: 1e-6)
        expectClose(features.matrix[31, 1], 2 * x[31] + 1, relative: 1e-6)
    }

    @Test func theNearestDonorWithTheValueIsTaken() throws {
        let table = try Table([
            .numeric("x", [0, 1, 10, 11, nil]), .numeric("y", [5, nil, 7, 9, nil]),
        ])
        func imputed(_ step: Pipeline.Step) throws -> [Double] {
            try Pipeline(step).fitTransform(table).features.matrix.column(1).elements
        }
        #expect(try imputed(.imputeFromNeighbours(1)) == [5, 5, 7, 9, 7])
        #expect(try imputed(.imputeFromNeighbours(2)) == [5, 6, 7, 9, 7])
        // Distances 1, 9 and 10 of the second row, all over one column of two.
        let weighted = try imputed(.imputeFromNeighbours(3, weighting: .distance))[1]
        expectClose(weighted, (5 + 7 / 9.0 + 9 / 10.0) / (1 + 1 / 9.0 + 1 / 10.0), relative: 1e-15)
    }

    @Test(arguments: [
        (Pipeline.Step.imputeFromNeighbours(0), "0 neighbours, not 1 or more"),
        (.imputeIteratively(rounds: 0), "0 rounds, not 1 or more"),
        (.imputeIteratively(tolerance: .nan), "the tolerance nan is not a number of 0 or more"),
        (.imputeIteratively(.ridge(penalty: 0)), "the penalty 0.0 is not a number above 0"),
        (.impute(.constant(.infinity)), "the constant inf to impute is not a finite number"),
    ])
    func badParametersAreNamed(_ step: Pipeline.Step, _ message: String) throws {
        let error = #expect(throws: FeatureError.self) { try Pipeline(step).fit(train) }
        #expect(error?.code == .invalidParameter && error?.message == message)
    }

    @Test func constantsFillColumnsWithoutValues() throws {
        let table = try Table([.numeric("x", [nil, nil]), .numeric("y", [1, nil])])
        #expect(
            try Pipeline(.impute(.constant(-7))).fitTransform(table).features.matrix.elements
                == [-7, 1, -7, -7])
    }
}
