// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Functions of one number by the library's own kernels, whose bits are the same on every machine.
enum ElementaryFunctions {
    /// The natural logarithm.
    static func log(_ x: Double) -> Double { evaluate(.log, x) }

    /// `log(1 + x)`, precise for small `x`.
    static func log(onePlus x: Double) -> Double { evaluate(.log1p, x) }

    /// `exp(x) - 1`, precise for small `x`.
    static func expMinusOne(_ x: Double) -> Double { evaluate(.expm1, x) }

    private static func evaluate(_ function: _ElementwiseFunction, _ x: Double) -> Double {
        var result = x
        withUnsafeMutablePointer(to: &result) { Double._evaluate(function, 1, $0, $0) }
        return result
    }
}
