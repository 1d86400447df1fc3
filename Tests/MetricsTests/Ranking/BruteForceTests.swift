// SPDX-License-Identifier: Apache-2.0

import Metrics
import RealModule
import Testing
import _CreditTestSupport

/// Small random cases with ties and weights, measured from the definitions.
@Suite("ME1 to ME4 by brute force") struct BruteForceTests {
    /// Rates at every threshold, without any sorting.
    static func rates(_ inputs: MetricsInputs) -> [(fpr: Double, tpr: Double, share: Double)] {
        let total = inputs.weights.reduce(0, +)
        return ([2] + Set(inputs.scores)).map { threshold in
            var sums = [0.0, 0, 0, 0]
            for row in inputs.labels.indices {
                let isHit = inputs.scores[row] >= threshold
                sums[(inputs.labels[row] ? 2 : 0) + (isHit ? 1 : 0)] += inputs.weights[row]
            }
            return (
                sums[1] / (sums[0] + sums[1]), sums[3] / (sums[2] + sums[3]),
                (sums[1] + sums[3]) / total
            )
        }
    }

    @Test(arguments: propertySeeds(30))
    func deLong(seed: UInt64) throws {
        var inputs = MetricsInputs(seed: seed)
        // Two rows of each class, so that there is a variance.
        inputs.labels += [true, false]
        inputs.scores += [0.5, 0.25]
        inputs.weights += [2, 2]
        let (labels, scores) = inputs.repeated
        let estimate = try AUCEstimate(
            labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
        let positives = labels.indices.filter { labels[$0] }
        let negatives = labels.indices.filter { !labels[$0] }
        func wins(_ i: Int, _ j: Int) -> Double {
            scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
        }
        let v10 = positives.map { i in
            negatives.reduce(0) { $0 + wins(i, $1) } / Double(negatives.count)
        }
        let v01 = negatives.map { j in
            positives.reduce(0) { $0 + wins($1, j) } / Double(positives.count)
        }
        let area = v10.reduce(0, +) / Double(v10.count)
        func part(_ v: [Double]) -> Double {
            v.reduce(0) { $0 + ($1 - area) * ($1 - area) } / Double((v.count - 1) * v.count)
        }
        expectClose(estimate.auc, area, absolute: 1e-14)
        expectClose(estimate.variance, part(v10) + part(v01), absolute: 1e-14)
    }

    @Test(arguments: propertySeeds(12))
    func hMeasureIsTheIntegral(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        let rates = Self.rates(inputs)
        let positives = zip(inputs.labels, inputs.weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
        let p = positives / inputs.weights.reduce(0, +)
        let steps = 20_000
        var (loss, worst) = (0.0, 0.0)
        for step in 0..<steps {
            let c = (Double(step) + 0.5) / Double(steps)
            let density = c * (1 - c)  // Beta(2, 2) but for a factor
            let costs = rates.map { c * (1 - p) * $0.fpr + (1 - c) * p * (1 - $0.tpr) }
            loss += density * (costs.min() ?? 0)
            worst += density * min(c * (1 - p), (1 - c) * p)
        }
        expectClose(
            try hMeasure(
                labels: inputs.labels, scores: inputs.scores, weights: inputs.weights,
                prior: .beta(2, 2)), max(0, 1 - loss / worst), absolute: 1e-6)
    }

    @Test(arguments: propertySeeds(12))
    func expectedProfitIsTheIntegral(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        let rates = Self.rates(inputs)
        let positives = zip(inputs.labels, inputs.weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
        let p = positives / inputs.weights.reduce(0, +)
        let (noLoss, fullLoss, roi) = (0.3, 0.2, 0.25)
        func gain(_ loss: Double) -> Double {
            rates.map { loss * p * $0.tpr - roi * (1 - p) * $0.fpr }.max() ?? 0
        }
        let steps = 20_000
        let uniform = (0..<steps).reduce(0.0) {
            $0 + gain((Double($1) + 0.5) / Double(steps)) / Double(steps)
        }
        let result = try ExpectedMaximumProfit(
            labels: inputs.labels, scores: inputs.scores, weights: inputs.weights,
            noLoss: noLoss, fullLoss: fullLoss, returnOnInvestment: roi)
        expectClose(
            result.profit, (1 - noLoss - fullLoss) * uniform + fullLoss * gain(1), absolute: 1e-7)
        #expect(result.rejectedShare >= 0 && result.rejectedShare <= 1)
    }

    @Test(arguments: propertySeeds(40))
    func weightsAreRepetitions(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let (labels, scores) = inputs.repeated
        for measure in Measure.all {
            func value(_ labels: [Bool], _ scores: [Double], _ weights: [Double]?) -> Double? {
                try? measure.value(labels: labels, scores: scores, weights: weights)
            }
            let weighted = value(inputs.labels, inputs.scores, inputs.weights)
            let repeated = value(labels, scores, nil)
            #expect((weighted == nil) == (repeated == nil), "\(measure)")
            if let weighted, let repeated {
                expectClose(weighted, repeated, relative: 1e-12, absolute: 1e-13, "\(measure)")
            }
        }
        let lines = try GainsTable(
            labels: inputs.labels, scores: inputs.scores, weights: inputs.weights, bucketCount: 4)
        let repeated = try GainsTable(labels: labels, scores: scores, bucketCount: 4)
        #expect(lines.buckets.map(\.weight) == repeated.buckets.map(\.weight))
        #expect(lines.buckets.map(\.rate) == repeated.buckets.map(\.rate))
    }

    @Test func partialAreasAddUp() throws {
        let inputs = MetricsInputs(seed: 3)
        let roc = try ROC(labels: inputs.labels, scores: inputs.scores)
        for cut in [0.1, 0.37, 0.8] {
            expectClose(
                try roc.partialAUC(falsePositiveRates: 0...cut)
                    + roc.partialAUC(falsePositiveRates: cut...1), roc.auc, absolute: 1e-14)
            expectClose(
                try roc.partialAUC(truePositiveRates: 0...cut)
                    + roc.partialAUC(truePositiveRates: cut...1), roc.auc, absolute: 1e-14)
        }
        #expect(roc.convexHullAUC >= roc.auc)
        #expect(try roc.truePositiveRate(atFalsePositiveRate: 1) == 1)
        let youden = roc.youdenPoint
        #expect(
            roc.points.allSatisfy {
                $0.truePositiveRate - $0.falsePositiveRate
                    <= youden.truePositiveRate - youden.falsePositiveRate
            })
        let thin = try ROC(
            labels: [true, false] + (0..<500).map { $0 % 3 == 0 },
            scores: [2, -1] + (0..<500).map { Double($0) / 500 }
        ).thinned(to: 50)
        #expect(thin.count <= 50)
        #expect(thin.first?.truePositiveRate == 0)
        #expect(thin.last?.falsePositiveRate == 1)
    }

    @Test func comparisonByHand() throws {
        let labels = [true, true, false, false, true, false]
        let scores = [0.9, 0.4, 0.5, 0.1, 0.7, 0.3]
        let same = try AUCComparison(
            labels: labels, first: scores, second: scores.map { $0 * $0 })
        #expect(same.difference == 0)
        #expect(same.z == 0)
        #expect(same.pValue == 1)
        let perfect = try AUCEstimate(
            labels: [true, true, false, false], scores: [4, 3, 2, 1])
        #expect(perfect.variance == 0)
        #expect(try perfect.interval(method: .logit).upper == 1)
        let logit = try AUCEstimate(labels: labels, scores: scores).interval(method: .logit)
        #expect(logit.lower > 0 && logit.upper < 1)
        expectError(.tooFewRows, "1.0 positives") { () throws(MetricsError) in
            try AUCEstimate(labels: [true, false, false], scores: [1, 2, 3])
        }
        for level in [0, 1, Double.nan] {
            expectError(.invalidParameter, "level \(level)") { () throws(MetricsError) in
                try perfect.interval(level: level)
            }
        }
    }

    @Test func badInput() {
        for parameters in [(-0.1, 0.2), (0.8, 0.3), (Double.nan, 0)] {
            expectError(.invalidParameter, "\(parameters.0)") { () throws(MetricsError) in
                try ExpectedMaximumProfit(
                    labels: [true, false], scores: [1, 0], noLoss: parameters.0,
                    fullLoss: parameters.1)
            }
        }
        expectError(.invalidParameter, "-1.0 is negative") { () throws(MetricsError) in
            try ExpectedMaximumProfit(
                labels: [true, false], scores: [1, 0], returnOnInvestment: -1)
        }
        for prior in [MistakeCostPrior.beta(0, 1), .beta(1, .nan), .severityRatio(-2)] {
            expectError(.invalidParameter, "not in 1e-6...1e6") { () throws(MetricsError) in
                try hMeasure(labels: [true, false], scores: [1, 0], prior: prior)
            }
        }
        expectError(.oneClass, "at most 0.4") { () throws(MetricsError) in
            try partialGini(labels: [true, false], probabilities: [0.9, 0.8])
        }
        expectError(.invalidParameter, "0 buckets") { () throws(MetricsError) in
            try GainsTable(labels: [true, false], scores: [1, 0], bucketCount: 0)
        }
    }
}
