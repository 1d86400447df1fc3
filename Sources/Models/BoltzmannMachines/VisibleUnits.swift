// SPDX-License-Identifier: Apache-2.0

/// What the visible units of a Boltzmann machine stand for.
public enum VisibleUnits: Codable, Hashable, Sendable {
    /// Values within 0...1: bits, or probabilities of bits.
    case bernoulli
    /// Numbers with normal noise of one given standard deviation, 1 for standardised columns.
    case gaussian(deviation: Double = 1)
    /// Numbers with normal noise of a standard deviation of their own, which is learned.
    ///
    /// It begins at `initial`; its logarithm moves at `rate` times the learning rate.
    case gaussianLearned(initial: Double = 1, rate: Double = 0.1)

    /// Whether the values are any numbers.
    package var isGaussian: Bool { self != .bernoulli }

    /// Whether the deviations move.
    var isLearned: Bool {
        if case .gaussianLearned = self { true } else { false }
    }

    /// The standard deviation of the noise before anything is learned.
    var initialDeviation: Double {
        switch self {
        case .bernoulli: 1
        case .gaussian(let deviation): deviation
        case .gaussianLearned(let initial, _): initial
        }
    }

    func validate() throws(ModelError) {
        guard initialDeviation > 1e-6, initialDeviation < 1e6 else {
            throw ModelError(
                .invalidRecipe, "a deviation of \(initialDeviation), not one within 1e-6...1e6")
        }
        if case .gaussianLearned(_, let rate) = self, !(rate > 0 && rate.isFinite) {
            throw ModelError(.invalidRecipe, "a rate of deviations of \(rate), not above 0")
        }
    }
}
