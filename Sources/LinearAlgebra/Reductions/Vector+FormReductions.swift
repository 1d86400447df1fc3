// SPDX-License-Identifier: Apache-2.0

// Reductions of a matrix into existing elements: nothing of the size of the matrix is allocated.
extension Tensor where rank == 1 {
    /// `self = matrix.sum(axis)`, into the existing elements.
    ///
    /// - Precondition: There are as many elements as `matrix` has rows, or columns.
    public mutating func formSum(of matrix: Matrix<Scalar>, _ axis: ReductionAxis) {
        form(of: matrix, axis, Scalar._sum, .sum)
    }

    /// `self = matrix.mean(axis)`, into the existing elements.
    ///
    /// - Precondition: There are as many elements as `matrix` has rows, or columns.
    public mutating func formMean(of matrix: Matrix<Scalar>, _ axis: ReductionAxis) {
        formSum(of: matrix, axis)
        self /= Scalar(matrix.lengthAlong(axis))
    }

    /// `self = matrix.min(axis)`, into the existing elements.
    ///
    /// - Precondition: There are as many elements as `matrix` has rows, or columns, and an element
    ///   along the axis unless there is no result.
    public mutating func formMin(of matrix: Matrix<Scalar>, _ axis: ReductionAxis) {
        matrix.requireElements(axis, "minimum")
        form(of: matrix, axis, Scalar._minimum, .minimum)
    }

    /// `self = matrix.max(axis)`, into the existing elements.
    ///
    /// - Precondition: There are as many elements as `matrix` has rows, or columns, and an element
    ///   along the axis unless there is no result.
    public mutating func formMax(of matrix: Matrix<Scalar>, _ axis: ReductionAxis) {
        matrix.requireElements(axis, "maximum")
        form(of: matrix, axis, Scalar._maximum, .maximum)
    }

    /// `self = matrix.norm(order, axis)`, into the existing elements.
    ///
    /// - Precondition: There are as many elements as `matrix` has rows, or columns.
    public mutating func formNorm(
        _ order: NormOrder = .two, of matrix: Matrix<Scalar>, _ axis: ReductionAxis
    ) {
        requireResults(matrix, axis)
        withMutablePointer { matrix.norm(order, axis, into: $0) }
    }

    private mutating func form(
        of matrix: Matrix<Scalar>, _ axis: ReductionAxis,
        _ ofRow: (Int, UnsafePointer<Scalar>) -> Scalar, _ ofColumns: _ColumnReduction
    ) {
        requireResults(matrix, axis)
        withMutablePointer { results in
            switch axis {
            case .alongRows: matrix.eachRow(into: results, ofRow)
            case .alongColumns: matrix.reduceColumns(ofColumns, into: results)
            }
        }
    }

    private func requireResults(_ matrix: Matrix<Scalar>, _ axis: ReductionAxis) {
        precondition(
            count == (axis == .alongRows ? matrix.rowCount : matrix.columnCount),
            """
            a matrix of shape \(describe(matrix.shape)) reduced along its \
            \(axis == .alongRows ? "rows" : "columns") into \(count) elements
            """)
    }
}
