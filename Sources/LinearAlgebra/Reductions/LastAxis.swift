// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 3 {
    /// Reduces along the last axis, as a matrix does along its rows.
    ///
    /// ```swift
    /// let deviations = images.reducingLastAxis { $0.standardDeviation(.alongRows) }
    /// ```
    ///
    /// - Parameter reduce: Given all vectors along the last axis as the rows of one matrix, without
    ///   a copy, returns one number for each.
    /// - Returns: (first dimension x second dimension).
    /// - Precondition: `reduce` returns as many numbers as it is given rows.
    public func reducingLastAxis<Failure: Error>(
        _ reduce: (Matrix<Scalar>) throws(Failure) -> Vector<Scalar>
    ) throws(Failure) -> Matrix<Scalar> {
        let reduced = try reduce(reshaped(to: [shape[0] * shape[1], shape[2]]))
        return reduced.reshaped(to: [shape[0], shape[1]])
    }
}

extension Tensor where rank == 4 {
    /// Reduces along the last axis, as a matrix does along its rows.
    ///
    /// - Parameter reduce: Given all vectors along the last axis as the rows of one matrix, without
    ///   a copy, returns one number for each.
    /// - Returns: A tensor of the first three dimensions.
    /// - Precondition: `reduce` returns as many numbers as it is given rows.
    public func reducingLastAxis<Failure: Error>(
        _ reduce: (Matrix<Scalar>) throws(Failure) -> Vector<Scalar>
    ) throws(Failure) -> Tensor<3, Scalar> {
        let reduced = try reduce(reshaped(to: [shape[0] * shape[1] * shape[2], shape[3]]))
        return reduced.reshaped(to: [shape[0], shape[1], shape[2]])
    }
}
