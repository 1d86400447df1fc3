// SPDX-License-Identifier: Apache-2.0

extension ValidationReport {
    /// How a report is made.
    public struct Options: Hashable, Codable, Sendable {
        /// The level of all intervals, between 0 and 1.
        public var level = 0.95
        /// The draws behind the intervals of all measures but the area; nil for none.
        ///
        /// Every draw costs as much as the report itself.
        public var bootstrap: Bootstrap? = Bootstrap(replicates: 200, seed: 0)
        /// The costs of decisions, which fix the threshold.
        public var costs: CostMatrix?
        /// The threshold; nil takes Bayes' threshold of the costs, or 0.5 without costs.
        public var threshold: Double?
        /// The number of groups of the gains table, the reliability table, Murphy's parts, the test
        /// of Hosmer and Lemeshow and the stability index.
        public var groupCount = 10
        /// The greatest number of points of a chart's series, at least 2.
        public var chartPointCount = 200
        /// Whether the model was fitted to these rows, which the test of Hosmer and Lemeshow asks.
        public var isInSample = false

        /// The defaults.
        public init() {}
    }

    /// Computes a report.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive; both classes must occur.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - reference: The probabilities when the model was built, for the stability index.
    ///   - groups: The group of each row, for fairness; a negative prediction counts as favourable.
    ///   - options: How the report is made.
    /// - Throws: ``MetricsError`` for invalid arrays and options. A measure that is not defined for
    ///   these rows is left out, and ``notes`` says why.
    /// - Complexity: O(n log n) for n rows, times the number of draws.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil,
        reference: [Double]? = nil, groups: [String]? = nil, options: Options = Options()
    ) throws(MetricsError) {
        try Validation.level(options.level)
        guard options.chartPointCount >= 2 else {
            throw MetricsError(
                .invalidParameter, "\(options.chartPointCount) points: a chart needs 2")
        }
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        let ranked = try RankedOutcomes(labels: labels, scores: probabilities, weights: weights)
        try ranked.requireBothClasses()
        var notes: [String] = []
        rowCount = ranked.rowCount
        weight = ranked.positives + ranked.negatives
        positiveRate = ranked.positives / (ranked.positives + ranked.negatives)
        level = options.level
        estimates = try Self.estimates(labels, probabilities, weights, options, &notes)
        let curve = ROC(ranked)
        roc = curve.thinned(to: options.chartPointCount)
        kolmogorovSmirnov = curve.kolmogorovSmirnov
        precisionRecall = Self.thinned(
            try PrecisionRecallCurve(labels: labels, scores: probabilities, weights: weights)
                .points, to: options.chartPointCount)
        gains = try GainsTable(
            labels: labels, scores: probabilities, weights: weights,
            bucketCount: options.groupCount)
        distribution = Self.distribution(ranked)
        calibration = Calibration(
            brier: try BrierDecomposition(
                labels: labels, probabilities: probabilities, weights: weights,
                bins: .equalCount(options.groupCount)),
            reliability: try ReliabilityTable(
                labels: labels, probabilities: probabilities, weights: weights,
                bins: .equalCount(options.groupCount)),
            hosmerLemeshow: Self.noting("Hosmer-Lemeshow", &notes) { () throws(MetricsError) in
                let test = try HosmerLemeshowTest(
                    labels: labels, probabilities: probabilities, weights: weights,
                    groupCount: options.groupCount, isInSample: options.isInSample)
                guard test.statistic.isFinite else {
                    throw MetricsError(
                        .noSpread, "a group of probability 0 or 1 has the other outcome")
                }
                return test
            },
            spiegelhalter: Self.noting("Spiegelhalter", &notes) { () throws(MetricsError) in
                try SpiegelhalterTest(
                    labels: labels, probabilities: probabilities, weights: weights)
            },
            line: Self.noting("calibration line", &notes) { () throws(MetricsError) in
                try CalibrationLine(
                    labels: labels, probabilities: probabilities, weights: weights)
            })
        let threshold = options.threshold ?? options.costs?.bayesThreshold ?? 0.5
        let matrix = try ConfusionMatrix(
            labels: labels, scores: probabilities, threshold: threshold, weights: weights)
        decision = Decision(
            threshold: threshold, matrix: matrix, costs: options.costs,
            meanCost: options.costs.map { $0.mean(of: matrix) },
            costCurve: try CostCurve(
                labels: labels, probabilities: probabilities, weights: weights))
        if let reference {
            try Validation.probabilities(reference)
            stability = try StabilityIndex(
                reference: reference, current: probabilities, binCount: options.groupCount,
                currentWeights: weights)
        } else {
            stability = nil
        }
        if let groups {
            fairness = try FairnessAssessment(
                labels: labels, scores: probabilities, threshold: threshold, groups: groups,
                weights: weights)
        } else {
            fairness = nil
        }
        self.notes = notes
    }

    private static func noting<Value>(
        _ title: String, _ notes: inout [String], _ body: () throws(MetricsError) -> Value
    ) -> Value? {
        do throws(MetricsError) {
            return try body()
        } catch {
            notes.append("\(title): \(error.message)")
            return nil
        }
    }

    private static func estimates(
        _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?, _ options: Options,
        _ notes: inout [String]
    ) throws(MetricsError) -> [Estimate] {
        let delong = noting("DeLong", &notes) { () throws(MetricsError) in
            try AUCEstimate(labels: labels, scores: probabilities, weights: weights)
        }
        var estimates: [Estimate] = []
        for measure in Measure.all {
            let value = noting(measure.title, &notes) { () throws(MetricsError) in
                try measure.value(labels: labels, scores: probabilities, weights: weights)
            }
            guard let value else { continue }
            var interval: ConfidenceInterval?
            if measure.id == "roc_auc" || measure.id == "gini" {
                if let own = try delong?.interval(level: options.level) {
                    interval =
                        measure.id == "roc_auc"
                        ? own
                        : ConfidenceInterval(
                            lower: 2 * own.lower - 1, upper: 2 * own.upper - 1, level: own.level)
                }
            } else if let bootstrap = options.bootstrap {
                interval = noting("interval of \(measure.title)", &notes) {
                    () throws(MetricsError) in
                    try bootstrap.estimate(
                        labels: labels, scores: probabilities, weights: weights
                    ) { labels, scores, weights throws(MetricsError) in
                        try measure.value(labels: labels, scores: scores, weights: weights)
                    }.interval(level: options.level)
                }
            }
            estimates.append(
                Estimate(id: measure.id, title: measure.title, value: value, interval: interval))
        }
        return estimates
    }

    private static func thinned(
        _ points: [PrecisionRecallCurve.Point], to count: Int
    ) -> [PrecisionRecallCurve.Point] {
        guard points.count > count else { return points }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
    }

    private static func distribution(
        _ ranked: RankedOutcomes
    ) -> [DistributionBin] {
        let count = 20
        var positives = [Double](repeating: 0, count: count)
        var negatives = positives
        ranked.forEachGroup { group in
            let bin = min(Int(group.score * Double(count)), count - 1)
            positives[bin] += group.positives
            negatives[bin] += group.negatives
        }
        return (0..<count).map { bin in
            DistributionBin(
                lowerBound: Double(bin) / Double(count),
                upperBound: Double(bin + 1) / Double(count),
                positives: positives[bin] / ranked.positives,
                negatives: negatives[bin] / ranked.negatives)
        }
    }
}
