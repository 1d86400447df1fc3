// SPDX-License-Identifier: Apache-2.0

extension TriangularMatrix {
    /// The product `T x` (n).
    ///
    /// - Precondition: `x.count` is `count`.
    /// - Complexity: O(n²).
    public func matmul(_ x: Vector<Scalar>) -> Vector<Scalar> {
        Vector(
            matmul(Matrix(rowCount: x.count, columnCount: 1, elements: x.storage)).storage)
    }

    /// The product `T B`, or `B T` when `side` is `.right`, of the shape of B.
    ///
    /// - Precondition: B has `count` rows (`.left`) or columns (`.right`).
    /// - Complexity: O(n * b.count), half of a general product.
    public func matmul(
        _ b: Matrix<Scalar>, side: TriangularMatrixSide = .left
    ) -> Matrix<Scalar> {
        var product = b
        multiplyInPlace(&product, side: side)
        return product
    }

    /// `B = alpha T B`, or `B = alpha B T` when `side` is `.right`, in place.
    ///
    /// - Precondition: B has `count` rows (`.left`) or columns (`.right`).
    /// - Complexity: O(n * b.count).
    public func multiplyInPlace(
        _ b: inout Matrix<Scalar>, side: TriangularMatrixSide = .left, alpha: Scalar = 1
    ) {
        requireFit(b, side)
        guard !b.isEmpty else { return }
        let (rows, columns) = (blasInteger(b.rowCount), blasInteger(b.columnCount))
        b.withMutablePointer { output in
            base.withPointer {
                Scalar._trmm(
                    side, triangle, isTransposed, unitDiagonal: hasUnitDiagonal, rows, columns,
                    alpha, $0, blasInteger(count), output, columns)
            }
        }
    }

    func requireFit(_ b: Matrix<Scalar>, _ side: TriangularMatrixSide) {
        precondition(
            count == (side == .left ? b.rowCount : b.columnCount),
            """
            triangle of shape \(describe(base.shape)) on the \(side) of a matrix of shape \
            \(describe(b.shape))
            """)
    }
}
