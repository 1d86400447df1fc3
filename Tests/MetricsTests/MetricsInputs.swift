// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Testing
import _CreditTestSupport

/// Labels, scores on a coarse grid (so that they tie) and small weights, both classes present.
struct MetricsInputs {
    var labels: [Bool]
    var scores: [Double]
    var weights: [Double]

    init(seed: UInt64, integerWeights: Bool = true) {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 2...40, using: &generator)
        let levels = Int.random(in: 1...12, using: &generator)
        scores = (0..<count).map { _ in
            Double(Int.random(in: 0...levels, using: &generator)) / Double(levels)
        }
        labels = scores.map { Double.random(in: 0..<1.6, using: &generator) < $0 + 0.3 }
        weights = (0..<count).map { _ in
            integerWeights
                ? Double(Int.random(in: 0...3, using: &generator))
                : Double.random(in: 0.1...5, using: &generator)
        }
        (labels[0], labels[1], weights[0], weights[1]) = (true, false, 1, 1)
    }

    /// The rows, each as often as its weight says.
    var repeated: (labels: [Bool], scores: [Double]) {
        let rows = labels.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
        return (rows.map { labels[$0] }, rows.map { scores[$0] })
    }

    func shuffled(seed: UInt64) -> MetricsInputs {
        var generator = TestGenerator(seed: seed ^ 0xFFFF)
        let order = labels.indices.shuffled(using: &generator)
        var copy = self
        copy.labels = order.map { labels[$0] }
        copy.scores = order.map { scores[$0] }
        copy.weights = order.map { weights[$0] }
        return copy
    }
}

/// The in-sample probabilities of a logistic regression on German credit, and their measures.
struct GermanGolden: Decodable {
    var auc, gini, ks, brier, logloss, mcc_05, f1_05, balanced_acc_05, kappa_05: Double
    var average_precision, ece10_equalwidth, auc2: Double
    var delong_var, delong_se, delong_cov12, delong_z, h_measure_sr_prior, emp: Double
    var emp_fraction, partial_gini_b04, cost51_threshold, cost_51_total: Double
    var auc_ci95, hosmer_lemeshow10: [Double]
    var confusion_05: [[Double]]

    static func load() throws -> GermanGolden {
        try SharedData.json("golden/metrics_german_logit.json")
    }

    static func scores() throws -> (labels: [Bool], p: [Double], p2: [Double]) {
        let text = try String(
            decoding: SharedData.data("golden/metrics_german_logit_scores.csv"), as: UTF8.self)
        let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",")
        }
        return (
            rows.map { $0[0] == "1" }, try rows.map { try #require(Double($0[1])) },
            try rows.map { try #require(Double($0[2])) }
        )
    }
}

/// Cases computed with scikit-learn.
struct BinaryGolden: Decodable {
    struct Case: Decodable {
        var labels: [Bool]
        var probabilities: [Double]
        var weights: [Double]?
        var falsePositiveRates, truePositiveRates, thresholds: [Double]
        var auc, ks, averagePrecision, brier, logLoss: Double
        var accuracy, precision, recall, f1, f2, balancedAccuracy, mcc, kappa: Double
        var confusion: [[Double]]
    }

    var cases: [Case]

    static func load() throws -> [Case] {
        let url = try #require(
            Bundle.module.url(
                forResource: "metrics_binary", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url)).cases
    }
}

/// Expects a `MetricsError` of this code at this position, with `fragment` in its message.
func expectError<Value>(
    _ code: MetricsError.Code, position: Int? = nil, _ fragment: String,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws(MetricsError) -> Value
) {
    do throws(MetricsError) {
        let value = try body()
        Issue.record("no error but \(value)", sourceLocation: sourceLocation)
    } catch {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        #expect(error.position == position, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.contains(fragment), "\(error)", sourceLocation: sourceLocation)
    }
}
