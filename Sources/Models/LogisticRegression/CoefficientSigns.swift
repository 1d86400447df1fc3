// SPDX-License-Identifier: Apache-2.0

/// The side of 0 on which a coefficient may lie.
public enum CoefficientSign: String, Codable, Hashable, Sendable, CaseIterable {
    /// More of the feature never lowers the log-odds.
    case nonNegative
    /// More of the feature never raises the log-odds.
    case nonPositive

    func clamp(_ value: Double) -> Double {
        switch self {
        case .nonNegative: max(0, value)
        case .nonPositive: min(0, value)
        }
    }
}

/// The signs that a fit keeps to, so that a score moves the way that the trade expects.
public enum CoefficientSigns: Codable, Hashable, Sendable {
    /// Every coefficient is free.
    case free
    /// All coefficients have the same sign, as those of weights of evidence.
    case all(CoefficientSign)
    /// The coefficients of some features, by name; the others are free.
    case features([String: CoefficientSign])

    /// The sign of every feature; `nil` for a free one.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a name that is no feature.
    func signs(of names: [String]) throws(ModelError) -> [CoefficientSign?] {
        switch self {
        case .free: return names.map { _ in nil }
        case .all(let sign): return names.map { _ in sign }
        case .features(let signs):
            let unknown = Set(signs.keys).subtracting(names).sorted()
            guard unknown.isEmpty else {
                throw ModelError(
                    .invalidRecipe,
                    "signs of \(unknown.joined(separator: ", ")), not among the "
                        + "\(names.count) features")
            }
            return names.map { signs[$0] }
        }
    }
}
