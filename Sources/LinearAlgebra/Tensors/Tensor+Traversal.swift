// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The tensor of `transform` applied to the elements of both tensors at each position, in
    /// row-major order.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public func zip<Failure: Error>(
        with other: Tensor, _ transform: (Scalar, Scalar) throws(Failure) -> Scalar
    ) throws(Failure) -> Tensor {
        var result = self
        try result.apply(with: other, transform)
        return result
    }

    /// Replaces every element by `transform` of it and the one of `other` at its position, in
    /// row-major order and without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public mutating func apply<Failure: Error>(
        with other: Tensor, _ transform: (Scalar, Scalar) throws(Failure) -> Scalar
    ) throws(Failure) {
        Tensor.requireSameShape(self, other)
        for index in storage.indices {
            storage[index] = try transform(storage[index], other.storage[index])
        }
    }

    /// Combines the elements one after the other, in row-major order, beginning with `initial`.
    @inlinable
    public func reduce<Result, Failure: Error>(
        _ initial: Result, _ combine: (Result, Scalar) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var result = initial
        for element in storage { result = try combine(result, element) }
        return result
    }
}

extension Tensor where rank == 2 {
    /// Combines the elements of each row, or of each column, beginning with `initial`.
    ///
    /// A row is walked from its first column on, a column from its first row on.
    @inlinable
    public func reduce<Failure: Error>(
        _ axis: ReductionAxis, _ initial: Scalar,
        _ combine: (Scalar, Scalar) throws(Failure) -> Scalar
    ) throws(Failure) -> Vector<Scalar> {
        var result = Vector(
            count: axis == .alongRows ? rowCount : columnCount, repeating: initial)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                let target = axis == .alongRows ? row : column
                result[target] = try combine(result[target], storage[row * columnCount + column])
            }
        }
        return result
    }
}
