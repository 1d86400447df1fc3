// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// `e` to the power of `value`, by the library's own kernel: equal bits on every machine.
func exponential(_ value: Double) -> Double { evaluate(.exp, value) }

/// The natural logarithm of `value`, by the library's own kernel: equal bits on every machine.
func naturalLogarithm(_ value: Double) -> Double { evaluate(.log, value) }

/// `1 / (1 + exp(-value))`, by the library's own kernel: equal bits on every machine.
func sigmoid(_ value: Double) -> Double { evaluate(.sigmoid, value) }

private func evaluate(_ function: _ElementwiseFunction, _ value: Double) -> Double {
    var (input, output) = (value, 0.0)
    Double._evaluate(function, 1, &input, &output)
    return output
}
