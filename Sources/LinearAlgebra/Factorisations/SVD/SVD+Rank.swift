// SPDX-License-Identifier: Apache-2.0

extension SVD {
    /// The number of singular values beyond `tolerance` times the largest one.
    ///
    /// The default tolerance is `max(m, n)` times the spacing of numbers at 1.
    ///
    /// - Precondition: `tolerance` is not negative.
    public func rank(tolerance: Scalar? = nil) -> Int {
        numericalRank(singularValues.elements, max(rowCount, columnCount), tolerance)
    }

    /// The condition number in the 2-norm: the largest singular value over the smallest.
    ///
    /// Infinity when the smallest is 0; 1 for a matrix without elements.
    public var conditionNumber: Scalar { ratio(singularValues) }
}

extension Tensor where rank == 2 {
    /// The numerical rank: the number of singular values beyond `tolerance` times the largest one.
    ///
    /// The default tolerance is `max(m, n)` times the spacing of numbers at 1.
    ///
    /// - Precondition: `tolerance` is not negative.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)).
    public func numericalRank(tolerance: Scalar? = nil) throws(LinearAlgebraError) -> Int {
        LinearAlgebra.numericalRank(
            try singularValues().elements, Swift.max(rowCount, columnCount), tolerance)
    }

    /// The condition number in the 2-norm: the largest singular value over the smallest.
    ///
    /// Infinity when the smallest is 0; 1 for a matrix without elements.
    ///
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)).
    public func conditionNumber() throws(LinearAlgebraError) -> Scalar {
        ratio(try singularValues())
    }
}

private func ratio<Scalar>(_ values: Vector<Scalar>) -> Scalar {
    guard let largest = values.elements.first, let smallest = values.elements.last else { return 1 }
    return smallest == 0 ? .infinity : largest / smallest
}
