// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The variance of all elements: `sum of (x - mean)² / (count - ddof)`, in two passes.
    ///
    /// NaN unless `count > ddof`, and where an element is NaN or infinite. The order of additions is
    /// fixed. ``ColumnMoments`` has weights, takes in further rows, and gives exactly 0 for a
    /// constant column, whose mean may be rounded here.
    ///
    /// - Parameter ddof: Delta degrees of freedom: 1 for a sample, 0 for a population.
    public func variance(ddof: Int = 1) -> Scalar {
        let mean = mean()
        return withPointer { a in
            chunkedSum(count) { Scalar._squaredDeviations($1, a + $0, mean) }
                / degreesOfFreedom(count, ddof)
        }
    }

    /// The root of the ``variance(ddof:)``.
    ///
    /// - Parameter ddof: Delta degrees of freedom: 1 for a sample, 0 for a population.
    public func standardDeviation(ddof: Int = 1) -> Scalar { variance(ddof: ddof).squareRoot() }
}

extension Tensor where rank == 2 {
    /// The ``variance(ddof:)`` of each row or of each column.
    ///
    /// - Parameters:
    ///   - axis: The direction in which the matrix is reduced.
    ///   - ddof: Delta degrees of freedom: 1 for a sample, 0 for a population.
    /// - Complexity: O(rowCount * columnCount), without a copy.
    public func variance(_ axis: ReductionAxis, ddof: Int = 1) -> Vector<Scalar> {
        let means = mean(axis)
        let squares =
            switch axis {
            case .alongRows:
                withPointer { elements in
                    Vector(
                        (0..<rowCount).map {
                            Scalar._squaredDeviations(
                                columnCount, elements + $0 * columnCount, means[$0])
                        })
                }
            case .alongColumns: squaredDeviationsOfColumns(means)
            }
        return squares / degreesOfFreedom(lengthAlong(axis), ddof)
    }

    /// The root of the ``variance(_:ddof:)`` of each row or of each column.
    ///
    /// - Parameters:
    ///   - axis: The direction in which the matrix is reduced.
    ///   - ddof: Delta degrees of freedom: 1 for a sample, 0 for a population.
    public func standardDeviation(_ axis: ReductionAxis, ddof: Int = 1) -> Vector<Scalar> {
        variance(axis, ddof: ddof).squareRoot()
    }
}

/// The divisor of a variance; NaN when nothing is left.
private func degreesOfFreedom<Scalar: LinearAlgebraScalar>(_ count: Int, _ ddof: Int) -> Scalar {
    count > ddof ? Scalar(count - ddof) : .nan
}
