// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Models
import Testing
import _CreditTestSupport

@Suite(
    "A scorecard of German credit",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanScorecardTests {
    static let recipe = Scorecard(BinningProcess(OptimalBinning(unknownLevels: .neutral)))

    // Ten seeds take seconds without optimisation; four of them do for every day.
    #if DEBUG
        private let seeds: Range<UInt64> = 0..<4
    #else
        private let seeds: Range<UInt64> = 0..<10
    #endif

    @Test("SC1: ten-fold AUC, binning inside the folds, is at least 0.790")
    func areaUnderCurve() throws {
        let report = try CrossValidation(foldCount: 10, seeds: seeds).evaluate(
            Self.recipe, on: GermanTable.load(), target: "class", positive: "2")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.count == 10 * seeds.count)
        #expect(auc.mean >= 0.790, "\(auc.mean)")
    }
}
