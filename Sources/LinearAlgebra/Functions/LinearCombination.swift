// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// `self = alpha x + beta y`, element by element in one pass and into the existing elements.
    ///
    /// Each product and the sum are rounded.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formLinearCombination(
        _ alpha: Scalar, _ x: Tensor, _ beta: Scalar, _ y: Tensor
    ) {
        Tensor.requireSameShape(x, y)
        let exceedsCaches = exceedsCaches
        y.withPointer { y in
            withOffsets(of: x, streaming: exceedsCaches) { count, start, input, output in
                Scalar._combineScaled(
                    count, alpha, input, beta, y + start, output, streaming: exceedsCaches)
            }
        }
    }

    /// `self = factor self + alpha x` in one pass and without a temporary.
    ///
    /// Each product and the sum are rounded; ``add(_:times:)`` leaves this tensor's elements
    /// unscaled.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func rescale(by factor: Scalar, adding x: Tensor, times alpha: Scalar = 1) {
        withOffsets(of: x) { count, _, input, output in
            Scalar._combineScaled(count, alpha, input, factor, output, output)
        }
    }

    /// `self += factor * other` without a temporary; each element is rounded twice.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func add(_ other: Tensor, times factor: Scalar) {
        withOffsets(of: other) { count, _, input, output in
            Scalar._accumulate(count, factor, input, output)
        }
    }

    /// Calls `body` with counts, first positions, elements of `x` and of this tensor.
    private mutating func withOffsets(
        of x: Tensor, streaming: Bool = false,
        _ body: (Int, Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
    ) {
        Tensor.requireSameShape(self, x)
        let (count, minimum) = (count, _ElementwiseOperation.add.threadedCount)
        withMutablePointer { output in
            x.withPointer { input in
                concurrently(count, minimum: minimum, streaming: streaming) { start, length in
                    body(length, start, input + start, output + start)
                }
            }
        }
    }
}
