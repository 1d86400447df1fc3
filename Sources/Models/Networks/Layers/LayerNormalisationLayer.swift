// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Every row less its mean over its standard deviation, times a scale plus an offset per column.
///
/// J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization" (2016), arXiv:1607.06450.
package struct LayerNormalisationLayer: NetworkLayer {
    package let inputWidth: Int

    package var outputWidth: Int { inputWidth }

    static let epsilon = 1e-5

    package init(_ width: Int) { inputWidth = width }

    /// The scales, then the offsets.
    package var blocks: [ParameterBlock] {
        [
            ParameterBlock("scales", columns: inputWidth),
            ParameterBlock("offsets", columns: inputWidth),
        ]
    }

    /// The normalised values, then one over the standard deviations.
    package func cacheCount(rows: Int) -> Int { rows * (inputWidth + 1) }

    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream
    ) {
        parameters.update(repeating: 1, count: inputWidth)
        (parameters + inputWidth).update(repeating: 0, count: inputWidth)
    }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        Scalar._layerNorm(
            pass.rows, inputWidth, epsilon: Self.epsilon, scale: pass.parameters,
            offset: pass.parameters + inputWidth, input: pass.input, output: pass.output,
            normal: pass.cache, inverse: pass.cache + pass.rows * inputWidth)
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        Scalar._layerNormGradient(
            pass.rows, inputWidth, scale: pass.parameters, normal: pass.cache,
            inverse: pass.cache + pass.rows * inputWidth, outputGradient: pass.outputGradient,
            scaleGradient: pass.gradient, offsetGradient: pass.gradient + inputWidth,
            inputGradient: pass.inputGradient)
    }
}
