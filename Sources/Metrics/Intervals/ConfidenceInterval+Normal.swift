// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

extension ConfidenceInterval {
    /// `centre +- z standardError` with the normal quantile z, kept within `limits`.
    static func normal(
        _ centre: Double, standardError: Double, level: Double,
        within limits: ClosedRange<Double> = -Double.infinity...Double.infinity
    ) throws(MetricsError) -> ConfidenceInterval {
        try Validation.level(level)
        let reach = NormalDistribution.survivalQuantile((1 - level) / 2) * standardError
        return ConfidenceInterval(
            lower: max(centre - reach, limits.lowerBound),
            upper: min(centre + reach, limits.upperBound), level: level)
    }
}

extension NormalDistribution {
    /// The probability of a distance of at least `abs(z)` from 0.
    static func twoSided(_ z: Double) -> Double { min(1, 2 * survival(abs(z))) }
}
