// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// e to the power of every element.
    public func exp() -> Tensor { evaluate(.exp) }

    /// The natural logarithm of every element; 0 gives -infinity and a negative number NaN.
    public func log() -> Tensor { evaluate(.log) }

    /// The hyperbolic tangent of every element.
    public func tanh() -> Tensor { evaluate(.tanh) }

    /// The logistic function `1 / (1 + e⁻ˣ)` of every element.
    public func sigmoid() -> Tensor { evaluate(.sigmoid) }

    /// The square root of every element; a negative number gives NaN.
    public func squareRoot() -> Tensor { evaluate(.squareRoot) }

    /// The absolute value of every element.
    public func absoluteValue() -> Tensor { evaluate(.absolute) }

    /// Replaces every element as ``exp()`` does, without a temporary.
    public mutating func formExp() { formEvaluation(.exp) }

    /// Replaces every element as ``log()`` does, without a temporary.
    public mutating func formLog() { formEvaluation(.log) }

    /// Replaces every element as ``tanh()`` does, without a temporary.
    public mutating func formTanh() { formEvaluation(.tanh) }

    /// Replaces every element as ``sigmoid()`` does, without a temporary.
    public mutating func formSigmoid() { formEvaluation(.sigmoid) }

    /// Replaces every element as ``squareRoot()`` does, without a temporary.
    public mutating func formSquareRoot() { formEvaluation(.squareRoot) }

    /// Replaces every element as ``absoluteValue()`` does, without a temporary.
    public mutating func formAbsoluteValue() { formEvaluation(.absolute) }

    /// The tensor of `transform` applied to every element in row-major order.
    @inlinable
    public func map<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) -> Tensor {
        Tensor(uncheckedShape: shape, storage: try storage.map(transform))
    }

    /// Replaces every element by its image under `transform`, in row-major order.
    @inlinable
    public mutating func apply<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) {
        for index in storage.indices { storage[index] = try transform(storage[index]) }
    }

    private func evaluate(_ function: _ElementwiseFunction) -> Tensor {
        mapStorage { Scalar._evaluate(function, $0, $1, $2) }
    }

    private mutating func formEvaluation(_ function: _ElementwiseFunction) {
        let count = count
        withMutablePointer { Scalar._evaluate(function, count, $0, $0) }
    }
}
