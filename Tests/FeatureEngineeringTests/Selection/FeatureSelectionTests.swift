// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR1: feature selection")
struct FeatureSelectionTests {
    private let golden: TransformersGolden
    private let table: Table

    init() throws {
        let golden: TransformersGolden = try FeatureEngineeringTests.golden("transformers")
        self.golden = golden
        table = try Table(
            golden.selection_columns.enumerated().map { index, name in
                try .numeric(name, golden.selection.map { $0[index] })
            } + [.numeric("y", golden.labels)])
    }

    private func report(
        _ criterion: FeatureSelection.Criterion, only columns: [String]? = nil
    ) throws -> SelectionReport {
        try FeatureSelection(criterion, columns: columns).report(on: table, target: "y")
    }

    private func scores(_ report: SelectionReport) -> [Double] {
        report.entries.map { $0.score ?? .nan }
    }

    @Test func variances() throws {
        let report = try report(.variance(above: 1))
        expectClose(scores(report), golden.variances, relative: 1e-14)
        #expect(
            report.keptNames
                == zip(golden.selection_columns, golden.variances).filter { $0.1 > 1 }.map(\.0))
    }

    @Test func informationValues() throws {
        let report = try report(.informationValue(.between(0.1, 3), bins: 5))
        expectClose(scores(report), golden.information_values, relative: 1e-13)
        #expect(report["b"]?.verdict == .scoreTooLow && report["f"]?.verdict == .scoreTooHigh)
        #expect(report["a"]?.verdict == .kept)
        expectClose(
            scores(try self.report(.mutualInformation(.atLeast(0), estimator: .binned(5)))),
            golden.binned_information, relative: 1e-12)
        let levels = try Table([
            .categorical("level", golden.levels), .numeric("y", golden.labels),
        ])
        for (criterion, expected) in [
            (
                FeatureSelection.Criterion.informationValue(.atLeast(0)),
                golden.level_information_value
            ),
            (.mutualInformation(.atLeast(0)), golden.level_mutual_information),
        ] {
            let report = try FeatureSelection(criterion).report(on: levels, target: "y")
            expectClose(scores(report), [expected], relative: 1e-13)
        }
    }

    @Test func neighbourInformation() throws {
        let report = try report(
            .mutualInformation(.highest(2), estimator: .nearestNeighbours(3)))
        expectClose(
            scores(report), golden.neighbour_information, relative: 1e-12, absolute: 1e-13)
        #expect(report.keptNames == ["b", "f"])
        #expect(report["e"]?.verdict == .notAmongTheHighest)
    }

    /// Of a number with few values, each row's neighbours are all rows of its value, so that the
    /// estimate is near that of counts.
    @Test func neighbourInformationOfTies() throws {
        let values = (0..<3000).map { Double($0 % 3) }
        let labels = (0..<3000).map { $0 % 3 == 0 || $0 % 7 == 0 ? 1.0 : 0 }
        let table = try Table([.numeric("x", values), .numeric("y", labels)])
        let scores = try [
            FeatureSelection.MutualInformationEstimator.nearestNeighbours(3), .binned(3),
        ].map {
            try FeatureSelection(.mutualInformation(.atLeast(0), estimator: $0))
                .report(on: table, target: "y").entries[0].score ?? .nan
        }
        #expect(scores[1] > 0.3)
        expectClose(scores[0], scores[1], absolute: 2e-3)
    }

    @Test(arguments: FeatureSelection.CorrelationCoefficient.allCases)
    func correlations(coefficient: FeatureSelection.CorrelationCoefficient) throws {
        let expected = coefficient == .pearson ? golden.pearson : golden.spearman
        let names = golden.selection_columns
        var compared = 0
        for limit in [0.0, 0.1, 0.2, 0.4, 0.8, 0.95] {
            let report = try report(.correlation(above: limit, coefficient))
            for (column, entry) in report.entries.enumerated() {
                let kept = names.indices.filter { $0 < column && report.entries[$0].isKept }
                let correlated = kept.first { expected[column][$0].magnitude > limit }
                #expect(entry.isKept == (correlated == nil))
                if case .correlated(let name, let value) = entry.verdict {
                    let other = try #require(correlated)
                    #expect(name == names[other])
                    expectClose(value, expected[column][other], absolute: 1e-13)
                    compared += 1
                }
            }
        }
        #expect(compared > 10)
    }

    @Test func theBetterOfTwoCorrelatedColumnsStays() throws {
        let first = try report(.correlation(above: 0.8))
        #expect(!first.keptNames.contains("a2") && first.keptNames.contains("a"))
        let better = try report(
            .correlation(above: 0.8, preference: .informationValue(bins: 5)))
        let values = golden.information_values
        #expect(values[4] > values[0])
        #expect(better.keptNames.contains("a2") && !better.keptNames.contains("a"))
        expectClose(scores(better), values, relative: 1e-13)
    }

    @Test func varianceInflation() throws {
        let all = try report(.varianceInflation(above: 1e6))
        expectClose(scores(all), golden.variance_inflation, relative: 1e-10)
        #expect(all.keptNames == golden.selection_columns)
        // The largest goes first; what is left has the factors of the columns that are left.
        var left = golden.selection_columns
        while true {
            let inflation = try report(.varianceInflation(above: 1e6), only: left)
            let scores = scores(inflation)
            guard let largest = scores.max(), largest > 5 else {
                let pruned = try report(.varianceInflation(above: 5))
                #expect(pruned.keptNames == left && left.count < 6)
                for name in left {
                    expectClose(
                        try #require(pruned[name]?.score), try #require(inflation[name]?.score),
                        relative: 1e-10)
                }
                break
            }
            left.remove(at: scores.lastIndex(of: largest) ?? 0)
        }
    }

    @Test func combinationsOfOtherColumnsAreCollinear() throws {
        let numbers = golden.selection
        let table = try Table([
            .numeric("a", numbers.map { $0[0] }), .numeric("one", numbers.map { _ in 4 }),
            .numeric("b", numbers.map { $0[1] }),
            .numeric("sum", numbers.map { $0[0] * 1000 - $0[1] + 7 }),
            .numeric("c", numbers.map { $0[2] }),
        ])
        let report = try FeatureSelection(.varianceInflation(above: 10)).report(on: table)
        #expect(report.keptNames == ["a", "b", "c"])
        #expect(report["one"]?.verdict == .collinear && report["sum"]?.verdict == .collinear)
        #expect(report["sum"]?.score == nil)
    }

    @Test func pipelinesKeepTheirReports() throws {
        let pipeline = try Pipeline(
            .exclude("d"), .selectFeatures(by: .correlation(above: 0.8)),
            .standardise(), .selectFeatures(by: .informationValue(.highest(2), bins: 5))
        ).fit(table, target: "y")
        #expect(pipeline.selectionReports.count == 2)
        #expect(
            pipeline.selectionReports[0]
                == (try FeatureSelection(.correlation(above: 0.8))
                    .report(on: table.removing(["d"]), target: "y")))
        #expect(pipeline.featureNames == pipeline.selectionReports[1].keptNames)
        #expect(pipeline.featureNames.count == 2 && pipeline.featureNames.contains("f"))
        #expect(pipeline.selectionReports[0].description.contains("with a"))
        let bytes = CanonicalEncoder.bytes(of: pipeline)
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(decoded.selectionReports == pipeline.selectionReports)
    }

    @Test func refusals() throws {
        func code(
            _ criterion: FeatureSelection.Criterion, _ table: Table, target: String? = "y"
        ) -> String? {
            do {
                _ = try FeatureSelection(criterion).report(on: table, target: target)
                return nil
            } catch {
                return error.code.description
            }
        }
        #expect(code(.informationValue(.atLeast(0)), table, target: nil) == "missingTarget")
        #expect(code(.informationValue(.atLeast(0)), table, target: "a") == "invalidValue")
        let one = table[rows: golden.labels.indices.filter { golden.labels[$0] == 1 }]
        #expect(code(.mutualInformation(.atLeast(0)), one) == "invalidValue")
        #expect(code(.variance(above: 0), table[rows: []]) == "emptyInput")
        let gaps = try Table([.numeric("x", [1, nil, 2]), .numeric("y", [0, 1, 1])])
        for criterion: FeatureSelection.Criterion in [
            .correlation(above: 0.5), .varianceInflation(above: 5),
            .mutualInformation(.highest(1), estimator: .nearestNeighbours(1)),
        ] {
            #expect(code(criterion, gaps) == "missingValue")
        }
        for criterion: FeatureSelection.Criterion in [
            .variance(above: -1), .correlation(above: 2), .varianceInflation(above: 0.5),
            .informationValue(.highest(0)), .informationValue(.atLeast(0), bins: 1),
            .informationValue(.between(1, 0)),
            .mutualInformation(.highest(1), estimator: .nearestNeighbours(0)),
        ] {
            #expect(code(criterion, table) == "invalidParameter")
        }
        let empty = #expect(throws: FeatureError.self) {
            try Pipeline(.selectFeatures(by: .variance(above: 1e9))).fit(table, target: "y")
        }
        #expect(empty?.code == .emptyInput)
    }
}
