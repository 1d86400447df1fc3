// SPDX-License-Identifier: Apache-2.0

extension Pipeline.Step {
    /// Replaces a missing number by the mean of the nearest training rows.
    public static func imputeFromNeighbours(
        _ count: Int = 5, weighting: NearestNeighbourImputation.Weighting = .uniform,
        indicators: Bool = false, only columns: [String]? = nil
    ) -> Self {
        Self(
            NearestNeighbourImputation(
                neighbourCount: count, weighting: weighting, addsIndicators: indicators,
                columns: columns))
    }

    /// Replaces missing numbers by what regressions on the other columns predict.
    public static func imputeIteratively(
        _ regression: IterativeImputation.Regression = .bayesianRidge, rounds: Int = 10,
        tolerance: Double = 1e-3, indicators: Bool = false, only columns: [String]? = nil
    ) -> Self {
        Self(
            IterativeImputation(
                regression: regression, roundLimit: rounds, tolerance: tolerance,
                addsIndicators: indicators, columns: columns))
    }
}
