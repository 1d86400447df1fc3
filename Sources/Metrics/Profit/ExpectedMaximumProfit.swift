// SPDX-License-Identifier: Apache-2.0

/// The expected maximum profit of a score for lending, and the share of applicants to turn down.
///
/// Per applicant and unit lent, turning down a defaulter saves the loss l and turning down a payer
/// forgoes the return. The loss is 0 with one probability, 1 with another and uniform in between;
/// for every loss the best threshold of the ROC's convex hull is taken:
/// `EMP = integral over l of max over t of (l p TPR(t) - roi (1 - p) FPR(t))` with the share p of
/// defaulters. Positive must mean default.
///
/// T. Verbraken, C. Bravo, R. Weber, B. Baesens, European Journal of Operational Research 238
/// (2014), https://doi.org/10.1016/j.ejor.2014.04.001, whose parameters are the defaults.
public struct ExpectedMaximumProfit: Hashable, Codable, Sendable {
    /// The expected gain over lending to everybody, as a share of the amount lent per applicant.
    public let profit: Double
    /// The expected share of applicants turned down, in `0...1`.
    public let rejectedShare: Double

    /// Integrates over the loss.
    ///
    /// - Parameters:
    ///   - labels: Whether each row defaulted.
    ///   - scores: The finite score of each row, higher meaning more likely to default.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - noLoss: The probability that nothing is lost by a default, in `0...1`.
    ///   - fullLoss: The probability that all is lost, in `0...1`, together at most 1.
    ///   - returnOnInvestment: The return on a loan that is paid, at least 0.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``, and of code
    ///   `invalidParameter`.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil, noLoss: Double = 0.55,
        fullLoss: Double = 0.1, returnOnInvestment: Double = 0.2644
    ) throws(MetricsError) {
        guard noLoss >= 0, fullLoss >= 0, noLoss + fullLoss <= 1 else {
            throw MetricsError(
                .invalidParameter,
                "probabilities \(noLoss) of no and \(fullLoss) of full loss: not shares of 1")
        }
        guard returnOnInvestment >= 0, returnOnInvestment.isFinite else {
            throw MetricsError(
                .invalidParameter, "return on investment \(returnOnInvestment) is negative")
        }
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        let defaulters = ranked.positives / (ranked.positives + ranked.negatives)
        let payers = 1 - defaulters
        let hull = ROC(ranked).convexHull
        let density = 1 - noLoss - fullLoss
        var profit = CompensatedSum()
        var rejected = CompensatedSum()
        var lower = 0.0
        for (index, point) in hull.enumerated() where lower < 1 {
            var upper = 1.0
            if index + 1 < hull.count {
                let found = hull[index + 1].truePositiveRate - point.truePositiveRate
                let lost = hull[index + 1].falsePositiveRate - point.falsePositiveRate
                upper = min(returnOnInvestment * payers * lost / (defaulters * found), 1)
            }
            let share = defaulters * point.truePositiveRate + payers * point.falsePositiveRate
            func gain(_ loss: Double) -> Double {
                loss * defaulters * point.truePositiveRate
                    - returnOnInvestment * payers * point.falsePositiveRate
            }
            // From the first loss at which this point is best; at a
            // loss of 0 nobody is turned down.
            if upper > lower {
                profit += density * (upper - lower) * gain((lower + upper) / 2)
                rejected += density * (upper - lower) * share
            }
            if upper >= 1 {
                profit += fullLoss * gain(1)
                rejected += fullLoss * share
            }
            lower = max(lower, upper)
        }
        self.profit = profit.value
        rejectedShare = rejected.value
    }
}
