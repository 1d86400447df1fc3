// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// In training, every element is 0 with probability `rate` and divided by `1 - rate` otherwise.
///
/// The rate is rounded to a multiple of 2⁻¹⁶. N. Srivastava et al., "Dropout: a simple way to
/// prevent neural networks from overfitting", JMLR 15 (2014).
package struct DropoutLayer: NetworkLayer {
    package let inputWidth: Int
    package let rate: Double

    package var outputWidth: Int { inputWidth }

    package init(_ width: Int, rate: Double) {
        inputWidth = width
        self.rate = rate
    }

    package func cacheCount(rows: Int) -> Int { rows * inputWidth }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        let count = pass.rows * inputWidth
        guard let random = pass.random else {
            pass.output.update(from: pass.input, count: count)
            return
        }
        let threshold = max(1, ((1 - rate) * 0x1p16).rounded())
        Scalar._dropout(
            count, key: random.pointee.next(), threshold: UInt32(threshold),
            Scalar(0x1p16 / threshold), pass.input, pass.output, pass.cache)
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        guard let inputGradient = pass.inputGradient else { return }
        Scalar._combine(
            .multiply, pass.rows * inputWidth, pass.outputGradient, pass.cache, inputGradient)
    }
}
