// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import Testing
import _CreditTestSupport

@Suite(
    "CA1: naive Bayes calibrated on real loans",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct RealDataCalibrationTests {
    private func measure(
        _ method: CalibrationMethod?, _ preparation: Pipeline, _ table: Table, target: String,
        positive: String, folds: Int
    ) throws -> (brier: Double, logLoss: Double, auc: Double, bias: Double) {
        let plan = CrossValidation(foldCount: folds, seeds: [1])
        let report =
            if let method {
                try plan.evaluate(
                    preparation.then(NaiveBayes().calibrated(method)), on: table, target: target,
                    positive: positive)
            } else {
                try plan.evaluate(
                    preparation.then(NaiveBayes()), on: table, target: target, positive: positive)
            }
        let found = try #require(report.outOfFoldProbabilities(seed: 1))
        let rate = Double(report.labels.count { $0 }) / Double(found.count)
        let result = (
            report.summary(of: \.brierScore).mean, report.summary(of: \.logLoss).mean,
            report.summary(of: \.rocAUC).mean, found.reduce(0, +) / Double(found.count) - rate
        )
        return result
    }

    @Test(
        "German credit: Brier score and log loss fall, the order stays",
        arguments: [
            CalibrationMethod.platt, .beta(), .isotonic,
        ])
    func german(method: CalibrationMethod) throws {
        let table = try GermanTable.load()
        let preparation = Pipeline(.impute(.median), .oneHot(unknown: .ignore))
        let plain = try measure(
            nil, preparation, table, target: "class", positive: "2", folds: 5)
        let found = try measure(
            method, preparation, table, target: "class", positive: "2", folds: 5)
        #expect(found.brier < plain.brier - 0.01, "\(found) \(plain)")
        #expect(found.logLoss < plain.logLoss, "\(found) \(plain)")
        #expect(found.auc > plain.auc - 0.01, "\(found) \(plain)")
        #expect(abs(found.bias) < 0.0145, "\(found)")
    }

    /// On all 30,000 rows in five folds the Brier score falls from 0.4055 to 0.1592, and the mean
    /// probability from 0.44 above the base rate to 0.008 below it.
    @Test("Taiwan: a Brier score beyond that of no model at all becomes useful")
    func taiwan() throws {
        let all = try Table(csv: SharedData.url("taiwan/UCI_Credit_Card.csv"))
        let table = all[rows: Array(stride(from: 0, to: all.rowCount, by: 10))]
        let target = "default.payment.next.month"
        let preparation = Pipeline(.exclude("ID"))
        let plain = try measure(
            nil, preparation, table, target: target, positive: "1", folds: 3)
        let found = try measure(
            .isotonic, preparation, table, target: target, positive: "1", folds: 3)
        // The base rate alone has a Brier score of 0.17.
        #expect(plain.brier > 0.3, "\(plain)")
        #expect(found.brier < 0.172, "\(found)")
        #expect(abs(found.bias) < 0.02, "\(found)")
    }
}
