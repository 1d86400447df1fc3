// SPDX-License-Identifier: Apache-2.0

/// How the covariance of maximum-likelihood coefficients is estimated.
///
/// The robust ones are sandwiches `A⁻¹ B A⁻¹` of the observed information `A` and the spread `B` of
/// the rows' scores. They hold where the variance of a row is not that of the model, those of
/// clusters also where rows of a group depend on each other. A weight of 2 is the row twice.
///
/// Sources: White, Econometrica 48, 1980, doi:10.2307/1912934; MacKinnon and White, J. Econometrics
/// 29, 1985, doi:10.1016/0304-4076(85)90158-7; Liang and Zeger, Biometrika 73, 1986,
/// doi:10.1093/biomet/73.1.13.
public enum CovarianceEstimator: Codable, Hashable, Sendable {
    /// The inverse of the observed information; right when the model is.
    case observedInformation
    /// The sandwich of squared residuals.
    case hc0
    /// ``hc0`` times `n / (n - k)` for `k` parameters.
    case hc1
    /// Squared residuals over `1 - h` with the leverage `h` of the row.
    case hc2
    /// Squared residuals over `(1 - h)²`.
    case hc3
    /// Scores summed within groups, the group of every row being a number; times
    /// `g / (g - 1) * (n - 1) / (n - k)` for `g` groups.
    case cluster([Int])
}
