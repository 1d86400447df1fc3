// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import Testing
import _CreditTestSupport

@Suite(
    "Cross-validation on German credit",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanCrossValidationTests {
    private let seeds: Range<UInt64> = 0..<10

    @Test("ten-fold AUC of L2 logistic regression is at least 0.780")
    func areaUnderCurve() throws {
        let report = try CrossValidation(foldCount: 10, seeds: seeds).evaluate(
            GermanTable.recipe, on: GermanTable.load(), target: "class", positive: "2")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.count == 10 * seeds.count)
        #expect(auc.mean >= 0.780)
    }

    @Test("NB1: ten-fold AUC of naive Bayes with mixed columns is at least 0.735")
    func naiveBayes() throws {
        let report = try CrossValidation(foldCount: 10, seeds: 0..<3).evaluate(
            Pipeline(.impute(.median), .oneHot(unknown: .ignore)).then(NaiveBayes()),
            on: GermanTable.load(), target: "class", positive: "2")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.mean >= 0.735, "\(auc)")
    }
}
