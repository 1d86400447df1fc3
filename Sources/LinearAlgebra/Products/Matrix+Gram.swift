// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The Gram matrix `XᵀX` (columns x columns), exactly symmetric.
    ///
    /// - Precondition: Dimensions fit 32 bits.
    /// - Complexity: O(rowCount * columnCount²), half of a general product.
    public func gram() -> Tensor {
        let (rows, columns) = (rowCount, columnCount)
        var gram = Tensor.zeros(columns, columns)
        guard !isEmpty else { return gram }
        gram.withMutablePointer { output in
            withPointer {
                Scalar._syrk(
                    blasInteger(columns), blasInteger(rows), $0, blasInteger(columns), output,
                    blasInteger(columns))
            }
        }
        gram.mirrorLowerTriangle()
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
}
