// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import RealModule

/// The area under the ROC curve with DeLong's variance: how far it may be from the area of all rows
/// that might have been drawn.
///
/// With the placement values `V_i`, the share of the other class that row i is ranked rightly
/// against, and m positives and n negatives,
/// `var = sum over positives of (V - auc)^2 / ((m - 1) m) + sum over negatives of (V - auc)^2 /
/// ((n - 1) n)`.
///
/// E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988),
/// https://doi.org/10.2307/2531595; sorted as by X. Sun, W. Xu, IEEE Signal Processing Letters 21
/// (2014), https://doi.org/10.1109/LSP.2014.2337313.
public struct AUCEstimate: Hashable, Codable, Sendable {
    /// How an interval is built.
    public enum IntervalMethod: String, Hashable, Codable, Sendable {
        /// Symmetric around the area and cut off at 0 and 1.
        case wald
        /// Symmetric on the scale of `log(auc / (1 - auc))`, which keeps it within 0 and 1.
        case logit
    }

    /// The area, in `0...1`.
    public let auc: Double
    /// DeLong's variance of the area.
    public let variance: Double
    /// The weight of the positives.
    public let positives: Double
    /// The weight of the negatives.
    public let negatives: Double

    /// The square root of ``variance``.
    public var standardError: Double { variance.squareRoot() }

    /// The Gini coefficient `2 auc - 1`, whose standard error is twice that of the area.
    public var gini: Double { 2 * auc - 1 }

    /// Estimates the area and its variance.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row.
    ///   - weights: The weight of each row as a number of repetitions, 0 or in 1e-100...1e100.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``, and of code `tooFewRows`
    ///   unless both classes have more than one row.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        let placements = try Placements(labels: labels, scores: scores, weights: weights)
        try placements.requireVariance()
        self.init(placements, labels, weights)
    }

    init(_ placements: Placements, _ labels: [Bool], _ weights: [Double]?) {
        auc = placements.area
        positives = placements.positives
        negatives = placements.negatives
        variance = Placements.covariance(placements, placements, labels: labels, weights: weights)
    }

    /// An interval of the area, within `0...1`.
    ///
    /// An area of 0 or 1 has no variance and its interval no width; that says that all pairs are
    /// ranked alike, not that the area is known.
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func interval(
        level: Double = 0.95, method: IntervalMethod = .wald
    ) throws(MetricsError) -> ConfidenceInterval {
        if method == .wald || auc <= 0 || auc >= 1 {
            return try .normal(auc, standardError: standardError, level: level, within: 0...1)
        }
        let logit = try ConfidenceInterval.normal(
            Double.log(auc / (1 - auc)), standardError: standardError / (auc * (1 - auc)),
            level: level)
        return ConfidenceInterval(
            lower: 1 / (1 + Double.exp(-logit.lower)), upper: 1 / (1 + Double.exp(-logit.upper)),
            level: level)
    }
}
