// SPDX-License-Identifier: Apache-2.0

/// Which preferences to look for in choices: families, what is equal, what is known, and how sure a
/// choice is.
///
/// ```swift
/// let model = PreferenceModel(hasEqualCurvature: true)
/// let fit = try model.fit(choices)
/// fit[.lossAversion]?.value               // lambda
/// fit[.lossAversion]?.interval            // its 95 % interval
/// fit.preference                          // a CumulativeProspectTheory
/// ```
///
/// The defaults, with equal curvature, are the model of A. Glöckner, T. Pachur, Cognition 123
/// (2012), https://doi.org/10.1016/j.cognition.2011.12.002.
public struct PreferenceModel: Hashable, Codable, Sendable {
    /// The family of the value function's curves.
    public enum Curve: String, Hashable, Codable, Sendable, CaseIterable {
        /// ``UtilityCurve/power(exponent:)``.
        case power
        /// ``UtilityCurve/exponential(rate:)`` of a positive rate.
        case exponential
        /// ``UtilityCurve/logarithmic(rate:)``.
        case logarithmic
    }

    /// The family of the weighting functions.
    public enum Weighting: String, Hashable, Codable, Sendable, CaseIterable {
        /// Probabilities as they are: expected utility.
        case identity
        /// ``WeightingFunction/tverskyKahneman(gamma:)``.
        case tverskyKahneman
        /// ``WeightingFunction/prelec(alpha:beta:)`` of a beta of 1.
        case prelec
        /// ``WeightingFunction/prelec(alpha:beta:)``.
        case prelecTwo
        /// ``WeightingFunction/goldsteinEinhorn(curvature:elevation:)``.
        case goldsteinEinhorn
        /// ``WeightingFunction/power(exponent:)``.
        case power
    }

    /// How the values of two prospects become the probability to choose the first.
    public enum ChoiceRule: String, Hashable, Codable, Sendable, CaseIterable {
        /// `1 / (1 + exp(-s (V1 - V2)))` for the sensitivity s.
        case softmax
        /// `Phi(s (V1 - V2))`.
        case probit
        /// `V1^s / (V1^s + V2^s)` between gains; between losses the sizes change places. It says
        /// nothing of problems in which gains and losses meet, which are refused.
        case luce
    }

    /// The family of the value function's curves.
    public var curve: Curve

    /// The family of the weighting functions.
    public var weighting: Weighting

    /// How values become choices.
    public var choiceRule: ChoiceRule

    /// Whether gains and losses have the same curvature.
    public var hasEqualCurvature: Bool

    /// Whether gains and losses have the same weighting.
    public var hasEqualWeighting: Bool

    /// Whether a part of the choices is made blindly, each prospect as likely (trembling hand).
    public var hasTremble: Bool

    /// Parameters that are known, and not looked for.
    public var fixed: [PreferenceParameter: Double]

    /// Describes a model; see its properties.
    public init(
        curve: Curve = .power, weighting: Weighting = .tverskyKahneman,
        choiceRule: ChoiceRule = .softmax, hasEqualCurvature: Bool = false,
        hasEqualWeighting: Bool = false, hasTremble: Bool = false,
        fixed: [PreferenceParameter: Double] = [:]
    ) {
        self.curve = curve
        self.weighting = weighting
        self.choiceRule = choiceRule
        self.hasEqualCurvature = hasEqualCurvature
        self.hasEqualWeighting = hasEqualWeighting
        self.hasTremble = hasTremble
        self.fixed = fixed
    }

    /// The parameters that the model has, those that are fixed included, in a fixed order.
    public var parameters: [PreferenceParameter] {
        PreferenceParameter.allCases.filter { parameter in
            switch parameter {
            case .gainCurvature, .sensitivity: true
            // Luce's ratios of gains, and of losses, do not depend on it.
            case .lossAversion: choiceRule != .luce
            case .lossCurvature: !hasEqualCurvature
            case .gainWeighting: weighting != .identity
            case .lossWeighting: weighting != .identity && !hasEqualWeighting
            case .gainElevation: hasElevation
            case .lossElevation: hasElevation && !hasEqualWeighting
            case .tremble: hasTremble
            }
        }
    }

    /// The parameters that a fit looks for.
    public var freeParameters: [PreferenceParameter] {
        parameters.filter { fixed[$0] == nil }
    }

    private var hasElevation: Bool { weighting == .prelecTwo || weighting == .goldsteinEinhorn }

    func checkFixed() throws(BehavioralError) {
        for parameter in PreferenceParameter.allCases {
            guard let value = fixed[parameter] else { continue }
            guard parameters.contains(parameter) else {
                throw BehavioralError(
                    .invalidParameter, "the model has no \(parameter.rawValue) to be fixed")
            }
            // A tremble of 0 is known, though never found.
            if parameter == .tremble, value == 0 { continue }
            try parameter.check(value, weighting)
        }
    }
}
