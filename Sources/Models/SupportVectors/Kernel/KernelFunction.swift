// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The similarity of two rows `x` and `z` that a support vector machine works with.
///
/// A kernel is an inner product in a space of features that is never built, so that a linear
/// machine in that space bends in the space of the rows.
public enum KernelFunction: Codable, Hashable, Sendable {
    /// The factor `gamma` of a kernel.
    public enum Scale: Codable, Hashable, Sendable {
        /// A number above 0.
        case value(Double)
        /// `1 / columns`, LIBSVM's default.
        case perColumn
        /// `1 / (columns * variance)` with the weighted variance of all training values,
        /// scikit-learn's default; 1 where they have no variance.
        case byVariance
    }

    /// `x·z`.
    case linear
    /// `(gamma x·z + offset)^degree`, the degree at least 1.
    case polynomial(degree: Int = 3, gamma: Scale = .byVariance, offset: Double = 0)
    /// `exp(-gamma |x - z|²)`, also called Gaussian.
    case radialBasis(gamma: Scale = .byVariance)
    /// `tanh(gamma x·z + offset)`. It is no inner product for every choice of its values; a machine
    /// then still has a stationary point.
    case sigmoid(gamma: Scale = .byVariance, offset: Double = 0)
    /// The features are kernel values themselves: at fitting (rows x rows), symmetric, at
    /// prediction of each new row with every training row.
    case precomputed

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError) {
        switch self {
        case .linear, .precomputed: return
        case .polynomial(let degree, let gamma, let offset):
            guard (1...64).contains(degree) else {
                throw ModelError(.invalidRecipe, "the degree is \(degree), not one of 1...64")
            }
            try Self.validate(gamma, offset)
        case .radialBasis(let gamma): try Self.validate(gamma, 0)
        case .sigmoid(let gamma, let offset): try Self.validate(gamma, offset)
        }
    }

    private static func validate(_ gamma: Scale, _ offset: Double) throws(ModelError) {
        if case .value(let value) = gamma, !(value > 0 && value.isFinite) {
            throw ModelError(.invalidRecipe, "gamma is \(value), not a number above 0")
        }
        guard offset.isFinite else {
            throw ModelError(.invalidRecipe, "the offset of the kernel is \(offset)")
        }
    }

    /// The kernel with its scale found from the training rows; `nil` where values are given.
    func resolved(_ features: Matrix<Double>, weights: [Double]) -> RowKernel? {
        func gamma(_ scale: Scale) -> Double {
            let columns = Double(features.columnCount)
            switch scale {
            case .value(let value): return value
            case .perColumn: return 1 / columns
            case .byVariance:
                let variance = features.overallVariance(weights)
                return variance > 0 ? 1 / (columns * variance) : 1
            }
        }
        switch self {
        case .linear: return .linear
        case .polynomial(let degree, let scale, let offset):
            return .polynomial(degree: degree, gamma: gamma(scale), offset: offset)
        case .radialBasis(let scale): return .radial(gamma: gamma(scale))
        case .sigmoid(let scale, let offset):
            return .sigmoid(gamma: gamma(scale), offset: offset)
        case .precomputed: return nil
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// The variance of all elements, those of a row counting by its weight.
    fileprivate func overallVariance(_ weights: [Double]) -> Double {
        let total = weights.reduce(0, +) * Double(columnCount)
        func moment(_ term: (Double) -> Double) -> Double {
            var sum = 0.0
            withSpan { values in
                for row in 0..<rowCount where weights[row] > 0 {
                    var rowSum = 0.0
                    for position in row * columnCount..<(row + 1) * columnCount {
                        rowSum += term(values[position])
                    }
                    sum += weights[row] * rowSum
                }
            }
            return sum / total
        }
        let mean = moment { $0 }
        return moment { ($0 - mean) * ($0 - mean) }
    }
}
