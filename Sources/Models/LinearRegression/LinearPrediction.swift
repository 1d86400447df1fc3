// SPDX-License-Identifier: Apache-2.0

/// The prediction of one row with what is not known about it.
public struct LinearPrediction: Hashable, Sendable {
    /// `b + wᵀx`.
    public let mean: Double

    /// The standard error of ``mean``.
    public let standardError: Double

    /// The standard deviation of a row of weight 1 around the true mean.
    public let residualDeviation: Double

    /// The degrees of freedom of both.
    public let degreesOfFreedom: Double

    /// Where the mean of all rows with these features is.
    ///
    /// - Parameter level: the share of samples whose interval covers it, within 0...1.
    /// - Precondition: `level` is within 0...1.
    public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double> {
        let half = tQuantile(level: level, degreesOfFreedom) * standardError
        return mean - half...mean + half
    }

    /// Where the target of one more row with these features is.
    ///
    /// - Parameter level: the share of rows that it covers, within 0...1.
    /// - Precondition: `level` is within 0...1.
    public func predictionInterval(level: Double = 0.95) -> ClosedRange<Double> {
        let variance = standardError * standardError + residualDeviation * residualDeviation
        let half = tQuantile(level: level, degreesOfFreedom) * variance.squareRoot()
        return mean - half...mean + half
    }
}
