// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float {
    package static func _embed(
        _ shape: EmbeddingShape, _ rows: Int, _ table: UnsafePointer<Float>,
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        credit_net_embed_f32(
            rows, shape.inputs, shape.outputs, shape.column, shape.levels, shape.width,
            shape.start, table, input, output)
    }

    package static func _embedGradient(
        _ shape: EmbeddingShape, _ rows: Int, _ input: UnsafePointer<Float>,
        _ outputGradient: UnsafePointer<Float>, _ tableGradient: UnsafeMutablePointer<Float>
    ) {
        credit_net_embed_gradient_f32(
            rows, shape.inputs, shape.outputs, shape.column, shape.levels, shape.width,
            shape.start, input, outputGradient, tableGradient)
    }

    package static func _batchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, momentum: Double,
        scale: UnsafePointer<Float>, offset: UnsafePointer<Float>,
        runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>,
        input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        normal: UnsafeMutablePointer<Float>, inverse: UnsafeMutablePointer<Float>
    ) {
        credit_net_batch_norm_f32(
            rows, columns, epsilon, momentum, scale, offset, runningMean, runningVariance,
            input, output, normal, inverse)
    }

    package static func _stillBatchNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Float>,
        offset: UnsafePointer<Float>, runningMean: UnsafePointer<Float>,
        runningVariance: UnsafePointer<Float>, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        credit_net_batch_norm_still_f32(
            rows, columns, epsilon, scale, offset, runningMean, runningVariance, input, output)
    }

    package static func _batchNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Float>, normal: UnsafePointer<Float>,
        inverse: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        scaleGradient: UnsafeMutablePointer<Float>, offsetGradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?
    ) {
        credit_net_batch_norm_gradient_f32(
            rows, columns, scale, normal, inverse, outputGradient, scaleGradient,
            offsetGradient, inputGradient)
    }

    package static func _layerNorm(
        _ rows: Int, _ columns: Int, epsilon: Double, scale: UnsafePointer<Float>,
        offset: UnsafePointer<Float>, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, normal: UnsafeMutablePointer<Float>,
        inverse: UnsafeMutablePointer<Float>
    ) {
        credit_net_layer_norm_f32(
            rows, columns, epsilon, scale, offset, input, output, normal, inverse)
    }

    package static func _layerNormGradient(
        _ rows: Int, _ columns: Int, scale: UnsafePointer<Float>, normal: UnsafePointer<Float>,
        inverse: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        scaleGradient: UnsafeMutablePointer<Float>, offsetGradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?
    ) {
        credit_net_layer_norm_gradient_f32(
            rows, columns, scale, normal, inverse, outputGradient, scaleGradient,
            offsetGradient, inputGradient)
    }
}
