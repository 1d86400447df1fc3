// SPDX-License-Identifier: Apache-2.0

/// The direction in which a matrix is reduced.
public enum ReductionAxis: Sendable, Hashable {
    /// Along each row: one result per row.
    case alongRows

    /// Along each column: one result per column.
    case alongColumns
}

extension Tensor where rank == 2 {
    /// The sum of each row or of each column, in a fixed order; 0 where there is nothing to add.
    ///
    /// - Complexity: O(rowCount * columnCount); along columns, one copy of the matrix.
    public func sum(_ axis: ReductionAxis) -> Vector<Scalar> {
        switch axis {
        case .alongRows: reduceRows(Scalar._sum)
        case .alongColumns: reduceColumns(Scalar._sum)
        }
    }

    /// The mean of each row or of each column; NaN where there is nothing to add.
    ///
    /// - Complexity: O(rowCount * columnCount); along columns, one copy of the matrix.
    public func mean(_ axis: ReductionAxis) -> Vector<Scalar> {
        sum(axis) / Scalar(axis == .alongRows ? columnCount : rowCount)
    }

    /// The smallest element of each row or of each column, or NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount); along columns, one copy of the matrix.
    public func min(_ axis: ReductionAxis) -> Vector<Scalar> {
        requireElements(axis, "minimum")
        return switch axis {
        case .alongRows: reduceRows(Scalar._minimum)
        case .alongColumns: reduceColumns(Scalar._minimum)
        }
    }

    /// The largest element of each row or of each column, or NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount); along columns, one copy of the matrix.
    public func max(_ axis: ReductionAxis) -> Vector<Scalar> {
        requireElements(axis, "maximum")
        return switch axis {
        case .alongRows: reduceRows(Scalar._maximum)
        case .alongColumns: reduceColumns(Scalar._maximum)
        }
    }

    /// The Euclidean norm of each row or of each column; 0 where there is no element.
    ///
    /// - Complexity: O(rowCount * columnCount); along columns, one copy of the matrix.
    public func norm(_ axis: ReductionAxis) -> Vector<Scalar> {
        switch axis {
        case .alongRows: Vector((0..<rowCount).map { row($0).norm() })
        case .alongColumns: Vector((0..<columnCount).map { column($0).norm() })
        }
    }

    private func reduceRows(_ reduce: (Int, UnsafePointer<Scalar>) -> Scalar) -> Vector<Scalar> {
        withPointer { elements in
            Vector((0..<rowCount).map { reduce(columnCount, elements + $0 * columnCount) })
        }
    }

    /// Transposes, so that a column's result is that of the same elements as a vector.
    private func reduceColumns(_ reduce: (Int, UnsafePointer<Scalar>) -> Scalar) -> Vector<Scalar> {
        transposed.materialized().reduceRows(reduce)
    }

    private func requireElements(_ axis: ReductionAxis, _ name: String) {
        let (along, results) =
            axis == .alongRows ? (columnCount, rowCount) : (rowCount, columnCount)
        precondition(
            along > 0 || results == 0, "\(name) along an empty axis of shape \(describe(shape))")
    }
}
