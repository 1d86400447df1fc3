// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import _CreditTestSupport

/// Gradients of a scalar function, checked by central differences of fourth order in `Double`.
enum GradientCheck {
    /// `|analytic - numeric| / (|analytic| + |numeric|)`, of the Euclidean norms.
    static func relativeError(
        _ analytic: [Double], at point: [Double], step: Double = 2e-4,
        of value: ([Double]) -> Double
    ) -> Double {
        var numeric = point
        for index in point.indices {
            func shifted(_ steps: Double) -> Double {
                var moved = point
                moved[index] += steps * step
                return value(moved)
            }
            numeric[index] =
                (8 * (shifted(1) - shifted(-1)) - (shifted(2) - shifted(-2))) / (12 * step)
        }
        func norm(_ values: [Double]) -> Double {
            values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        let difference = zip(analytic, numeric).map { $0 - $1 }
        let sum = norm(analytic) + norm(numeric)
        return sum == 0 ? 0 : norm(difference) / sum
    }

    /// The errors of the gradients of the sum of a stack's outputs, each times a fixed random
    /// factor: by the parameters and by the input.
    ///
    /// - Parameter given: the input, whose gradient is then not checked; random if `nil`.
    static func errors(
        _ stack: LayerStack, rows: Int, seed: UInt64, input given: [Double]? = nil
    ) -> (parameters: Double, input: Double) {
        var generator = TestGenerator(seed: seed)
        func draw(_ count: Int) -> [Double] {
            (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        }
        let (parameters, state) = initial(stack, seed: seed)
        // Moved from where the layers start: their zeros and ones hide mistakes.
        let point = zip(parameters, draw(parameters.count)).map { $0 + 0.1 * $1 }
        let input = given ?? draw(rows * stack.inputWidth)
        let factors = draw(rows * stack.outputWidth)
        func run(_ parameters: [Double], _ input: [Double]) -> StackRun {
            StackRun(
                stack, rows: rows, parameters: parameters, state: state, input: input,
                seed: seed)
        }
        func value(_ parameters: [Double], _ input: [Double]) -> Double {
            zip(run(parameters, input).output, factors).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let gradients = run(point, input).gradients(factors)
        return (
            relativeError(gradients.parameters, at: point) { value($0, input) },
            given != nil ? 0 : relativeError(gradients.input, at: input) { value(point, $0) }
        )
    }

    static func initial(_ stack: LayerStack, seed: UInt64) -> ([Double], [Double]) {
        let parameters = ScalarBuffer<Double>(stack.parameterCount)
        let state = ScalarBuffer<Double>(stack.stateCount)
        stack.initialise(parameters.base, state: state.base, random: RandomStream(seed: seed))
        return (parameters.values, state.values)
    }
}

/// One training pass of a stack over rows, and its gradients.
final class StackRun {
    let stack: LayerStack
    let rows: Int
    let parameters: ScalarBuffer<Double>
    let state: ScalarBuffer<Double>
    let input: ScalarBuffer<Double>
    let workspace: LayerWorkspace<Double>
    let output: [Double]

    init(
        _ stack: LayerStack, rows: Int, parameters: [Double], state: [Double], input: [Double],
        seed: UInt64?
    ) {
        self.stack = stack
        self.rows = rows
        let buffers = (ScalarBuffer(parameters), ScalarBuffer(state), ScalarBuffer(input))
        (self.parameters, self.state, self.input) = buffers
        let workspace: LayerWorkspace<Double> = stack.workspace(rows: rows)
        self.workspace = workspace
        var random = RandomStream(seed: seed ?? 0)
        let output = withUnsafeMutablePointer(to: &random) { random in
            stack.forward(
                buffers.2.base, rows: rows, parameters: buffers.0.base, state: buffers.1.base,
                workspace: workspace, random: seed == nil ? nil : random)
        }
        self.output = Array(
            UnsafeBufferPointer(start: output, count: rows * stack.outputWidth))
    }

    func gradients(_ outputGradient: [Double]) -> (parameters: [Double], input: [Double]) {
        let gradient = ScalarBuffer<Double>(stack.parameterCount)
        let inputGradient = ScalarBuffer<Double>(input.count)
        let target = workspace.outputGradient
        for (index, value) in outputGradient.enumerated() { target[index] = value }
        stack.backward(
            input.base, rows: rows, parameters: parameters.base, workspace: workspace,
            outputGradient: target, inputGradient: inputGradient.base, gradient: gradient.base)
        return (gradient.values, inputGradient.values)
    }
}
