// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR1: winsorising and outliers, against SciPy and scikit-learn (paper 003)")
struct OutlierTests {
    private struct Golden: Decodable {
        struct Outliers: Decodable {
            let rows, winsorised_10_5: [[Double]]
            let interquartile, medianDeviation: [[Double]]
            let threshold: Double
            let mahalanobis, robust: Scatter

            private enum CodingKeys: String, CodingKey {
                case rows, winsorised_10_5, threshold, mahalanobis, robust
                case interquartile = "interquartile_1.5"
                case medianDeviation = "median_deviation_3"
            }
        }

        struct Scatter: Decodable {
            let centre: [Double]
            let covariance: [[Double]]
            let outliers: [Int]
        }

        let outliers: Outliers
    }

    private let golden: Golden.Outliers
    private let table: Table

    init() throws {
        golden = try FeatureEngineeringTests.golden("imputation", as: Golden.self).outliers
        let rows = golden.rows
        table = try Table(
            (0..<3).map { column in try .numeric("x\(column)", rows.map { $0[column] }) })
    }

    @Test func winsorisedShares() throws {
        let features = try Pipeline(.winsorise(.shares(lower: 0.1, upper: 0.05)))
            .fitTransform(table).features
        #expect(features.matrix.elements == golden.winsorised_10_5.flatMap { $0 })
    }

    @Test func fences() throws {
        for (rule, expected) in [
            (OutlierElimination.Rule.interquartileRange(multiple: 1.5), golden.interquartile),
            (.medianAbsoluteDeviation(multiple: 3), golden.medianDeviation),
        ] {
            let (rows, report) = try OutlierElimination(rule).outliers(in: table)
            expectClose(report.fences.map(\.lower), expected[0], relative: 1e-13)
            expectClose(report.fences.map(\.upper), expected[1], relative: 1e-13)
            let outside = golden.rows.indices.filter { row in
                (0..<3).contains {
                    golden.rows[row][$0] < expected[0][$0] || golden.rows[row][$0] > expected[1][$0]
                }
            }
            #expect(rows == outside && !rows.isEmpty)
            #expect(report.outlierCount == rows.count && report.rowCount == golden.rows.count)
            let values = report.fences.reduce(0) { $0 + $1.belowCount + $1.aboveCount }
            #expect(values >= rows.count)
        }
    }

    @Test func winsorisedToFences() throws {
        for (rule, expected) in [
            (Winsorisation.Rule.interquartileRange(multiple: 1.5), golden.interquartile),
            (.medianAbsoluteDeviation(multiple: 3), golden.medianDeviation),
        ] {
            let features = try Pipeline(.winsorise(rule)).fitTransform(table).features
            for column in 0..<3 {
                expectClose(
                    features.matrix.column(column).elements,
                    golden.rows.map {
                        min(max($0[column], expected[0][column]), expected[1][column])
                    }, relative: 1e-13)
            }
        }
        let limited = try Pipeline(.winsorise(.limits(lower: nil, upper: 11), only: ["x0"]))
            .fitTransform(table).features
        #expect(limited.matrix.column(0).elements == golden.rows.map { min($0[0], 11) })
        #expect(limited.matrix.column(1).elements == golden.rows.map { $0[1] })
    }

    @Test func distances() throws {
        for (rule, expected) in [
            (OutlierElimination.Rule.mahalanobis(probability: 0.975), golden.mahalanobis),
            (.robustMahalanobis(probability: 0.975, seed: 1), golden.robust),
            (.robustMahalanobis(probability: 0.975, seed: 2), golden.robust),
        ] {
            let (rows, report) = try OutlierElimination(rule).outliers(in: table)
            let distances = try #require(report.distances)
            expectClose(distances.threshold, golden.threshold, relative: 1e-12)
            expectClose(distances.centre, expected.centre, relative: 1e-12)
            expectClose(
                distances.covariance, expected.covariance.flatMap { $0 }, relative: 1e-11)
            #expect(rows == expected.outliers)
        }
        // The classical distances are masked by the cloud that the robust ones see.
        #expect(golden.robust.outliers.count >= 16 && golden.mahalanobis.outliers.count < 16)
    }

    @Test func onlyTrainingRowsAreLeftOut() throws {
        let elimination = OutlierElimination(.robustMahalanobis(probability: 0.975, seed: 1))
        let (outliers, report) = try elimination.outliers(in: table)
        let fit = try Pipeline(
            .eliminateOutliers(.robustMahalanobis(probability: 0.975, seed: 1)), .standardise()
        ).fitTransform(table)
        #expect(Set(fit.rows).isDisjoint(with: outliers))
        #expect(fit.rows.count + outliers.count == table.rowCount)
        #expect(fit.pipeline.outlierReports == [report])
        // What comes behind learns from the rows that are left.
        let alone = try Pipeline(.standardise()).fitTransform(table[rows: fit.rows])
        #expect(fit.features.matrix == alone.features.matrix)
        #expect(try fit.pipeline.transform(table).rowCount == table.rowCount)
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        let rows = 30
        let x = (0..<rows).map { Double($0 * $0 % 17) }
        let twice = try Table([.numeric("x", x), .numeric("y", x.map { 2 * $0 + 1 })])
        let constant = try Table([
            .numeric("x", x), .numeric("y", [Double](repeating: 2, count: rows)),
        ])
        let gap = try Table([.numeric("x", [1, nil] + x), .numeric("y", [0, 0] + x.map { -$0 })])
        for rule in [
            OutlierElimination.Rule.mahalanobis(probability: 0.9),
            .robustMahalanobis(probability: 0.9, seed: 1),
        ] {
            for (table, code) in [
                (twice, "outOfRange"), (constant, "outOfRange"), (gap, "missingValue"),
                (twice[rows: [0, 1]], "emptyInput"), (twice[rows: []], "emptyInput"),
            ] {
                let error = #expect(throws: FeatureError.self) {
                    try OutlierElimination(rule).outliers(in: table)
                }
                #expect(error?.code.description == code, "\(rule)")
            }
        }
        for rule in [
            OutlierElimination.Rule.mahalanobis(probability: 1),
            .interquartileRange(multiple: -1), .medianAbsoluteDeviation(multiple: .nan),
        ] {
            let error = #expect(throws: FeatureError.self) {
                try Pipeline(.eliminateOutliers(rule)).fit(twice)
            }
            #expect(error?.code == .invalidParameter)
        }
        for rule in [
            Winsorisation.Rule.shares(lower: 0.5, upper: 0.5), .shares(lower: -0.1, upper: 0),
            .limits(lower: 2, upper: 1), .limits(lower: nil, upper: nil),
            .limits(lower: .nan, upper: nil), .interquartileRange(multiple: .infinity),
        ] {
            let error = #expect(throws: FeatureError.self) {
                try Pipeline(.winsorise(rule)).fit(twice)
            }
            #expect(error?.code == .invalidParameter)
        }
        // The median of an even number of values is none of them.
        let all = #expect(throws: FeatureError.self) {
            try Pipeline(.eliminateOutliers(.medianAbsoluteDeviation(multiple: 0)))
                .fit(Table([.numeric("x", [1, 2, 4, 8])]))
        }
        #expect(all?.code == .emptyInput)
    }
}
