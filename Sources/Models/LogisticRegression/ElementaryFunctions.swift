// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// `e` to the power of `value`, by the library's own kernel: equal bits on every machine.
func exponential(_ value: Double) -> Double { Vector([value]).exp()[0] }

/// The natural logarithm of `value`, by the library's own kernel: equal bits on every machine.
func naturalLogarithm(_ value: Double) -> Double { Vector([value]).log()[0] }
