// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// e to the power of every element.
    public func exp() -> Tensor { evaluate(.exp) }

    /// `eˣ - 1` of every element, without the cancellation near 0.
    public func expm1() -> Tensor { evaluate(.expm1) }

    /// The natural logarithm of every element; 0 gives -infinity and a negative number NaN.
    public func log() -> Tensor { evaluate(.log) }

    /// `log(1 + x)` of every element, without the cancellation near 0.
    ///
    /// -1 gives -infinity and what is below it NaN.
    public func log1p() -> Tensor { evaluate(.log1p) }

    /// The hyperbolic tangent of every element.
    public func tanh() -> Tensor { evaluate(.tanh) }

    /// The logistic function `1 / (1 + e⁻ˣ)` of every element.
    public func sigmoid() -> Tensor { evaluate(.sigmoid) }

    /// `log(1 + eˣ)` of every element, which neither overflows nor loses small results.
    public func softplus() -> Tensor { evaluate(.softplus) }

    /// The error function `2 / √π` times the integral of `e^(-t²)` from 0 to every element.
    public func erf() -> Tensor { evaluate(.erf) }

    /// `max(x, 0)` of every element; NaN and -0 stay as they are.
    public func relu() -> Tensor { evaluate(.relu) }

    /// 1 for every positive element and -1 for every negative one; zeros and NaN stay.
    public func sign() -> Tensor { evaluate(.sign) }

    /// The square root of every element; a negative number gives NaN.
    public func squareRoot() -> Tensor { evaluate(.squareRoot) }

    /// The absolute value of every element.
    public func absoluteValue() -> Tensor { evaluate(.absolute) }

    /// Replaces every element as ``exp()`` does, without a temporary.
    public mutating func formExp() { formEvaluation(.exp) }

    /// Replaces every element as ``expm1()`` does, without a temporary.
    public mutating func formExpm1() { formEvaluation(.expm1) }

    /// Replaces every element as ``log()`` does, without a temporary.
    public mutating func formLog() { formEvaluation(.log) }

    /// Replaces every element as ``log1p()`` does, without a temporary.
    public mutating func formLog1p() { formEvaluation(.log1p) }

    /// Replaces every element as ``tanh()`` does, without a temporary.
    public mutating func formTanh() { formEvaluation(.tanh) }

    /// Replaces every element as ``sigmoid()`` does, without a temporary.
    public mutating func formSigmoid() { formEvaluation(.sigmoid) }

    /// Replaces every element as ``softplus()`` does, without a temporary.
    public mutating func formSoftplus() { formEvaluation(.softplus) }

    /// Replaces every element as ``erf()`` does, without a temporary.
    public mutating func formErf() { formEvaluation(.erf) }

    /// Replaces every element as ``relu()`` does, without a temporary.
    public mutating func formRelu() { formEvaluation(.relu) }

    /// Replaces every element as ``sign()`` does, without a temporary.
    public mutating func formSign() { formEvaluation(.sign) }

    /// Replaces every element as ``squareRoot()`` does, without a temporary.
    public mutating func formSquareRoot() { formEvaluation(.squareRoot) }

    /// Replaces every element as ``absoluteValue()`` does, without a temporary.
    public mutating func formAbsoluteValue() { formEvaluation(.absolute) }

    private func evaluate(_ function: _ElementwiseFunction) -> Tensor {
        mapStorage { count, input, output in
            concurrently(count, minimum: function.threadedCount) {
                Scalar._evaluate(function, $1, input + $0, output + $0)
            }
        }
    }

    private mutating func formEvaluation(_ function: _ElementwiseFunction) {
        let count = count
        withMutablePointer { elements in
            concurrently(count, minimum: function.threadedCount) {
                Scalar._evaluate(function, $1, elements + $0, elements + $0)
            }
        }
    }
}
