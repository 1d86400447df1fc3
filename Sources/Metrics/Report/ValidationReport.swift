// SPDX-License-Identifier: Apache-2.0

/// Everything that a validator asks of a score, in one value: measures with intervals, calibration,
/// decisions and costs, and on request stability and fairness, with the series for charts.
///
/// ```swift
/// let report = try ValidationReport(labels: defaulted, probabilities: risk)
/// print(report.markdown())
/// ```
/// The report is a plain value without dates or paths: equal input gives equal bytes of JSON with
/// sorted keys, so its digest can be kept with that of the model.
public struct ValidationReport: Hashable, Codable, Sendable {
    /// A measure with its interval.
    public struct Estimate: Hashable, Codable, Sendable {
        /// The name of the measure in ``Measure/all``.
        public let id: String
        /// The name for people.
        public let title: String
        /// The value.
        public let value: Double
        /// DeLong's interval for the area and the Gini coefficient, else that of the bootstrap; nil
        /// without a bootstrap, or where draws have no value.
        public let interval: ConfidenceInterval?
    }

    /// What the probabilities are worth as probabilities.
    public struct Calibration: Hashable, Codable, Sendable {
        /// The Brier score taken apart over the groups of ``reliability``.
        public let brier: BrierDecomposition
        /// The series of the calibration chart.
        public let reliability: ReliabilityTable
        /// The test by groups; nil where it is not defined.
        public let hosmerLemeshow: HosmerLemeshowTest?
        /// The test without groups; nil where it is not defined.
        public let spiegelhalter: SpiegelhalterTest?
        /// Slope and intercept; nil where they are not defined.
        public let line: CalibrationLine?
    }

    /// What a threshold makes of the score.
    public struct Decision: Hashable, Codable, Sendable {
        /// The probability from which a row is predicted positive.
        public let threshold: Double
        /// The outcomes.
        public let matrix: ConfusionMatrix
        /// The costs, if they are known.
        public let costs: CostMatrix?
        /// The mean cost of a row, if the costs are known.
        public let meanCost: Double?
        /// The series of the cost chart.
        public let costCurve: CostCurve
    }

    /// The shares of both classes in a stretch of probabilities, for a chart.
    public struct DistributionBin: Hashable, Codable, Sendable {
        /// The lower end.
        public let lowerBound: Double
        /// The upper end.
        public let upperBound: Double
        /// The share of the positives.
        public let positives: Double
        /// The share of the negatives.
        public let negatives: Double
    }

    /// The number of rows with positive weight.
    public let rowCount: Int
    /// The weight of the rows.
    public let weight: Double
    /// The share of positives.
    public let positiveRate: Double
    /// The level of all intervals.
    public let level: Double
    /// The measures of ``Measure/all`` that are defined for these rows.
    public let estimates: [Estimate]
    /// The series of the ROC chart.
    public let roc: [ROC.Point]
    /// Where the two classes are furthest apart, among all thresholds.
    public let kolmogorovSmirnov: KolmogorovSmirnov
    /// The series of the precision-recall chart.
    public let precisionRecall: [PrecisionRecallCurve.Point]
    /// The table and series of gains and lift.
    public let gains: GainsTable
    /// The series of the distribution chart.
    public let distribution: [DistributionBin]
    /// Calibration.
    public let calibration: Calibration
    /// Decisions and costs.
    public let decision: Decision
    /// How far the probabilities have moved from those at development, if they were given.
    public let stability: StabilityIndex?
    /// How the decisions fall upon groups, if groups were given.
    public let fairness: FairnessAssessment?
    /// What could not be computed, and why.
    public let notes: [String]

    /// The estimate of this name.
    public subscript(id: String) -> Estimate? { estimates.first { $0.id == id } }
}
