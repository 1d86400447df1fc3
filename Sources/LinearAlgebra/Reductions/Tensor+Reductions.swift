// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The sum of all elements; 0 for an empty tensor.
    ///
    /// Sums in a fixed order of lanes and pairwise blocks, so the bits do not depend on processor,
    /// thread count or BLAS, and the error grows with log n.
    public func sum() -> Scalar {
        withPointer { a in chunkedSum(count) { Scalar._sum($1, a + $0) } }
    }

    /// The mean of all elements; NaN for an empty tensor.
    public func mean() -> Scalar { sum() / Scalar(count) }

    /// The smallest element, or NaN when any element is NaN.
    ///
    /// - Precondition: The tensor is not empty.
    public func min() -> Scalar {
        precondition(!isEmpty, "minimum of an empty tensor of shape \(describe(shape))")
        return withPointer { chunkedExtreme(count, $0, Scalar._minimum) }
    }

    /// The largest element, or NaN when any element is NaN.
    ///
    /// - Precondition: The tensor is not empty.
    public func max() -> Scalar {
        precondition(!isEmpty, "maximum of an empty tensor of shape \(describe(shape))")
        return withPointer { chunkedExtreme(count, $0, Scalar._maximum) }
    }

    /// The row-major position of the smallest element, or of the first NaN.
    ///
    /// The first one counts among equals.
    ///
    /// - Precondition: The tensor is not empty.
    public func argmin() -> Int {
        precondition(!isEmpty, "minimum of an empty tensor of shape \(describe(shape))")
        return withPointer { chunkedPosition(count, $0, Scalar._positionOfMinimum) }
    }

    /// The row-major position of the largest element, or of the first NaN.
    ///
    /// The first one counts among equals.
    ///
    /// - Precondition: The tensor is not empty.
    public func argmax() -> Int {
        precondition(!isEmpty, "maximum of an empty tensor of shape \(describe(shape))")
        return withPointer { chunkedPosition(count, $0, Scalar._positionOfMaximum) }
    }

    /// `log(sum of eˣ)` over all elements, which does not overflow; -infinity for an empty tensor.
    ///
    /// A NaN gives NaN, else an infinite largest element is the result.
    public func logSumExp() -> Scalar {
        withPointer { Scalar._reduce(.logSumExp, count, $0) }
    }
}
