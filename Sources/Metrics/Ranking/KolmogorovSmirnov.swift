// SPDX-License-Identifier: Apache-2.0

/// The greatest distance between the score distributions of the two classes, and where it is.
///
/// `KS = max over t of |TPR(t) - FPR(t)|`, the two-sample Kolmogorov-Smirnov statistic. Of several
/// thresholds with the same distance the highest is reported.
public struct KolmogorovSmirnov: Hashable, Codable, Sendable {
    /// The distance, in `0...1`.
    public let statistic: Double

    /// The score at which the distance is reached: rows from this score on are the one side.
    public let threshold: Double

    /// The share of the positives with at least this score, in `0...1`.
    ///
    /// It is the smaller one of the two shares when the score ranks the wrong way round.
    public let truePositiveRate: Double

    /// The share of the negatives with at least this score, in `0...1`.
    public let falsePositiveRate: Double

    init(threshold: Double, truePositiveRate: Double, falsePositiveRate: Double) {
        statistic = abs(truePositiveRate - falsePositiveRate)
        self.threshold = threshold
        self.truePositiveRate = truePositiveRate
        self.falsePositiveRate = falsePositiveRate
    }
}
