// SPDX-License-Identifier: Apache-2.0

// Functions of another tensor into this one's elements: nothing is allocated while no copy of this
// tensor shares them.
extension Tensor {
    /// `self = x.exp()`, into the existing elements; see ``exp()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formExp(of x: Tensor) { formEvaluation(.exp, of: x) }

    /// `self = x.expm1()`, into the existing elements; see ``expm1()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formExpm1(of x: Tensor) { formEvaluation(.expm1, of: x) }

    /// `self = x.log()`, into the existing elements; see ``log()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formLog(of x: Tensor) { formEvaluation(.log, of: x) }

    /// `self = x.log1p()`, into the existing elements; see ``log1p()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formLog1p(of x: Tensor) { formEvaluation(.log1p, of: x) }

    /// `self = x.tanh()`, into the existing elements; see ``tanh()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formTanh(of x: Tensor) { formEvaluation(.tanh, of: x) }

    /// `self = x.sigmoid()`, into the existing elements; see ``sigmoid()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSigmoid(of x: Tensor) { formEvaluation(.sigmoid, of: x) }

    /// `self = x.softplus()`, into the existing elements; see ``softplus()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSoftplus(of x: Tensor) { formEvaluation(.softplus, of: x) }

    /// `self = x.erf()`, into the existing elements; see ``erf()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formErf(of x: Tensor) { formEvaluation(.erf, of: x) }

    /// `self = x.relu()`, into the existing elements; see ``relu()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formRelu(of x: Tensor) { formEvaluation(.relu, of: x) }

    /// `self = x.sign()`, into the existing elements; see ``sign()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSign(of x: Tensor) { formEvaluation(.sign, of: x) }

    /// `self = x.squareRoot()`, into the existing elements; see ``squareRoot()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSquareRoot(of x: Tensor) { formEvaluation(.squareRoot, of: x) }

    /// `self = x.absoluteValue()`, into the existing elements; see ``absoluteValue()``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formAbsoluteValue(of x: Tensor) { formEvaluation(.absolute, of: x) }

    /// `self = x.clipped(to: range)`, into the existing elements; see ``clipped(to:)``.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formClipped(of x: Tensor, to range: ClosedRange<Scalar>) {
        formElementwise(of: x, minimum: 1 << 20) {
            Scalar._clip($0, range.lowerBound, range.upperBound, $1, $2, streaming: $3)
        }
    }

    private mutating func formEvaluation(_ function: _ElementwiseFunction, of x: Tensor) {
        formElementwise(of: x, minimum: function.threadedCount) {
            Scalar._evaluate(function, $0, $1, $2, streaming: $3)
        }
    }

    /// Calls `body` with counts, inputs of `x`, outputs of this tensor and whether to stream, on
    /// threads when there are `minimum` elements.
    mutating func formElementwise(
        of x: Tensor, minimum: Int,
        _ body: (Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Bool) -> Void
    ) {
        Tensor.requireSameShape(self, x)
        let (count, exceedsCaches) = (count, exceedsCaches)
        withMutablePointer { output in
            x.withPointer { input in
                concurrently(count, minimum: minimum, streaming: exceedsCaches) {
                    body($1, input + $0, output + $0, exceedsCaches)
                }
            }
        }
    }
}
