// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double: NetworkScalar {
    package static func _fillRows(
        _ rows: Int, _ columns: Int, _ row: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        credit_net_fill_rows_f64(rows, columns, row, output)
    }

    package static func _addColumnSums(
        _ rows: Int, _ columns: Int, _ values: UnsafePointer<Double>,
        _ sums: UnsafeMutablePointer<Double>
    ) {
        credit_net_add_column_sums_f64(rows, columns, values, sums)
    }

    package static func _gatherRows(
        _ count: Int, _ columns: Int, _ indices: UnsafePointer<Int>,
        _ values: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        credit_net_gather_rows_f64(count, columns, indices, values, output)
    }

    package static func _orderedProduct(
        _ rows: Int, _ inner: Int, _ columns: Int, _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>, _ row: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        credit_ordered_product_f64(rows, columns, inner, a, inner, b, row, output)
    }

    package static func _slope(
        of activation: Activation, _ count: Int, _ output: UnsafePointer<Double>,
        _ gradient: UnsafeMutablePointer<Double>
    ) {
        switch activation {
        case .identity: break
        case .relu: credit_net_relu_slope_f64(count, output, gradient)
        case .tanh: credit_net_tanh_slope_f64(count, output, gradient)
        case .sigmoid: credit_net_sigmoid_slope_f64(count, output, gradient)
        case .gelu: preconditionFailure("the slope of gelu is no function of its output")
        }
    }

    package static func _geluArguments(
        _ count: Int, _ x: UnsafePointer<Double>, _ scaled: UnsafeMutablePointer<Double>,
        _ square: UnsafeMutablePointer<Double>
    ) {
        credit_net_gelu_arguments_f64(count, x, scaled, square)
    }

    package static func _gelu(
        _ count: Int, _ x: UnsafePointer<Double>, _ errorFunction: UnsafeMutablePointer<Double>,
        _ bell: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        credit_net_gelu_f64(count, x, errorFunction, bell, output)
    }

    package static func _dropout(
        _ count: Int, key: UInt64, threshold: UInt32, _ scale: Double,
        _ input: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>,
        _ mask: UnsafeMutablePointer<Double>
    ) {
        credit_net_dropout_f64(count, key, threshold, scale, input, output, mask)
    }

    package static func _squaredNorm(_ count: Int, _ values: UnsafePointer<Double>) -> Double {
        credit_net_squared_norm_f64(count, values)
    }

    package static func _loss(
        _ head: NetworkHead, _ rows: Int, _ columns: Int, _ outputs: UnsafePointer<Double>,
        _ targets: UnsafePointer<Double>, _ weights: UnsafePointer<Double>,
        _ gradient: UnsafeMutablePointer<Double>
    ) -> Double {
        switch head {
        case .logistic(let focal):
            credit_net_logistic_loss_f64(rows, focal, outputs, targets, weights, gradient)
        case .softmax(_, let focal):
            credit_net_softmax_loss_f64(
                rows, columns, focal, outputs, targets, weights, gradient)
        case .squared:
            credit_net_squared_loss_f64(rows, columns, outputs, targets, weights, gradient)
        case .huber(let delta):
            credit_net_huber_loss_f64(
                rows, columns, delta, outputs, targets, weights, gradient)
        case .poisson:
            credit_net_poisson_loss_f64(rows, columns, outputs, targets, weights, gradient)
        }
    }

    package static func _step(
        _ step: OptimiserStep, _ count: Int, _ gradient: UnsafePointer<Double>,
        _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>,
        _ parameters: UnsafeMutablePointer<Double>
    ) {
        switch step.rule {
        case .gradientDescent(let momentum, let isNesterov):
            credit_net_sgd_f64(
                count, Double(step.scale), Double(step.decay), Double(momentum), isNesterov,
                Double(step.rate), gradient, first, parameters)
        case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
            credit_net_adam_f64(
                count, Double(step.scale), Double(step.decay), Double(step.shrink), Double(beta1),
                Double(beta2), Double(step.rate / step.firstCorrection),
                Double(step.secondCorrection.squareRoot()), Double(epsilon), gradient, first,
                second,
                parameters)
        case .rmsProp(let smoothing, let epsilon, let momentum):
            credit_net_rmsprop_f64(
                count, Double(step.scale), Double(step.decay), Double(smoothing), Double(epsilon),
                Double(momentum), Double(step.rate), gradient, second, first, parameters)
        }
    }
}
