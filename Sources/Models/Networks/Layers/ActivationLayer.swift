// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A function of every element, such as after a normalisation.
package struct ActivationLayer: NetworkLayer {
    package let inputWidth: Int
    package let activation: Activation

    package var outputWidth: Int { inputWidth }

    package init(_ width: Int, _ activation: Activation) {
        inputWidth = width
        self.activation = activation
    }

    package func cacheCount(rows: Int) -> Int { activation.cacheCount(rows * inputWidth) }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        let count = pass.rows * inputWidth
        pass.output.update(from: pass.input, count: count)
        activation.forward(pass.output, count, cache: pass.cache)
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        guard let inputGradient = pass.inputGradient else { return }
        let count = pass.rows * inputWidth
        inputGradient.update(from: pass.outputGradient, count: count)
        activation.backward(inputGradient, count, output: pass.output, cache: pass.cache)
    }
}
