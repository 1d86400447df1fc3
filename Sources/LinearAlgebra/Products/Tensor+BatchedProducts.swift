// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 3 {
    /// The matrix products of each pair: (b x m x k) and (b x k x n) give (b x m x n).
    ///
    /// - Precondition: The first dimensions are equal, and the third of this tensor is the second
    ///   of `other`; dimensions fit 32 bits.
    /// - Complexity: O(b m k n).
    public func batchedMatmul(_ other: Tensor) -> Tensor {
        requireProduct(self, other)
        let result = uninitialized(shape[0] * shape[1] * other.shape[2]) {
            (output: UnsafeMutablePointer<Scalar>) in
            multiply(self, other, alpha: 1, beta: 0, into: output)
        }
        return Tensor(uncheckedShape: [shape[0], shape[1], other.shape[2]], storage: result)
    }

    /// The products with one matrix: (b x m x k) and (k x n) give (b x m x n).
    ///
    /// - Precondition: The third dimension is `other.rowCount`; dimensions fit 32 bits.
    /// - Complexity: O(b m k n), in one BLAS call.
    public func batchedMatmul(_ other: some MatrixOperand<Scalar>) -> Tensor {
        precondition(
            shape[2] == other.rowCount,
            """
            batchedMatmul of shapes \(describe(shape)) and \(other.rowCount) x \
            \(other.columnCount)
            """)
        let rows = Matrix(uncheckedShape: [shape[0] * shape[1], shape[2]], storage: storage)
        return Tensor(
            uncheckedShape: [shape[0], shape[1], other.columnCount],
            storage: rows.matmul(other).storage)
    }

    /// `self = alpha a b + beta self` for each pair without a temporary: (b x m x k) and
    /// (b x k x n) into (b x m x n).
    ///
    /// With `beta` 0 the old elements are overwritten, NaNs included.
    ///
    /// - Precondition: The shapes fit as for `batchedMatmul`, and this
    ///   tensor has the product's shape.
    /// - Complexity: O(b m k n).
    public mutating func formBatchedProduct(
        _ a: Tensor, _ b: Tensor, alpha: Scalar = 1, beta: Scalar = 0
    ) {
        requireProduct(a, b)
        precondition(
            shape == [a.shape[0], a.shape[1], b.shape[2]],
            "product of shapes \(describe(a.shape)) and \(describe(b.shape)) into \(describe(shape))"
        )
        withMutablePointer { multiply(a, b, alpha: alpha, beta: beta, into: $0) }
    }
}

private func requireProduct<Scalar>(_ a: Tensor<3, Scalar>, _ b: Tensor<3, Scalar>) {
    precondition(
        a.shape[0] == b.shape[0] && a.shape[2] == b.shape[1],
        "batchedMatmul of shapes \(describe(a.shape)) and \(describe(b.shape))")
}

/// One BLAS call for each pair of matrices.
private func multiply<Scalar>(
    _ a: Tensor<3, Scalar>, _ b: Tensor<3, Scalar>, alpha: Scalar, beta: Scalar,
    into output: UnsafeMutablePointer<Scalar>
) {
    let (rows, inner, columns) = (a.shape[1], a.shape[2], b.shape[2])
    guard rows > 0 && columns > 0 else { return }
    guard inner > 0 else {
        scale(output, a.shape[0] * rows * columns, by: beta)
        return
    }
    let (m, n, k) = (blasInteger(rows), blasInteger(columns), blasInteger(inner))
    // A BLAS spreads larger products over threads of its own.
    let work = rows * columns * inner
    let minimum = work > 1 << 18 ? Int.max : (1 << 20) / work + 2
    a.withPointer { left in
        b.withPointer { right in
            concurrently(a.shape[0], minimum: minimum, block: 1) { start, length in
                for index in start..<(start + length) {
                    Scalar._gemm(
                        false, false, m, n, k, alpha, left + index * rows * inner, k,
                        right + index * inner * columns, n, beta,
                        output + index * rows * columns, n)
                }
            }
        }
    }
}
