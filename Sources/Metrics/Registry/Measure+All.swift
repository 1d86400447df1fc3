// SPDX-License-Identifier: Apache-2.0

extension Measure {
    /// All measures of labels and scores of two classes.
    public static let all: [Measure] = rankings + probabilities + decisions

    private static let rankings = [
        Measure("roc_auc", "Area under the ROC curve", .ranking, isSymmetric: true) {
            labels, scores, weights throws(MetricsError) in
            try rocAUC(labels: labels, scores: scores, weights: weights)
        },
        Measure("gini", "Gini coefficient", .ranking, bounds: -1...1, isSymmetric: true) {
            labels, scores, weights throws(MetricsError) in
            2 * (try rocAUC(labels: labels, scores: scores, weights: weights)) - 1
        },
        Measure("ks", "Kolmogorov-Smirnov distance", .ranking, isSymmetric: true) {
            labels, scores, weights throws(MetricsError) in
            try kolmogorovSmirnov(labels: labels, scores: scores, weights: weights).statistic
        },
        Measure("average_precision", "Average precision", .ranking, isSymmetric: false) {
            labels, scores, weights throws(MetricsError) in
            try averagePrecision(labels: labels, scores: scores, weights: weights)
        },
        Measure(
            "h_measure", "H-measure (severity ratio of the classes)", .ranking, isSymmetric: false
        ) {
            labels, scores, weights throws(MetricsError) in
            try hMeasure(labels: labels, scores: scores, weights: weights)
        },
        Measure(
            "h_measure_shares", "H-measure (prior of the class shares)", .ranking,
            isSymmetric: true
        ) { labels, scores, weights throws(MetricsError) in
            try hMeasure(labels: labels, scores: scores, weights: weights, prior: .classShares)
        },
        Measure(
            "emp", "Expected maximum profit", .ranking, isSymmetric: false
        ) { labels, scores, weights throws(MetricsError) in
            try ExpectedMaximumProfit(labels: labels, scores: scores, weights: weights).profit
        },
        Measure(
            "partial_gini", "Partial Gini up to 0.4", .ranking, bounds: -1...1,
            needsProbabilities: true, isSymmetric: false
        ) { labels, scores, weights throws(MetricsError) in
            try partialGini(labels: labels, probabilities: scores, weights: weights)
        },
    ]

    private static let probabilities = [
        Measure("brier", "Brier score", .probability, .lowerIsBetter, isSymmetric: true) {
            labels, scores, weights throws(MetricsError) in
            try brierScore(labels: labels, probabilities: scores, weights: weights)
        },
        Measure(
            "brier_skill", "Brier skill score", .probability, bounds: -Double.infinity...1,
            isSymmetric: true
        ) { labels, scores, weights throws(MetricsError) in
            let parts = try BrierDecomposition(
                labels: labels, probabilities: scores, weights: weights)
            return try defined(parts.skillScore, "Brier skill score")
        },
        Measure(
            "log_loss", "Log loss", .probability, .lowerIsBetter, bounds: 0...Double.infinity,
            isSymmetric: true
        ) { labels, scores, weights throws(MetricsError) in
            try logLoss(labels: labels, probabilities: scores, weights: weights)
        },
        Measure(
            "ece", "Expected calibration error (10 equal widths)", .probability, .lowerIsBetter,
            isSymmetric: true
        ) { labels, scores, weights throws(MetricsError) in
            try ReliabilityTable(labels: labels, probabilities: scores, weights: weights)
                .expectedCalibrationError
        },
        Measure(
            "mce", "Maximum calibration error (10 equal widths)", .probability, .lowerIsBetter,
            isSymmetric: true
        ) { labels, scores, weights throws(MetricsError) in
            try ReliabilityTable(labels: labels, probabilities: scores, weights: weights)
                .maximumCalibrationError
        },
    ]

    private static let decisions = [
        decision("accuracy", "Accuracy at 0.5", isSymmetric: true) { $0.accuracy },
        decision("balanced_accuracy", "Balanced accuracy at 0.5", isSymmetric: true) {
            $0.balancedAccuracy
        },
        decision("precision", "Precision at 0.5", isSymmetric: false) { $0.precision },
        decision("recall", "Recall at 0.5", isSymmetric: false) { $0.recall },
        decision("specificity", "Specificity at 0.5", isSymmetric: false) { $0.specificity },
        decision("f1", "F1 at 0.5", isSymmetric: false) { $0.f1 },
        decision("g_mean", "Geometric mean at 0.5", isSymmetric: true) { $0.geometricMean },
        decision("mcc", "Matthews correlation at 0.5", bounds: -1...1, isSymmetric: true) {
            $0.matthewsCorrelation
        },
        decision("kappa", "Cohen's kappa at 0.5", bounds: -1...1, isSymmetric: true) {
            $0.cohensKappa
        },
    ]

    private static func decision(
        _ id: String, _ title: String, bounds: ClosedRange<Double> = 0...1, isSymmetric: Bool,
        _ ratio: @escaping @Sendable (ConfusionMatrix) -> Double?
    ) -> Measure {
        Measure(id, title, .decision, bounds: bounds, isSymmetric: isSymmetric) {
            labels, scores, weights throws(MetricsError) in
            let matrix = try ConfusionMatrix(
                labels: labels, scores: scores, threshold: 0.5, weights: weights)
            return try defined(ratio(matrix), title)
        }
    }

    private static func defined(_ value: Double?, _ title: String) throws(MetricsError) -> Double {
        guard let value else {
            throw MetricsError(
                .oneClass, "\(title) is not defined: labels or predictions are of one class")
        }
        return value
    }
}
