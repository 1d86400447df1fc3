// SPDX-License-Identifier: Apache-2.0

/// How the weights of a Boltzmann machine follow their gradient.
///
/// Let `g` be the mean of `v[i] / sigma[i] h[j]` over the data less its mean over the negative
/// phase.
public enum BoltzmannUpdateRule: Codable, Hashable, Sendable {
    /// A step `s = momentum s + rate (g - l2 w - l1 sign(w))`, by which the weight moves.
    case corrected

    /// Equations (2) and (3) of Zhong, "Innovative application of AI big data fusion model in
    /// financial risk prediction and management", as they are printed.
    ///
    /// With m the momentum, r the learning rate and d the decay ``RestrictedBoltzmannMachine/l2``
    /// the weight becomes `w + m g' + r g - d g`, where g' is the gradient of the batch before. The
    /// decay thus shortens the step and never the weight, and the momentum is of the gradient and
    /// not of the step. Equation (2) divides the hidden state by a deviation as well, which binary
    /// hidden units do not have: it is `hiddenDeviation`, and divides the gradient.
    case zhongAsPrinted(hiddenDeviation: Double = 1)

    /// What divides the gradient.
    var hiddenDeviation: Double {
        switch self {
        case .corrected: 1
        case .zhongAsPrinted(let deviation): deviation
        }
    }

    var isLiteral: Bool { self != .corrected }
}
