// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float: NetworkScalar {
    package static func _fillRows(
        _ rows: Int, _ columns: Int, _ row: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        credit_net_fill_rows_f32(rows, columns, row, output)
    }

    package static func _addColumnSums(
        _ rows: Int, _ columns: Int, _ values: UnsafePointer<Float>,
        _ sums: UnsafeMutablePointer<Float>
    ) {
        credit_net_add_column_sums_f32(rows, columns, values, sums)
    }

    package static func _gatherRows(
        _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int>,
        _ values: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        credit_net_gather_rows_f32(count, columns, indices, values, output)
    }

    package static func _orderedProduct(
        _ rows: Int, _ inner: Int, _ columns: Int, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ row: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        credit_ordered_product_f32(rows, columns, inner, a, inner, b, row, output)
    }

    package static func _slope(
        of activation: Activation, _ count: Int, _ output: UnsafePointer<Float>,
        _ gradient: UnsafeMutablePointer<Float>
    ) {
        switch activation {
        case .identity: break
        case .relu: credit_net_relu_slope_f32(count, output, gradient)
        case .tanh: credit_net_tanh_slope_f32(count, output, gradient)
        case .sigmoid: credit_net_sigmoid_slope_f32(count, output, gradient)
        case .gelu: preconditionFailure("the slope of gelu is no function of its output")
        }
    }

    package static func _geluArguments(
        _ count: Int, _ x: UnsafePointer<Float>, _ scaled: UnsafeMutablePointer<Float>,
        _ square: UnsafeMutablePointer<Float>
    ) {
        credit_net_gelu_arguments_f32(count, x, scaled, square)
    }

    package static func _gelu(
        _ count: Int, _ x: UnsafePointer<Float>, _ errorFunction: UnsafeMutablePointer<Float>,
        _ bell: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        credit_net_gelu_f32(count, x, errorFunction, bell, output)
    }

    package static func _dropout(
        _ count: Int, key: UInt64, threshold: UInt32, _ scale: Float,
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ mask: UnsafeMutablePointer<Float>
    ) {
        credit_net_dropout_f32(count, key, threshold, scale, input, output, mask)
    }

    package static func _squaredNorm(_ count: Int, _ values: UnsafePointer<Float>) -> Double {
        credit_net_squared_norm_f32(count, values)
    }

    package static func _loss(
        _ head: NetworkHead, _ rows: Int, _ columns: Int, _ outputs: UnsafePointer<Float>,
        _ targets: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        _ gradient: UnsafeMutablePointer<Float>
    ) -> Double {
        switch head {
        case .logistic(let focal):
            credit_net_logistic_loss_f32(rows, focal, outputs, targets, weights, gradient)
        case .softmax(_, let focal):
            credit_net_softmax_loss_f32(
                rows, columns, focal, outputs, targets, weights, gradient)
        case .squared:
            credit_net_squared_loss_f32(rows, columns, outputs, targets, weights, gradient)
        case .huber(let delta):
            credit_net_huber_loss_f32(
                rows, columns, delta, outputs, targets, weights, gradient)
        case .poisson:
            credit_net_poisson_loss_f32(rows, columns, outputs, targets, weights, gradient)
        }
    }

    package static func _step(
        _ step: OptimiserStep, _ count: Int, _ gradient: UnsafePointer<Float>,
        _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
        _ parameters: UnsafeMutablePointer<Float>
    ) {
        switch step.rule {
        case .gradientDescent(let momentum, let isNesterov):
            credit_net_sgd_f32(
                count, Float(step.scale), Float(step.decay), Float(momentum), isNesterov,
                Float(step.rate), gradient, first, parameters)
        case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
            credit_net_adam_f32(
                count, Float(step.scale), Float(step.decay), Float(step.shrink), Float(beta1),
                Float(beta2), Float(step.rate / step.firstCorrection),
                Float(step.secondCorrection.squareRoot()), Float(epsilon), gradient, first, second,
                parameters)
        case .rmsProp(let smoothing, let epsilon, let momentum):
            credit_net_rmsprop_f32(
                count, Float(step.scale), Float(step.decay), Float(smoothing), Float(epsilon),
                Float(momentum), Float(step.rate), gradient, second, first, parameters)
        }
    }
}
