// SPDX-License-Identifier: Apache-2.0

extension SymmetricEigen {
    /// The matrix function `V f(Λ) Vᵀ` (n x n), exactly symmetric.
    ///
    /// - Throws: `.overflow` when `function` or an element is NaN or infinite.
    /// - Complexity: O(n³).
    public func applying(
        _ function: (Scalar) -> Scalar
    ) throws(LinearAlgebraError) -> Matrix<Scalar> {
        let operation = "function of \(count) x \(count)"
        let images = Vector(values.elements.map(function))
        try images.requireRepresentable(operation)
        let result = vectors.transposed.gram(weights: images)
        try result.requireRepresentable(operation)
        return result
    }

    /// The condition number in the 2-norm: the largest eigenvalue magnitude over the smallest.
    ///
    /// Infinity when the smallest is 0; 1 for the 0 x 0 matrix.
    public var conditionNumber: Scalar {
        let magnitudes = values.elements.map { abs($0) }
        guard let largest = magnitudes.max(), let smallest = magnitudes.min() else { return 1 }
        return smallest == 0 ? .infinity : largest / smallest
    }
}

extension Tensor where rank == 2 {
    /// The symmetric square root S of a positive semidefinite matrix: `S S = A` (n x n).
    ///
    /// Only the lower triangle and the diagonal are read. Eigenvalues below 0 by no more than
    /// `n eps` times the largest count as 0.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notPositiveDefinite(pivot:)` for an indefinite matrix, with the first leading
    ///   minor that is not positive; `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(n³).
    public func symmetricSquareRoot() throws(LinearAlgebraError) -> Tensor {
        let eigen = try symmetricEigen()
        let rounding = self.rounding(eigen.values)
        if let smallest = eigen.values.elements.first, smallest < -rounding {
            throw indefinite("square root of \(describe(shape))")
        }
        return try eigen.applying { Swift.max($0, 0).squareRoot() }
    }

    /// The inverse of the symmetric square root of a positive definite matrix (n x n).
    ///
    /// It whitens: with the covariance C, `C^(-1/2) x` has the identity as covariance. Only the
    /// lower triangle and the diagonal are read.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notPositiveDefinite(pivot:)` when an eigenvalue is at most `n eps` times the
    ///   largest; `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(n³).
    public func inverseSymmetricSquareRoot() throws(LinearAlgebraError) -> Tensor {
        let eigen = try symmetricEigen()
        if let smallest = eigen.values.elements.first, smallest <= rounding(eigen.values) {
            throw indefinite("inverse square root of \(describe(shape))")
        }
        return try eigen.applying { 1 / $0.squareRoot() }
    }

    /// What rounding may do to the eigenvalues `values`.
    private func rounding(_ values: Vector<Scalar>) -> Scalar {
        Scalar(values.count) * .ulpOfOne * Swift.max(values.elements.last ?? 0, 0)
    }

    /// The pivot at which Cholesky fails, or the last one when only rounding lets it succeed.
    private func indefinite(_ operation: String) -> LinearAlgebraError {
        var code = LinearAlgebraError.Code.notPositiveDefinite(pivot: rowCount - 1)
        do throws(LinearAlgebraError) { _ = try cholesky() } catch { code = error.code }
        return LinearAlgebraError(code: code, operation: operation)
    }
}
