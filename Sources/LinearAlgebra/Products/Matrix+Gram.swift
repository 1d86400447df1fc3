// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The Gram matrix `XᵀX` (columns x columns), exactly symmetric.
    ///
    /// - Precondition: `columnCount` fits 32 bits.
    /// - Complexity: O(rowCount * columnCount²), half of a general product.
    public func gram() -> Tensor {
        var gram = Tensor(unwrittenShape: [columnCount, columnCount])
        gram.formGram(of: self)
        return gram
    }

    /// The weighted Gram matrix `Xᵀ diag(w) X` (columns x columns), exactly symmetric.
    ///
    /// For weights that are not negative it is the Gram matrix of the rows scaled by the square
    /// roots of their weights. Otherwise it is `Xᵀ (diag(w) X)` with its lower triangle mirrored.
    ///
    /// - Precondition: `weights.count` is `rowCount`; dimensions fit 32 bits.
    /// - Complexity: O(rowCount * columnCount²), and one copy of the matrix.
    public func gram(weights: Vector<Scalar>) -> Tensor {
        precondition(
            weights.count == rowCount,
            "\(weights.count) weights for the rows of a matrix of shape \(describe(shape))")
        if weights.elements.allSatisfy({ $0 >= 0 }) {
            return multiplyingColumns(by: weights.squareRoot()).gram()
        }
        var gram = transposed.matmul(multiplyingColumns(by: weights))
        gram.mirrorLowerTriangle()
        return gram
    }

    /// `self = alpha XᵀX + beta self` without a temporary, exactly symmetric.
    ///
    /// Of a transposed view it is `X Xᵀ` of the stored matrix. Only the lower triangle of the old
    /// elements is read, and nothing of it when `beta` is 0.
    ///
    /// - Precondition: This matrix is (x.columnCount x x.columnCount).
    /// - Complexity: O(x.rowCount * x.columnCount²), half of a general product.
    public mutating func formGram(
        of x: some MatrixOperand<Scalar>, alpha: Scalar = 1, beta: Scalar = 0
    ) {
        formGram(of: x, alpha: alpha, beta: beta, blockLimit: Int(Int32.max))
    }

    /// The Gram matrix in BLAS calls of at most `blockLimit` rows of X.
    package mutating func formGram(
        of x: some MatrixOperand<Scalar>, alpha: Scalar, beta: Scalar, blockLimit: Int
    ) {
        let (count, inner) = (x.columnCount, x.rowCount)
        precondition(
            rowCount == count && columnCount == count,
            "gram of shape \(inner) x \(count) into \(describe(shape))")
        guard count > 0 else { return }
        withMutablePointer { output in
            guard inner > 0 else {
                scale(output, count * count, by: beta)
                return
            }
            let (n, lda) = (blasInteger(count), blasInteger(x._base.columnCount))
            x._base.withPointer { elements in
                forEachBlock(of: inner, limit: x._isTransposed ? inner : blockLimit) { block in
                    Scalar._syrk(
                        !x._isTransposed, n, blasInteger(block.count), alpha,
                        elements + block.lowerBound * Int(lda), lda,
                        block.lowerBound == 0 ? beta : 1, output, n)
                }
            }
        }
        mirrorLowerTriangle()
    }
}
