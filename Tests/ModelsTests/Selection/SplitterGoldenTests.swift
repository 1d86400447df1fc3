// SPDX-License-Identifier: Apache-2.0

import Foundation
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: splitters against scikit-learn, and tests of repeated two-fold cross-validation")
struct SplitterGoldenTests {
    struct Golden: Decodable {
        var groups, labels: [Int]
        var grouped, stratifiedGrouped, expanding, rolling: [[[Int]]]
        var differences, differencesOfEight: [[Double]]
        var paired, pairedOfEight: [Double]
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "selection", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private func rows() throws -> SplitRows {
        try SplitRows(
            labels: ClassLabels(golden.labels.map { $0 == 1 }),
            groups: golden.groups.map { "g\($0)" }, times: golden.groups.indices.map(Double.init))
    }

    private func parts(_ folds: [Fold]) -> [[[Int]]] { folds.map { [$0.training, $0.validation] } }

    @Test("grouped k-fold; the seed orders only groups of one size")
    func grouped() throws {
        for seed in propertySeeds(3) {
            let folds = try GroupedKFold(foldCount: 4, seed: seed).folds(of: rows())
            #expect(parts(folds) == golden.grouped)
        }
    }

    @Test("stratified grouped k-fold")
    func stratifiedGrouped() throws {
        let folds = try StratifiedGroupedKFold(foldCount: 3, seed: 1).folds(of: rows())
        #expect(parts(folds) == golden.stratifiedGrouped)
    }

    @Test("time-ordered splits, expanding and rolling with a gap")
    func timeOrdered() throws {
        let rows = try rows()
        #expect(try parts(TimeOrderedSplit(foldCount: 4).folds(of: rows)) == golden.expanding)
        let rolling = TimeOrderedSplit(foldCount: 3, validationCount: 12, window: 20, gap: 5)
        #expect(try parts(rolling.folds(of: rows)) == golden.rolling)
    }

    @Test("Dietterich's t and Alpaydin's F of five and of eight repetitions")
    func paired() throws {
        for (differences, expected) in [
            (golden.differences, golden.paired),
            (golden.differencesOfEight, golden.pairedOfEight),
        ] {
            let test = try PairedRepetitionTest(differences: differences)
            expectClose([test.t, test.tPValue, test.f, test.fPValue], expected, relative: 1e-10)
        }
    }
}
