// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Metrics

/// `metrics.<name>`: one measure of n scores and outcomes.
struct MetricBenchmark: FeatureBenchmark {
    /// Which measure is computed.
    enum Kind: String, CaseIterable {
        case rocAUC = "roc_auc"
        case averagePrecision = "avg_precision"
        case kolmogorovSmirnov = "ks"
        case brierScore = "brier"
        case logLoss = "log_loss"
    }

    let kind: Kind
    let sizes = ["1e6", "1e7"]
    let smallSize = "2e3"

    var name: String { "metrics.\(kind.rawValue)" }

    func workload(size: String, directory: String) throws -> Workload {
        let count = itemCount(size)
        let scores = try BenchmarkData<Double>(directory: directory)
            .elements("metrics_score", count: count)
        let outcomes = try bytes(ofFile: "\(directory)/metrics_y_u8.bin").prefix(count)
        guard outcomes.count == count else {
            throw BenchmarkError(
                code: .data, message: "\(outcomes.count) outcomes for \(count) scores")
        }
        let labels = outcomes.map { $0 == 1 }
        let kind = kind
        var value = Double.nan
        return Workload {
            value = try kind.value(labels, scores)
        } check: {
            let expected = kind.reference(labels, scores)
            let error = try requireAgreement(kind.rawValue, [value], [expected], limit: 1e-12) {
                _ in expected
            }
            return [kind.rawValue: value, "check": value, "error": error]
        }
    }
}

extension MetricBenchmark.Kind {
    fileprivate func value(_ labels: [Bool], _ scores: [Double]) throws -> Double {
        switch self {
        case .rocAUC: try Metrics.rocAUC(labels: labels, scores: scores)
        case .averagePrecision: try Metrics.averagePrecision(labels: labels, scores: scores)
        case .kolmogorovSmirnov:
            try Metrics.kolmogorovSmirnov(labels: labels, scores: scores).statistic
        case .brierScore: try Metrics.brierScore(labels: labels, probabilities: scores)
        case .logLoss: try Metrics.logLoss(labels: labels, probabilities: scores)
        }
    }

    /// The same from a plain sort, or a sum with compensation.
    fileprivate func reference(_ labels: [Bool], _ scores: [Double]) -> Double {
        let rows = zip(labels, scores)
        switch self {
        case .brierScore:
            let misses = rows.lazy.map { $0 ? 1 - $1 : $1 }
            return compensatedSum(misses.map { $0 * $0 }) / Double(scores.count)
        case .logLoss:
            return compensatedSum(rows.lazy.map { -log($0 ? $1 : 1 - $1) }) / Double(scores.count)
        case .rocAUC, .averagePrecision, .kolmogorovSmirnov:
            let positives = rows.lazy.filter { $0.0 }.map { $0.1 }.sorted(by: >)
            let negatives = rows.lazy.filter { !$0.0 }.map { $0.1 }.sorted(by: >)
            return reference(positives, negatives)
        }
    }

    /// Merges the two classes, both in descending order.
    private func reference(_ positives: [Double], _ negatives: [Double]) -> Double {
        var (found, mistaken) = (0, 0)
        var (halfPairs, distance, precision) = (0, 0.0, 0.0)
        while found < positives.count || mistaken < negatives.count {
            let score = max(
                found < positives.count ? positives[found] : -.infinity,
                mistaken < negatives.count ? negatives[mistaken] : -.infinity)
            let (foundBefore, mistakenBefore) = (found, mistaken)
            while found < positives.count, positives[found] == score { found += 1 }
            while mistaken < negatives.count, negatives[mistaken] == score { mistaken += 1 }
            halfPairs += (mistaken - mistakenBefore) * (found + foundBefore)
            precision += Double(found - foundBefore) * Double(found) / Double(found + mistaken)
            distance = max(
                distance,
                abs(
                    Double(found) / Double(positives.count)
                        - Double(mistaken) / Double(negatives.count)))
        }
        return switch self {
        case .rocAUC: Double(halfPairs) / Double(2 * positives.count * negatives.count)
        case .averagePrecision: precision / Double(positives.count)
        default: distance
        }
    }
}
