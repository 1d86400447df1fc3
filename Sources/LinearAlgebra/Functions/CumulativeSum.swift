// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The running sum along the last axis: of a vector, of each row of a matrix.
    ///
    /// Elements are added one after the other, so from a NaN on everything is NaN, and the error
    /// may grow with the number of elements.
    ///
    /// - Precondition: The rank is at least 1.
    public func cumulativeSum() -> Tensor { mapRows(.cumulativeSum) }

    /// Replaces the elements as ``cumulativeSum()`` does, without a temporary.
    ///
    /// - Precondition: The rank is at least 1.
    public mutating func formCumulativeSum() { formRows(.cumulativeSum) }

    /// `self = x.cumulativeSum()`, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal and the rank is at least 1.
    public mutating func formCumulativeSum(of x: Tensor) { formRows(.cumulativeSum, of: x) }
}

extension Tensor where rank == 2 {
    /// The running sum of each row or of each column.
    public func cumulativeSum(_ axis: ReductionAxis) -> Tensor {
        guard axis == .alongColumns else { return cumulativeSum() }
        var result = self
        let (rows, columns) = (rowCount, columnCount)
        result.withMutablePointer { output in
            for row in 1..<Swift.max(rows, 1) {
                let start = output + row * columns
                Scalar._combine(.add, columns, start - columns, start, start)
            }
        }
        return result
    }
}
