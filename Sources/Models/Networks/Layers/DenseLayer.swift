// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// `activation(x W + b)`: one product of matrices each for outputs, weights and inputs.
package struct DenseLayer: NetworkLayer {
    package let inputWidth: Int
    package let outputWidth: Int
    package let activation: Activation

    package init(_ inputWidth: Int, _ outputWidth: Int, _ activation: Activation = .identity) {
        self.inputWidth = inputWidth
        self.outputWidth = outputWidth
        self.activation = activation
    }

    /// W (inputs x outputs), then b.
    package var blocks: [ParameterBlock] {
        [
            ParameterBlock("weights", rows: inputWidth, columns: outputWidth, isDecayed: true),
            ParameterBlock("offsets", columns: outputWidth),
        ]
    }

    package func cacheCount(rows: Int) -> Int { activation.cacheCount(rows * outputWidth) }

    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream
    ) {
        let bound = activation.initialBound(inputs: inputWidth, outputs: outputWidth)
        for index in 0..<(inputWidth * outputWidth) {
            parameters[index] = Scalar((2 * random.uniform() - 1) * bound)
        }
        (parameters + inputWidth * outputWidth).update(repeating: 0, count: outputWidth)
    }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        let offsets = pass.parameters + inputWidth * outputWidth
        if pass.isTraining {
            let (rows, inputs, outputs) = sizes(pass.rows)
            Scalar._fillRows(pass.rows, outputWidth, offsets, pass.output)
            Scalar._gemm(
                false, false, rows, outputs, inputs, 1, pass.input, inputs, pass.parameters,
                outputs, 1, pass.output, outputs)
        } else {
            Scalar._orderedProduct(
                pass.rows, inputWidth, outputWidth, pass.input, pass.parameters, offsets,
                pass.output)
        }
        activation.forward(pass.output, pass.rows * outputWidth, cache: pass.cache)
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        let (rows, inputs, outputs) = sizes(pass.rows)
        let delta = pass.outputGradient
        activation.backward(
            delta, pass.rows * outputWidth, output: pass.output, cache: pass.cache)
        Scalar._gemm(
            true, false, inputs, outputs, rows, 1, pass.input, inputs, delta, outputs, 1,
            pass.gradient, outputs)
        Scalar._addColumnSums(
            pass.rows, outputWidth, delta, pass.gradient + inputWidth * outputWidth)
        if let inputGradient = pass.inputGradient {
            Scalar._gemm(
                false, true, rows, inputs, outputs, 1, delta, outputs, pass.parameters, outputs,
                0, inputGradient, inputs)
        }
    }

    private func sizes(_ rows: Int) -> (Int32, Int32, Int32) {
        (blasInteger(rows), blasInteger(inputWidth), blasInteger(outputWidth))
    }
}
