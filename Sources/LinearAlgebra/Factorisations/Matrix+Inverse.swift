// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The inverse (n x n) by LU; to solve a system, ``LU`` is better.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.singular(pivot:)`, `.overflow`.
    /// - Complexity: O(n³).
    public func inverse() throws(LinearAlgebraError) -> Tensor { try lu().inverse() }

    /// The determinant by LU: 0 when a pivot is exactly 0, 1 for the 0 x 0 matrix.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.overflow` in the factorisation; the determinant itself may
    ///   overflow to infinity.
    /// - Complexity: O(n³).
    public func determinant() throws(LinearAlgebraError) -> Scalar {
        try factorsUnlessSingular()?.determinant ?? 0
    }

    /// The natural logarithm of `abs(det A)` and the sign (1, -1 or 0) of `det A` by LU.
    ///
    /// When a pivot is exactly 0 the logarithm is minus infinity and the sign 0.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.overflow` in the factorisation.
    /// - Complexity: O(n³).
    public func logDeterminant() throws(LinearAlgebraError) -> (magnitude: Scalar, sign: Scalar) {
        try factorsUnlessSingular()?.logDeterminant ?? (-.infinity, 0)
    }

    private func factorsUnlessSingular() throws(LinearAlgebraError) -> LU<Scalar>? {
        do throws(LinearAlgebraError) {
            return try lu()
        } catch {
            guard case .singular = error.code else { throw error }
            return nil
        }
    }
}
