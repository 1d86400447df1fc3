// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// What one believes of the costs of the two mistakes before a score is judged.
///
/// A mistake on a negative (a false positive) costs c and one on a positive 1 - c, and c has a beta
/// distribution. The H-measure moves with it: on one and the same score of German credit from 0.31
/// to 0.36. So it must always be stated.
public enum MistakeCostPrior: Hashable, Codable, Sendable {
    /// Beta(2, 1 + 1/r) with r = positives / negatives, most likely at balanced total costs: the
    /// severity ratio that R's `hmeasure` takes by default.
    case classRatio
    /// Beta(2, 1 + 1/r) of a given severity ratio r, the cost of a false positive divided by that
    /// of a false negative.
    case severityRatio(Double)
    /// Beta(1 + p, 2 - p) with the share p of positives, as Hand and
    /// Anagnostopoulos (2014) propose.
    case classShares
    /// Beta(a, b).
    case beta(Double, Double)

    func parameters(positiveShare: Double) throws(MetricsError) -> (a: Double, b: Double) {
        switch self {
        case .classRatio:
            return (2, 1 + (1 - positiveShare) / positiveShare)
        case .severityRatio(let ratio):
            try Self.requirePositive(ratio, "severity ratio")
            return (2, 1 + 1 / ratio)
        case .classShares:
            return (1 + positiveShare, 2 - positiveShare)
        case .beta(let a, let b):
            try Self.requirePositive(a, "beta parameter")
            try Self.requirePositive(b, "beta parameter")
            return (a, b)
        }
    }

    private static func requirePositive(_ value: Double, _ name: String) throws(MetricsError) {
        guard value > 1e-6, value < 1e6 else {
            throw MetricsError(.invalidParameter, "\(name) \(value) is not in 1e-6...1e6")
        }
    }
}

/// The H-measure: the share of the expected cost of mistakes that a score saves, in `0...1`.
///
/// `H = 1 - L / L0`, where L is the expected cost under the prior when for every cost the best
/// threshold of the ROC's convex hull is taken, and L0 that of the better one of "all" and "none".
/// Unlike the area under the curve it judges all scores by the same costs.
///
/// D. J. Hand, Machine Learning 77 (2009), https://doi.org/10.1007/s10994-009-5119-5;
/// D. J. Hand, C. Anagnostopoulos, Pattern Recognition Letters 40 (2014),
/// https://doi.org/10.1016/j.patrec.2013.12.004.
/// - Parameters:
///   - labels: Whether each row is positive.
///   - scores: The finite score of each row, higher meaning more likely positive.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
///   - prior: The distribution of the costs.
/// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``, and of code
///   `invalidParameter` for parameters of the prior outside 1e-6...1e6.
/// - Complexity: O(n log n) for n rows.
public func hMeasure(
    labels: [Bool], scores: [Double], weights: [Double]? = nil,
    prior: MistakeCostPrior = .classRatio
) throws(MetricsError) -> Double {
    let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
    try ranked.requireBothClasses()
    let positiveShare = ranked.positives / (ranked.positives + ranked.negatives)
    let (a, b) = try prior.parameters(positiveShare: positiveShare)
    let costs = MistakeCosts(a: a, b: b, positiveShare: positiveShare)
    let hull = ROC(ranked).convexHull
    var loss = CompensatedSum()
    // Point after point is best for smaller and smaller costs of false positives.
    var upper = 1.0
    for index in hull.indices {
        let lower = index + 1 < hull.count ? costs.indifference(hull[index], hull[index + 1]) : 0
        loss += costs.expected(hull[index], from: lower, to: upper)
        upper = lower
    }
    let all = ROC.Point(threshold: nil, falsePositiveRate: 1, truePositiveRate: 1)
    let none = ROC.Point(threshold: nil, falsePositiveRate: 0, truePositiveRate: 0)
    let worst =
        costs.expected(all, from: 0, to: positiveShare)
        + costs.expected(none, from: positiveShare, to: 1)
    return min(max(1 - loss.value / worst, 0), 1)
}

/// Expected costs of mistakes under a beta distribution of c.
private struct MistakeCosts {
    let a: Double
    let b: Double
    let positiveShare: Double

    /// The c at which two points of the curve cost the same.
    func indifference(_ first: ROC.Point, _ second: ROC.Point) -> Double {
        let found = positiveShare * (second.truePositiveRate - first.truePositiveRate)
        let mistaken = (1 - positiveShare) * (second.falsePositiveRate - first.falsePositiveRate)
        return found / (found + mistaken)
    }

    /// The integral of `c (1 - p) FPR + (1 - c) p (1 - TPR)` times the density of c.
    func expected(_ point: ROC.Point, from lower: Double, to upper: Double) -> Double {
        guard lower < upper else { return 0 }
        let c =
            a / (a + b)
            * (IncompleteBeta.lower(upper, a + 1, b) - IncompleteBeta.lower(lower, a + 1, b))
        let rest =
            b / (a + b)
            * (IncompleteBeta.lower(upper, a, b + 1) - IncompleteBeta.lower(lower, a, b + 1))
        return c * (1 - positiveShare) * point.falsePositiveRate
            + rest * positiveShare * (1 - point.truePositiveRate)
    }
}
