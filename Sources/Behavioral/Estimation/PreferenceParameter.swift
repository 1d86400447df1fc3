// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A number that describes somebody's preferences, and that choices can tell.
public enum PreferenceParameter: String, Hashable, Codable, CodingKeyRepresentable, Sendable,
    CaseIterable
{
    /// The parameter of the curve of gains: the exponent of a power, the rate of the others.
    case gainCurvature
    /// The parameter of the curve of losses; where curves are equal, there is only that of gains.
    case lossCurvature
    /// Lambda.
    case lossAversion
    /// The parameter of w+ that bends it: gamma, Prelec's alpha, the exponent.
    case gainWeighting
    /// The parameter of w- that bends it; where weightings are equal, there is only that of gains.
    case lossWeighting
    /// The parameter of w+ that lifts or lowers it: Prelec's beta, the elevation.
    case gainElevation
    /// The parameter of w- that lifts or lowers it.
    case lossElevation
    /// How surely the better prospect is chosen, per unit of value.
    case sensitivity
    /// How often a choice is made blindly.
    case tremble

    /// The smallest value, not reached.
    func lowerBound(_ weighting: PreferenceModel.Weighting) -> Double {
        let isGamma = self == .gainWeighting || self == .lossWeighting
        return isGamma && weighting == .tverskyKahneman ? WeightingFunction.smallestGamma : 0
    }

    /// The value that stands for a real number: a search may go anywhere.
    ///
    /// Beyond 30 either way values no longer change: rounded, they would reach the ends.
    func value(_ coordinate: Double, _ weighting: PreferenceModel.Weighting) -> Double {
        let coordinate = min(max(coordinate, -30), 30)
        return self == .tremble
            ? 1 / (1 + Double.exp(-coordinate))
            : lowerBound(weighting) + Double.exp(coordinate)
    }

    /// The real number that stands for a value.
    func coordinate(_ value: Double, _ weighting: PreferenceModel.Weighting) -> Double {
        self == .tremble
            ? Double.log(value / (1 - value)) : Double.log(value - lowerBound(weighting))
    }

    /// How fast the value changes with its real number.
    func slope(_ value: Double, _ weighting: PreferenceModel.Weighting) -> Double {
        self == .tremble ? value * (1 - value) : value - lowerBound(weighting)
    }

    func check(
        _ value: Double, _ weighting: PreferenceModel.Weighting
    ) throws(BehavioralError) {
        let bound = lowerBound(weighting)
        let upper = self == .tremble ? 1 : Double.infinity
        guard value > bound, value < upper else {
            throw BehavioralError(
                .invalidParameter,
                "\(rawValue) \(value) is not above \(bound) and below \(upper)")
        }
    }
}
