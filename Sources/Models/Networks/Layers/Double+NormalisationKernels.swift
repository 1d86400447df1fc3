// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double {
    package static func _embed(
        _ shape: EmbeddingShape, _ rows: Int, _ table: UnsafePointer<Double>,
        _ input: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        credit_net_embed_f64(
            rows, shape.inputs, shape.outputs, shape.column, shape.levels, shape.width,
            shape.start, table, input, output)
    }

    package static func _embedGradient(
        _ shape: EmbeddingShape, _ rows: Int, _ input: UnsafePointer<Double>,
        _ outputGradient: UnsafePointer<Double>, _ tableGradient: UnsafeMutablePointer<Double>
    ) {
        credit_net_embed_gradient_f64(
            rows, shape.inputs, shape.outputs, shape.column, shape.levels, shape.width,
            shape.start, input, outputGradient, tableGradient)
    }

    package static func _batchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, momentum: Double,
        scale: UnsafePointer<Double>, offset: UnsafePointer<Double>,
        runningMean: UnsafeMutablePointer<Double>, runningVariance: UnsafeMutablePointer<Double>,
        input: UnsafePointer<Double>, output: UnsafeMutablePointer<Double>,
        normal: UnsafeMutablePointer<Double>, inverse: UnsafeMutablePointer<Double>
    ) {
        credit_net_batch_norm_f64(
            rows, columns, epsilon, momentum, scale, offset, runningMean, runningVariance,
            input, output, normal, inverse)
    }

    package static func _stillBatchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Double>,
        offset: UnsafePointer<Double>, runningMean: UnsafePointer<Double>,
        runningVariance: UnsafePointer<Double>, input: UnsafePointer<Double>,
        output: UnsafeMutablePointer<Double>
    ) {
        credit_net_batch_norm_still_f64(
            rows, columns, epsilon, scale, offset, runningMean, runningVariance, input, output)
    }

    package static func _batchNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Double>, normal: UnsafePointer<Double>,
        inverse: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>,
        scaleGradient: UnsafeMutablePointer<Double>, offsetGradient: UnsafeMutablePointer<Double>,
        inputGradient: UnsafeMutablePointer<Double>?
    ) {
        credit_net_batch_norm_gradient_f64(
            rows, columns, scale, normal, inverse, outputGradient, scaleGradient,
            offsetGradient, inputGradient)
    }

    package static func _layerNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Double>,
        offset: UnsafePointer<Double>, input: UnsafePointer<Double>,
        output: UnsafeMutablePointer<Double>, normal: UnsafeMutablePointer<Double>,
        inverse: UnsafeMutablePointer<Double>
    ) {
        credit_net_layer_norm_f64(
            rows, columns, epsilon, scale, offset, input, output, normal, inverse)
    }

    package static func _layerNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Double>, normal: UnsafePointer<Double>,
        inverse: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>,
        scaleGradient: UnsafeMutablePointer<Double>, offsetGradient: UnsafeMutablePointer<Double>,
        inputGradient: UnsafeMutablePointer<Double>?
    ) {
        credit_net_layer_norm_gradient_f64(
            rows, columns, scale, normal, inverse, outputGradient, scaleGradient,
            offsetGradient, inputGradient)
    }
}
