// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Every column less its mean over its standard deviation, times a scale plus an offset.
///
/// In training mean and deviation are those of the batch, whose running means (each batch counts a
/// tenth) are used otherwise. S. Ioffe and C. Szegedy, "Batch normalization", ICML 2015.
package struct BatchNormalisationLayer: NetworkLayer {
    package let inputWidth: Int

    package var outputWidth: Int { inputWidth }

    static let epsilon = 1e-5
    private static let momentum = 0.1

    package init(_ width: Int) { inputWidth = width }

    /// The scales, then the offsets.
    package var blocks: [ParameterBlock] {
        [
            ParameterBlock("scales", columns: inputWidth),
            ParameterBlock("offsets", columns: inputWidth),
        ]
    }

    /// The running means, then the running variances.
    package var stateCount: Int { 2 * inputWidth }

    /// The normalised values, then one over the standard deviations.
    package func cacheCount(rows: Int) -> Int { (rows + 1) * inputWidth }

    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream
    ) {
        parameters.update(repeating: 1, count: inputWidth)
        (parameters + inputWidth).update(repeating: 0, count: inputWidth)
        state.update(repeating: 0, count: inputWidth)
        (state + inputWidth).update(repeating: 1, count: inputWidth)
    }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        let (scale, offset) = (pass.parameters, pass.parameters + inputWidth)
        let (mean, variance) = (pass.state, pass.state + inputWidth)
        if pass.isTraining {
            Scalar._batchNorm(
                pass.rows, inputWidth, epsilon: Self.epsilon, momentum: Self.momentum,
                scale: scale, offset: offset, runningMean: mean, runningVariance: variance,
                input: pass.input, output: pass.output, normal: pass.cache,
                inverse: pass.cache + pass.rows * inputWidth)
        } else {
            Scalar._stillBatchNorm(
                pass.rows, inputWidth, epsilon: Self.epsilon, scale: scale, offset: offset,
                runningMean: mean, runningVariance: variance, input: pass.input,
                output: pass.output)
        }
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        Scalar._batchNormGradient(
            pass.rows, inputWidth, scale: pass.parameters, normal: pass.cache,
            inverse: pass.cache + pass.rows * inputWidth, outputGradient: pass.outputGradient,
            scaleGradient: pass.gradient, offsetGradient: pass.gradient + inputWidth,
            inputGradient: pass.inputGradient)
    }
}
