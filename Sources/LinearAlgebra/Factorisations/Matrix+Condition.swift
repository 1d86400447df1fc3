// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The operator 1-norm: the largest sum of absolute values of a column; 0 without elements.
    ///
    /// - Complexity: O(rowCount * columnCount).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func oneNorm() -> Scalar {
        var sums = [Scalar](repeating: 0, count: columnCount)
        for offset in storage.indices { sums[offset % columnCount] += abs(storage[offset]) }
        // Unlike max() this keeps a NaN.
        return sums.reduce(0) { $0.isNaN || $0 >= $1 ? $0 : $1 }
    }

    /// An estimate of the condition `norm(A) norm(A⁻¹)` in the 1-norm, never above it and seldom
    /// below a third of it; infinity when it is beyond the range, 1 for the 0 x 0 matrix.
    ///
    /// Higham's estimator (DOI 10.1145/50063.214386) on an LU factorisation.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.singular(pivot:)`, `.overflow` as ``LU/init(_:)``.
    /// - Complexity: O(n³).
    public func conditionEstimate() throws(LinearAlgebraError) -> Scalar {
        try lu().conditionEstimate(oneNorm: oneNorm())
    }
}

extension LU {
    /// An estimate of A's condition in the 1-norm, given A's ``Tensor/oneNorm()``.
    ///
    /// See ``Tensor/conditionEstimate()``.
    ///
    /// - Precondition: `oneNorm` is not negative.
    /// - Complexity: O(n²).
    public func conditionEstimate(oneNorm: Scalar) -> Scalar {
        // The factors are of the transpose, whose infinity norm is the 1-norm of A.
        estimate(factors, oneNorm) { Scalar._gecon($0, $1, oneNorm).1 }
    }
}

extension Cholesky {
    /// An estimate of A's condition in the 1-norm, given A's ``Tensor/oneNorm()``.
    ///
    /// See ``Tensor/conditionEstimate()``.
    ///
    /// - Precondition: `oneNorm` is not negative.
    /// - Complexity: O(n²).
    public func conditionEstimate(oneNorm: Scalar) -> Scalar {
        estimate(lower, oneNorm) { Scalar._pocon($0, $1, oneNorm).1 }
    }
}

extension LDL {
    /// An estimate of A's condition in the 1-norm, given A's ``Tensor/oneNorm()``.
    ///
    /// See ``Tensor/conditionEstimate()``.
    ///
    /// - Precondition: `oneNorm` is not negative.
    /// - Complexity: O(n²).
    public func conditionEstimate(oneNorm: Scalar) -> Scalar {
        estimate(factors, oneNorm) { Scalar._sycon($0, $1, exchanges, oneNorm).1 }
    }
}

private func estimate<Scalar>(
    _ factors: Matrix<Scalar>, _ norm: Scalar,
    _ reciprocal: (Int32, UnsafePointer<Scalar>) -> Scalar
) -> Scalar {
    precondition(norm >= 0, "a norm of \(norm)")
    guard !factors.isEmpty else { return 1 }
    return 1 / factors.withPointer { reciprocal(blasInteger(factors.rowCount), $0) }
}
