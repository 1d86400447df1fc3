// SPDX-License-Identifier: Apache-2.0

extension MatrixOperand {
    /// The matrix product: (m x k) times (k x n) gives (m x n).
    ///
    /// Runs as one BLAS call; a transposed view on either side costs nothing. An inner dimension of
    /// 0 gives zeros. The last bits depend on the BLAS in use and on its thread count.
    ///
    /// - Precondition: `columnCount` equals `other.rowCount`; dimensions fit 32 bits.
    /// - Complexity: O(m k n).
    @inlinable
    public func matmul(_ other: some MatrixOperand<Scalar>) -> Matrix<Scalar> {
        product(ProductFactor(self), ProductFactor(other))
    }

    /// The matrix-vector product: (m x k) times (k) gives (m).
    ///
    /// - Precondition: `columnCount` equals `vector.count`; dimensions fit 32 bits.
    /// - Complexity: O(m k).
    @inlinable
    public func matmul(_ vector: Vector<Scalar>) -> Vector<Scalar> {
        product(ProductFactor(self), vector)
    }
}

extension Tensor where rank == 2 {
    /// `self = alpha a b + beta self` without a temporary: (m x k) times (k x n) into (m x n).
    ///
    /// With `beta` 0 the old elements are overwritten, NaNs included.
    ///
    /// - Precondition: `a.columnCount` equals `b.rowCount`, and this matrix has the product's shape.
    /// - Complexity: O(m k n).
    @inlinable
    public mutating func formProduct(
        _ a: some MatrixOperand<Scalar>, _ b: some MatrixOperand<Scalar>, alpha: Scalar = 1,
        beta: Scalar = 0
    ) {
        writeProduct(
            &self, ProductFactor(a), ProductFactor(b), alpha: alpha, beta: beta,
            limit: Int(Int32.max))
    }

    /// The product in BLAS calls of at most `blockLimit` rows or inner elements.
    package mutating func formProduct(
        _ a: some MatrixOperand<Scalar>, _ b: some MatrixOperand<Scalar>, alpha: Scalar,
        beta: Scalar, blockLimit: Int
    ) {
        writeProduct(
            &self, ProductFactor(a), ProductFactor(b), alpha: alpha, beta: beta, limit: blockLimit)
    }
}

/// `a b` as a new matrix.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
@usableFromInline
func product<Scalar>(_ a: ProductFactor<Scalar>, _ b: ProductFactor<Scalar>) -> Matrix<Scalar> {
    precondition(
        a.columnCount == b.rowCount,
        "matmul of shapes \(a.shapeDescription) and \(b.shapeDescription)")
    let (m, n) = (a.rowCount, b.columnCount)
    let result = uninitialized(m * n) { (output: UnsafeMutablePointer<Scalar>) in
        multiply(a, b, alpha: 1, beta: 0, into: output)
    }
    return Matrix(uncheckedShape: [m, n], storage: result)
}

/// `a x` as a new vector.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
@usableFromInline
func product<Scalar>(_ a: ProductFactor<Scalar>, _ x: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
        a.columnCount == x.count, "matmul of shapes \(a.shapeDescription) and \(x.count)")
    let result = uninitialized(a.rowCount) { (output: UnsafeMutablePointer<Scalar>) in
        multiply(a, x, alpha: 1, beta: 0, into: output)
    }
    return Vector(result)
}

/// `output = alpha a b + beta output`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
@usableFromInline
func writeProduct<Scalar>(
    _ output: inout Matrix<Scalar>, _ a: ProductFactor<Scalar>, _ b: ProductFactor<Scalar>,
    alpha: Scalar, beta: Scalar, limit: Int
) {
    precondition(
        a.columnCount == b.rowCount && output.rowCount == a.rowCount
            && output.columnCount == b.columnCount,
        """
        product of shapes \(a.shapeDescription) and \(b.shapeDescription) into \
        \(describe(output.shape))
        """)
    output.withMutablePointer {
        multiply(a, b, alpha: alpha, beta: beta, into: $0, limit: limit)
    }
}

/// `output = alpha a b + beta output`, row-major, also for empty factors.
///
/// More rows than the BLAS counts are taken in blocks: rows of the result, or inner elements when
/// both factors have them in their rows. A stored row cannot be split.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func multiply<Scalar>(
    _ a: ProductFactor<Scalar>, _ b: ProductFactor<Scalar>, alpha: Scalar, beta: Scalar,
    into output: UnsafeMutablePointer<Scalar>, limit: Int = Int(Int32.max)
) {
    let (m, n, k) = (a.rowCount, b.columnCount, a.columnCount)
    guard m > 0 && n > 0 else { return }
    guard k > 0 else {
        // BLAS implementations differ on zero leading dimensions.
        scale(output, m * n, by: beta)
        return
    }
    let (lda, ldb) = (a.stride, b.stride)
    a.base.withPointer { left in
        b.base.withPointer { right in
            if a.isTransposed {
                forEachBlock(of: k, limit: b.isTransposed ? k : limit) { block in
                    Scalar._gemm(
                        true, b.isTransposed, blasInteger(m), blasInteger(n),
                        blasInteger(block.count), alpha, left + block.lowerBound * Int(lda), lda,
                        right + block.lowerBound * Int(ldb), ldb,
                        block.lowerBound == 0 ? beta : 1, output, blasInteger(n))
                }
            } else {
                forEachBlock(of: m, limit: limit) { block in
                    Scalar._gemm(
                        false, b.isTransposed, blasInteger(block.count), blasInteger(n),
                        blasInteger(k), alpha, left + block.lowerBound * Int(lda), lda, right, ldb,
                        beta, output + block.lowerBound * n, blasInteger(n))
                }
            }
        }
    }
}

/// `output = beta output`, where 0 overwrites NaN.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
func scale<Scalar: LinearAlgebraScalar>(
    _ output: UnsafeMutablePointer<Scalar>, _ count: Int, by beta: Scalar
) {
    for index in 0..<count { output[index] = beta == 0 ? 0 : beta * output[index] }
}
