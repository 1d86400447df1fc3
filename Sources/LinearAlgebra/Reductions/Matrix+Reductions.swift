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
    /// Each has the bits of the ``sum()`` of the same elements as a vector.
    ///
    /// - Complexity: O(rowCount * columnCount), without a copy.
    public func sum(_ axis: ReductionAxis) -> Vector<Scalar> {
        axis == .alongRows ? Vector(eachRow(Scalar._sum)) : reduceColumns(.sum)
    }

    /// The mean of each row or of each column; NaN where there is nothing to add.
    ///
    /// - Complexity: O(rowCount * columnCount), without a copy.
    public func mean(_ axis: ReductionAxis) -> Vector<Scalar> {
        sum(axis) / Scalar(lengthAlong(axis))
    }

    /// The smallest element of each row or of each column, or NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount), without a copy.
    public func min(_ axis: ReductionAxis) -> Vector<Scalar> {
        requireElements(axis, "minimum")
        return axis == .alongRows ? Vector(eachRow(Scalar._minimum)) : reduceColumns(.minimum)
    }

    /// The largest element of each row or of each column, or NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount), without a copy.
    public func max(_ axis: ReductionAxis) -> Vector<Scalar> {
        requireElements(axis, "maximum")
        return axis == .alongRows ? Vector(eachRow(Scalar._maximum)) : reduceColumns(.maximum)
    }

    /// The column of the smallest element of each row, or the row of that of each column.
    ///
    /// The first one counts among equals, and the first NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount); along columns, a few at a time are copied.
    public func argmin(_ axis: ReductionAxis) -> [Int] {
        requireElements(axis, "minimum")
        return each(axis, Scalar._positionOfMinimum)
    }

    /// The column of the largest element of each row, or the row of that of each column.
    ///
    /// The first one counts among equals, and the first NaN where there is one.
    ///
    /// - Precondition: There is an element along the axis, unless the result is empty.
    /// - Complexity: O(rowCount * columnCount); along columns, a few at a time are copied.
    public func argmax(_ axis: ReductionAxis) -> [Int] {
        requireElements(axis, "maximum")
        return each(axis, Scalar._positionOfMaximum)
    }

    /// `log(sum of eˣ)` of each row or of each column; see ``logSumExp()``.
    ///
    /// - Complexity: O(rowCount * columnCount); along columns, a few at a time are copied.
    public func logSumExp(_ axis: ReductionAxis) -> Vector<Scalar> {
        Vector(each(axis) { Scalar._reduce(.logSumExp, $0, $1) })
    }

    func lengthAlong(_ axis: ReductionAxis) -> Int {
        axis == .alongRows ? columnCount : rowCount
    }

    func requireElements(_ axis: ReductionAxis, _ name: String) {
        let results = axis == .alongRows ? rowCount : columnCount
        precondition(
            lengthAlong(axis) > 0 || results == 0,
            "\(name) along an empty axis of shape \(describe(shape))")
    }
}
