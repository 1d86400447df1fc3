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

    @Test("LR1: ten-fold AUC of L2 logistic regression is at least 0.785")
    func areaUnderCurve() throws {
        let report = try CrossValidation(foldCount: 10, seeds: seeds).evaluate(
            GermanTable.recipe, on: GermanTable.load(), target: "class", positive: "2")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.count == 10 * seeds.count)
        #expect(auc.mean >= 0.785, "\(auc)")
    }

    @Test("NB1: ten-fold AUC of naive Bayes with mixed columns is at least 0.735")
    func naiveBayes() throws {
        let report = try CrossValidation(foldCount: 10, seeds: 0..<3).evaluate(
            Pipeline(.impute(.median), .oneHot(unknown: .ignore)).then(NaiveBayes()),
            on: GermanTable.load(), target: "class", positive: "2")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.mean >= 0.735, "\(auc)")
    }

    @Test("LR1: ten-fold AUC of L2 logistic regression on Australian credit is at least 0.922")
    func australian() throws {
        let table = try Table(
            csv: SharedData.url("australian/australian.dat"), schema: .australianCredit)
        let report = try CrossValidation(foldCount: 10, seeds: seeds).evaluate(
            GermanTable.recipe, on: table, target: "class", positive: "1")
        let auc = report.summary(of: \.rocAUC)
        #expect(auc.mean >= 0.922, "\(auc)")
    }
}
