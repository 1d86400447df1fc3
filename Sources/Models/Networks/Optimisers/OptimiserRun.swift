// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// What one step of an optimiser does to every parameter of a block.
package struct OptimiserStep: Sendable {
    var rule: Optimiser.Rule
    var rate: Double
    /// The factor of the gradient, from the mean over the rows and from clipping.
    var scale: Double
    var decay = 0.0
    /// What is left of a parameter when decay is decoupled.
    var shrink = 1.0
    var firstCorrection = 1.0
    var secondCorrection = 1.0
}

/// An optimiser on its way: the moments of the gradient and the steps that were taken.
package struct OptimiserRun<Scalar: NetworkScalar> {
    package let optimiser: Optimiser

    /// The mean of the gradient, or its velocity.
    package let first: ScalarBuffer<Scalar>

    /// The mean of the gradient's square; empty for rules without one.
    package let second: ScalarBuffer<Scalar>

    /// The steps that were taken.
    package private(set) var stepCount: Int

    /// A run at its start, for `count` parameters.
    package init(_ optimiser: Optimiser, count: Int) {
        self.init(
            optimiser, first: [Scalar](repeating: 0, count: count),
            second: [Scalar](repeating: 0, count: optimiser.usesSecond ? count : 0), stepCount: 0)
    }

    /// A run that continues.
    package init(_ optimiser: Optimiser, first: [Scalar], second: [Scalar], stepCount: Int) {
        self.optimiser = optimiser
        self.first = ScalarBuffer(first)
        self.second = ScalarBuffer(second)
        self.stepCount = stepCount
    }

    /// Moves the parameters, which lie in the order of `blocks`.
    ///
    /// - Parameters:
    ///   - gradient: its `scale`th part is that of the mean loss.
    ///   - rate: the learning rate of this step.
    package mutating func step(
        _ blocks: [ParameterBlock], parameters: UnsafeMutablePointer<Scalar>,
        gradient: UnsafePointer<Scalar>, scale: Double, rate: Double
    ) {
        stepCount += 1
        var step = OptimiserStep(rule: optimiser.rule, rate: rate, scale: scale)
        switch optimiser.rule {
        case .gradientDescent, .rmsProp: break
        case .adam(let beta1, let beta2, _), .adamW(let beta1, let beta2, _):
            step.firstCorrection = 1 - Double.pow(beta1, stepCount)
            step.secondCorrection = 1 - Double.pow(beta2, stepCount)
        }
        var start = 0
        for block in blocks {
            let decay = block.isDecayed ? optimiser.weightDecay : 0
            if case .adamW = optimiser.rule {
                step.shrink = 1 - rate * decay
            } else {
                step.decay = decay
            }
            Scalar._step(
                step, block.count, gradient + start, first.base + start,
                second.count == 0 ? second.base : second.base + start, parameters + start)
            start += block.count
        }
    }
}

extension Optimiser {
    var usesSecond: Bool {
        if case .gradientDescent = rule { false } else { true }
    }
}
