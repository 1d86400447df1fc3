// SPDX-License-Identifier: Apache-2.0

extension MatrixOperand {
    /// The matrix product: (m x k) times (k x n) gives (m x n).
    ///
    /// Runs as one BLAS call; a transposed view on either side costs nothing. An inner dimension of
    /// 0 gives zeros. The last bits depend on the BLAS in use and on its thread count.
    ///
    /// - Precondition: `columnCount` equals `other.rowCount`; dimensions fit 32 bits.
    /// - Complexity: O(m k n).
    public func matmul(_ other: some MatrixOperand<Scalar>) -> Matrix<Scalar> {
        requireInner(other.rowCount, "\(other.rowCount) x \(other.columnCount)")
        let (m, n) = (rowCount, other.columnCount)
        let result = uninitialized(m * n) { (output: UnsafeMutablePointer<Scalar>) in
            multiply(self, other, alpha: 1, beta: 0, into: output)
        }
        return Matrix(uncheckedShape: [m, n], storage: result)
    }

    /// The matrix-vector product: (m x k) times (k) gives (m).
    ///
    /// - Precondition: `columnCount` equals `vector.count`; dimensions fit 32 bits.
    /// - Complexity: O(m k).
    public func matmul(_ vector: Vector<Scalar>) -> Vector<Scalar> {
        requireInner(vector.count, "\(vector.count)")
        let base = _base
        let result = uninitialized(rowCount) { (output: UnsafeMutablePointer<Scalar>) in
            guard !base.isEmpty else {
                output.update(repeating: 0, count: rowCount)
                return
            }
            base.withPointer { a in
                vector.withPointer { x in
                    Scalar._gemv(
                        _isTransposed, blasInteger(base.rowCount), blasInteger(base.columnCount),
                        1, a, blasInteger(base.columnCount), x, 0, output)
                }
            }
        }
        return Vector(result)
    }

    private func requireInner(_ count: Int, _ other: String) {
        precondition(
            columnCount == count, "matmul of shapes \(rowCount) x \(columnCount) and \(other)")
    }
}

extension Tensor where rank == 2 {
    /// `self = alpha a b + beta self` without a temporary: (m x k) times (k x n) into (m x n).
    ///
    /// With `beta` 0 the old elements are overwritten, NaNs included.
    ///
    /// - Precondition: `a.columnCount` equals `b.rowCount`, and this matrix has the product's shape.
    /// - Complexity: O(m k n).
    public mutating func formProduct(
        _ a: some MatrixOperand<Scalar>, _ b: some MatrixOperand<Scalar>, alpha: Scalar = 1,
        beta: Scalar = 0
    ) {
        precondition(
            a.columnCount == b.rowCount && rowCount == a.rowCount && columnCount == b.columnCount,
            """
            product of shapes \(a.rowCount) x \(a.columnCount) and \(b.rowCount) x \
            \(b.columnCount) into \(describe(shape))
            """)
        withMutablePointer { multiply(a, b, alpha: alpha, beta: beta, into: $0) }
    }
}

/// `output = alpha a b + beta output`, row-major, also for empty factors.
private func multiply<Scalar>(
    _ a: some MatrixOperand<Scalar>, _ b: some MatrixOperand<Scalar>, alpha: Scalar, beta: Scalar,
    into output: UnsafeMutablePointer<Scalar>
) {
    let (m, n, k) = (a.rowCount, b.columnCount, a.columnCount)
    guard m > 0 && n > 0 else { return }
    guard k > 0 else {
        // BLAS implementations differ on zero leading dimensions.
        for index in 0..<m * n { output[index] = beta == 0 ? 0 : beta * output[index] }
        return
    }
    a._base.withPointer { left in
        b._base.withPointer { right in
            Scalar._gemm(
                a._isTransposed, b._isTransposed, blasInteger(m), blasInteger(n), blasInteger(k),
                alpha, left, blasInteger(a._base.columnCount), right,
                blasInteger(b._base.columnCount), beta, output, blasInteger(n))
        }
    }
}
