// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Whether the Brier score is as large as it should be if the probabilities were right.
///
/// `z = sum of (y - p)(1 - 2p) / sqrt(sum of (1 - 2p)^2 p (1 - p))`, standard normal for right
/// probabilities; it needs no groups. D. J. Spiegelhalter, Statistics in Medicine 5 (1986),
/// https://doi.org/10.1002/sim.4780050506.
public struct SpiegelhalterTest: Hashable, Codable, Sendable {
    /// The statistic; positive where the Brier score is larger than expected.
    public let z: Double
    /// The probability of a ``z`` at least this far from 0 when the probabilities are right.
    public let pValue: Double

    /// Tests the rows.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `noSpread` when all probabilities
    ///   are 0, 0.5 or 1, where the score's variance is 0.
    /// - Complexity: O(n) for n rows.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        try Validation.weights(weights)
        var excess = CompensatedSum()
        var variance = CompensatedSum()
        for (row, p) in probabilities.enumerated() {
            let weight = weights?[row] ?? 1
            excess += weight * ((labels[row] ? 1 : 0) - p) * (1 - 2 * p)
            variance += weight * (1 - 2 * p) * (1 - 2 * p) * p * (1 - p)
        }
        guard variance.value > 0 else {
            throw MetricsError(
                .noSpread, "all probabilities are 0, 0.5 or 1: the score has no variance")
        }
        z = excess.value / variance.value.squareRoot()
        pValue = NormalDistribution.twoSided(z)
    }
}
