// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The sum of all elements; 0 for an empty tensor.
    ///
    /// Sums in a fixed order of lanes and pairwise blocks, so the bits do not depend on processor,
    /// thread count or BLAS, and the error grows with log n.
    public func sum() -> Scalar { withPointer { Scalar._sum(count, $0) } }

    /// The mean of all elements; NaN for an empty tensor.
    public func mean() -> Scalar { sum() / Scalar(count) }

    /// The smallest element, or NaN when any element is NaN.
    ///
    /// - Precondition: The tensor is not empty.
    public func min() -> Scalar {
        precondition(!isEmpty, "minimum of an empty tensor of shape \(describe(shape))")
        return withPointer { Scalar._minimum(count, $0) }
    }

    /// The largest element, or NaN when any element is NaN.
    ///
    /// - Precondition: The tensor is not empty.
    public func max() -> Scalar {
        precondition(!isEmpty, "maximum of an empty tensor of shape \(describe(shape))")
        return withPointer { Scalar._maximum(count, $0) }
    }

    /// The Euclidean norm of a vector, the Frobenius norm of a matrix: `sqrt(sum of x²)`.
    ///
    /// Neither overflows nor underflows while the result is representable. 0 for an empty tensor.
    public func norm() -> Scalar {
        let squares = withPointer { Scalar._orderedDot(count, $0, $0) }
        // Below this the squares of the larger elements may have lost digits to underflow.
        let safe = Scalar.leastNormalMagnitude / Scalar.ulpOfOne
        if squares.isNaN || (squares.isFinite && squares >= safe) { return squares.squareRoot() }
        guard !isEmpty else { return 0 }
        let scale = absoluteValue().max()
        if scale == 0 || !scale.isFinite { return scale }
        let scaled = self / scale
        return scale * scaled.withPointer { Scalar._orderedDot(count, $0, $0) }.squareRoot()
    }
}
