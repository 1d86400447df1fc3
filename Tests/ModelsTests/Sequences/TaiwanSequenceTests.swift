// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

/// Taiwan's card holders as sequences of six months with three channels, and static columns.
struct TaiwanSequences {
    /// Six months x (status, bill, payment), oldest first, then limit, sex, education, marriage,
    /// age and two shares of the limit.
    let features: Matrix<Double>
    let labels: ClassLabels
    let fusion: SequenceInputs
    let alone: SequenceInputs

    init() throws {
        let table = try Table(
            csv: SharedData.url("taiwan/UCI_Credit_Card.csv"), schema: .taiwanCredit)
        func numbers(_ name: String) throws -> [Double] {
            try #require(table[column: name].numbers)
        }
        func isLevel(_ name: String, _ level: String) throws -> [Double] {
            try #require(table[column: name].texts).map { $0 == level ? 1 : 0 }
        }
        var columns: [[Double]] = []
        for month in (0..<6).reversed() {
            columns.append(try numbers("PAY_\(month == 0 ? 0 : month + 1)"))
            columns.append(
                try numbers("BILL_AMT\(month + 1)").map { $0 < 0 ? -log1p(-$0) : log1p($0) })
            columns.append(try numbers("PAY_AMT\(month + 1)").map { log1p($0) })
        }
        columns.append(try numbers("LIMIT_BAL").map { log($0) })
        columns.append(try isLevel("SEX", "2"))
        for level in ["1", "2", "3"] { columns.append(try isLevel("EDUCATION", level)) }
        columns.append(try isLevel("MARRIAGE", "1"))
        columns.append(try numbers("AGE"))
        // The newest bill, and the mean of all, as shares of the limit.
        let limits = try numbers("LIMIT_BAL")
        let shares = try (1...6).map { month in
            zip(try numbers("BILL_AMT\(month)"), limits).map { min(max($0 / $1, -1), 2) }
        }
        columns.append(shares[0])
        columns.append(
            limits.indices.map { row in shares.reduce(0) { $0 + $1[row] } / 6 })
        let rows = table.rowCount
        var elements: [Double] = []
        elements.reserveCapacity(rows * columns.count)
        for row in 0..<rows { for column in columns { elements.append(column[row]) } }
        features = Matrix(rowCount: rows, columnCount: columns.count, elements: elements)
        labels = ClassLabels(
            try isLevel("default.payment.next.month", "1").map { $0 == 1 }, negative: "0",
            positive: "1")
        let steps = (0..<6).map { [3 * $0, 3 * $0 + 1, 3 * $0 + 2] }
        let names = ["status", "bill", "payment"]
        fusion = try SequenceInputs(
            wide: features, steps: steps, names: names, statics: Array(18..<columns.count))
        alone = try SequenceInputs(wide: features, steps: steps, names: names)
    }

    /// The AUC of a fold's held-out rows.
    func area(
        _ recipe: SequenceClassifier, _ inputs: SequenceInputs, _ fold: Fold
    ) throws -> Double {
        let model = try recipe.fit(
            inputs[rows: fold.training], labels: labels[rows: fold.training])
        return try ROC(
            labels: labels[rows: fold.validation].isPositive,
            scores: model.probabilities(inputs[rows: fold.validation])
        ).auc
    }
}

@Suite(
    "LS1: six months of Taiwan's card holders",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct TaiwanSequenceTests {
    /// The recipe of Documentation/Papers/EventSequences.md, with fewer units and epochs here.
    static func recipe(hidden: Int, epochs: Int) -> SequenceClassifier {
        SequenceClassifier(
            SequenceNetwork(.lstm, hiddenCount: hidden, denseCounts: [32], dropout: 0.2),
            training: NetworkTraining(
                epochLimit: epochs, batchSize: 256,
                optimiser: .adamW(learningRate: 0.003, weightDecay: 0.01),
                schedule: LearningRateSchedule(.cosine(epochs: epochs, floor: 0)),
                gradientNormLimit: 5, seed: 1))
    }

    /// A logistic regression of the same columns has .72; that static columns add to the months
    /// shows after more epochs, below.
    @Test("a few epochs of months and static columns")
    func fewEpochs() throws {
        let taiwan = try TaiwanSequences()
        let fold = try StratifiedKFold(foldCount: 5, seed: 1).folds(of: taiwan.labels)[0]
        let area = try taiwan.area(Self.recipe(hidden: 8, epochs: 3), taiwan.fusion, fold)
        #expect(area > 0.745, "\(area)")
    }

    @Test(
        "five folds of the page's network",
        .enabled(if: ProcessInfo.processInfo.environment["CREDIT_LONG_TESTS"] != nil))
    func fiveFolds() throws {
        let taiwan = try TaiwanSequences()
        let folds = try StratifiedKFold(foldCount: 5, seed: 1).folds(of: taiwan.labels)
        let recipe = Self.recipe(hidden: 32, epochs: 15)
        let fusion = try folds.map { try taiwan.area(recipe, taiwan.fusion, $0) }.reduce(0, +) / 5
        let alone = try folds.map { try taiwan.area(recipe, taiwan.alone, $0) }.reduce(0, +) / 5
        #expect(fusion >= 0.777, "\(fusion)")
        #expect(fusion >= alone + 0.005, "\(fusion) against \(alone)")
    }
}
