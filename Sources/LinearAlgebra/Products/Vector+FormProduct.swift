// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// `self = alpha A x + beta self` without a temporary: (m x k) times (k) into (m).
    ///
    /// With `beta` 0 the old elements are overwritten, NaNs included.
    ///
    /// - Precondition: `a.columnCount` equals `x.count` and `a.rowCount` this count; the columns of
    ///   the stored matrix fit 32 bits.
    /// - Complexity: O(m k).
    @inlinable
    public mutating func formProduct(
        _ a: some MatrixOperand<Scalar>, _ x: Tensor, alpha: Scalar = 1, beta: Scalar = 0
    ) {
        writeProduct(
            &self, ProductFactor(a), x, alpha: alpha, beta: beta, limit: Int(Int32.max))
    }

    /// The product in BLAS calls of at most `blockLimit` stored rows.
    package mutating func formProduct(
        _ a: some MatrixOperand<Scalar>, _ x: Tensor, alpha: Scalar, beta: Scalar, blockLimit: Int
    ) {
        writeProduct(&self, ProductFactor(a), x, alpha: alpha, beta: beta, limit: blockLimit)
    }
}

/// `output = alpha a x + beta output`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
@usableFromInline
func writeProduct<Scalar>(
    _ output: inout Vector<Scalar>, _ a: ProductFactor<Scalar>, _ x: Vector<Scalar>, alpha: Scalar,
    beta: Scalar, limit: Int
) {
    precondition(
        a.columnCount == x.count && a.rowCount == output.count,
        "product of shapes \(a.shapeDescription) and \(x.count) into a vector of \(output.count)")
    output.withMutablePointer {
        multiply(a, x, alpha: alpha, beta: beta, into: $0, limit: limit)
    }
}

extension Tensor where rank == 2 {
    /// `self += alpha x yᵀ` in place: (m) and (n) into (m x n).
    ///
    /// - Precondition: This matrix is (x.count x y.count); `y.count` fits 32 bits.
    /// - Complexity: O(m n).
    public mutating func addOuterProduct(
        _ x: Vector<Scalar>, _ y: Vector<Scalar>, alpha: Scalar = 1
    ) {
        precondition(
            rowCount == x.count && columnCount == y.count,
            "outer product of counts \(x.count) and \(y.count) into \(describe(shape))")
        guard !isEmpty else { return }
        let columns = blasInteger(y.count)
        withMutablePointer { output in
            x.withPointer { left in
                y.withPointer { right in
                    forEachBlock(of: x.count) { block in
                        Scalar._ger(
                            blasInteger(block.count), columns, alpha, left + block.lowerBound,
                            right, output + block.lowerBound * Int(columns), columns)
                    }
                }
            }
        }
    }
}

/// `output = alpha a x + beta output`, also for an empty matrix; rows in blocks of `limit`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
func multiply<Scalar>(
    _ a: ProductFactor<Scalar>, _ x: Vector<Scalar>, alpha: Scalar, beta: Scalar,
    into output: UnsafeMutablePointer<Scalar>, limit: Int = Int(Int32.max)
) {
    let base = a.base
    guard !base.isEmpty else {
        scale(output, a.rowCount, by: beta)
        return
    }
    let (transposed, columns) = (a.isTransposed, a.stride)
    base.withPointer { elements in
        x.withPointer { x in
            forEachBlock(of: base.rowCount, limit: limit) { block in
                let start = block.lowerBound
                Scalar._gemv(
                    transposed, blasInteger(block.count), columns, alpha,
                    elements + start * base.columnCount, columns, transposed ? x + start : x,
                    transposed && start > 0 ? 1 : beta, transposed ? output : output + start)
            }
        }
    }
}
