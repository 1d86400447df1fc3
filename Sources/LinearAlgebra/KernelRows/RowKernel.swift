// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import RealModule

/// A kernel `k(x, z)` of two rows.
package enum RowKernel: Sendable, Hashable {
    /// `x·z`.
    case linear
    /// `(gamma x·z + offset)^degree`.
    case polynomial(degree: Int, gamma: Double, offset: Double)
    /// `exp(-gamma |x - z|²)`.
    case radial(gamma: Double)
    /// `tanh(gamma x·z + offset)`.
    case sigmoid(gamma: Double, offset: Double)

    var parameters: credit_kernel {
        switch self {
        case .linear:
            credit_kernel(kind: Int32(CREDIT_KERNEL_LINEAR), degree: 0, gamma: 0, offset: 0)
        case .polynomial(let degree, let gamma, let offset):
            credit_kernel(
                kind: Int32(CREDIT_KERNEL_POLYNOMIAL), degree: Int32(degree), gamma: gamma,
                offset: offset)
        case .radial(let gamma):
            credit_kernel(kind: Int32(CREDIT_KERNEL_RADIAL), degree: 0, gamma: gamma, offset: 0)
        case .sigmoid(let gamma, let offset):
            credit_kernel(
                kind: Int32(CREDIT_KERNEL_SIGMOID), degree: 0, gamma: gamma, offset: offset)
        }
    }

    /// `k(x, x)` of a row with the sum of squares `square`, as the panels give it.
    package func value(withItself square: Double) -> Double {
        switch self {
        case .linear: return square
        case .polynomial(let degree, let gamma, let offset):
            let base = gamma * square + offset
            return (0..<degree).reduce(1) { power, _ in power * base }
        case .radial: return 1
        case .sigmoid(let gamma, let offset): return Double.tanh(gamma * square + offset)
        }
    }
}
