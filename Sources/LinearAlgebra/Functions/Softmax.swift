// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// `eˣ / (sum of eˣ)` along the last axis: all of a vector, each row of a matrix.
    ///
    /// The largest element is subtracted first, so nothing overflows. Where it is infinite, or an
    /// element is NaN, the whole row is NaN.
    ///
    /// - Precondition: The rank is at least 1.
    public func softmax() -> Tensor { mapRows(.softmax) }

    /// The logarithm of ``softmax()``, `x - log(sum of eˣ)`, which does not underflow.
    ///
    /// Where the largest element is infinite, or an element is NaN, the whole row is NaN.
    ///
    /// - Precondition: The rank is at least 1.
    public func logSoftmax() -> Tensor { mapRows(.logSoftmax) }

    /// Replaces the elements as ``softmax()`` does, without a temporary.
    ///
    /// - Precondition: The rank is at least 1.
    public mutating func formSoftmax() { formRows(.softmax) }

    /// Replaces the elements as ``logSoftmax()`` does, without a temporary.
    ///
    /// - Precondition: The rank is at least 1.
    public mutating func formLogSoftmax() { formRows(.logSoftmax) }

    /// `self = x.softmax()`, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal and the rank is at least 1.
    public mutating func formSoftmax(of x: Tensor) { formRows(.softmax, of: x) }

    /// `self = x.logSoftmax()`, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal and the rank is at least 1.
    public mutating func formLogSoftmax(of x: Tensor) { formRows(.logSoftmax, of: x) }
}

extension Tensor where rank == 2 {
    /// ``softmax()`` of each row or of each column.
    ///
    /// - Complexity: O(count); along columns, a few columns at a time are copied.
    public func softmax(_ axis: ReductionAxis) -> Tensor {
        axis == .alongRows ? softmax() : mapColumns(.softmax)
    }

    /// ``logSoftmax()`` of each row or of each column.
    ///
    /// - Complexity: O(count); along columns, a few columns at a time are copied.
    public func logSoftmax(_ axis: ReductionAxis) -> Tensor {
        axis == .alongRows ? logSoftmax() : mapColumns(.logSoftmax)
    }
}
