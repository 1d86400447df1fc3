// SPDX-License-Identifier: Apache-2.0

/// The factor that makes the norm of `scale` times the gradient at most `limit`, times `scale`.
///
/// The norm is that of all parameters together. NaN or infinite where the gradient is.
package func clippedScale<Scalar: NetworkScalar>(
    _ gradient: UnsafePointer<Scalar>, count: Int, scale: Double, limit: Double?
) -> Double {
    let norm = Scalar._squaredNorm(count, gradient).squareRoot() * scale
    guard norm.isFinite else { return .nan }
    guard let limit, norm > limit else { return scale }
    return scale * limit / norm
}
