// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The function that a layer applies to every output.
public enum Activation: String, Codable, Hashable, Sendable, CaseIterable {
    /// `x`.
    case identity
    /// `max(x, 0)`, with slope 0 at 0.
    case relu
    /// `x Phi(x)`, where `Phi` is the standard normal distribution function.
    ///
    /// D. Hendrycks and K. Gimpel, "Gaussian error linear units (GELUs)" (2016), arXiv:1606.08415.
    case gelu
    /// The hyperbolic tangent.
    case tanh
    /// `1 / (1 + exp(-x))`.
    case sigmoid

    /// Scalars to keep from the forward to the backward pass.
    func cacheCount(_ count: Int) -> Int { self == .gelu ? 2 * count : 0 }

    /// Applies the function in place.
    func forward<Scalar: NetworkScalar>(
        _ values: UnsafeMutablePointer<Scalar>, _ count: Int,
        cache: UnsafeMutablePointer<Scalar>
    ) {
        switch self {
        case .identity: break
        case .relu: Scalar._evaluate(.relu, count, values, values)
        case .tanh: Scalar._evaluate(.tanh, count, values, values)
        case .sigmoid: Scalar._evaluate(.sigmoid, count, values, values)
        case .gelu:
            let bell = cache + count
            Scalar._geluArguments(count, values, cache, bell)
            Scalar._evaluate(.erf, count, cache, cache)
            Scalar._evaluate(.exp, count, bell, bell)
            Scalar._gelu(count, values, cache, bell, values)
        }
    }

    /// Makes the gradient of the outputs that of the inputs, in place.
    func backward<Scalar: NetworkScalar>(
        _ gradient: UnsafeMutablePointer<Scalar>, _ count: Int, output: UnsafePointer<Scalar>,
        cache: UnsafePointer<Scalar>
    ) {
        if self == .gelu {
            Scalar._combine(.multiply, count, gradient, cache, gradient)
        } else {
            Scalar._slope(of: self, count, output, gradient)
        }
    }

    /// The half width of the uniform distribution of a layer's first weights: He's for rectifiers,
    /// Glorot's for the others.
    func initialBound(inputs: Int, outputs: Int) -> Double {
        switch self {
        case .relu, .gelu: (6 / Double(inputs)).squareRoot()
        case .identity, .tanh, .sigmoid: (6 / Double(inputs + outputs)).squareRoot()
        }
    }
}
