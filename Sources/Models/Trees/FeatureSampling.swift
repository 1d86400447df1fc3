// SPDX-License-Identifier: Apache-2.0

/// How many features, drawn anew for each split, a split is chosen from.
///
/// Features that are constant in a node do not count; drawing goes on until as many others are
/// found, or none is left.
public enum FeatureSampling: Codable, Hashable, Sendable {
    /// All of them.
    case all
    /// The square root of their number, rounded down.
    case squareRoot
    /// The binary logarithm of their number, rounded down.
    case logarithm
    /// This many, or all where there are fewer.
    case count(Int)
    /// This share of them, above 0 and at most 1, rounded down, at least one.
    case fraction(Double)

    func validate() throws(ModelError) {
        switch self {
        case .count(let count) where count < 1:
            throw ModelError(.invalidRecipe, "\(count) features for a split, not 1 or more")
        case .fraction(let share) where !(share > 0 && share <= 1):
            throw ModelError(
                .invalidRecipe, "a share of \(share) of the features, not above 0 and at most 1")
        default: break
        }
    }

    /// The number of features of `total`, at least one.
    func count(of total: Int) -> Int {
        switch self {
        case .all: total
        case .squareRoot: max(1, Int(Double(total).squareRoot()))
        case .logarithm: max(1, Int.bitWidth - 1 - total.leadingZeroBitCount)
        case .count(let count): min(count, total)
        case .fraction(let share): max(1, Int(share * Double(total)))
        }
    }
}

/// Where features may be cut.
public enum CutPoints: Codable, Hashable, Sendable {
    /// Between at most `bins` groups of about equal weight, 2 to 255; between all values of a
    /// feature that has no more of them.
    case quantiles(bins: Int = 255)
    /// Between any two values, of which a feature may have 65,535; for small data.
    case exact

    func validate() throws(ModelError) {
        if case .quantiles(let bins) = self, !(2...255).contains(bins) {
            throw ModelError(.invalidRecipe, "\(bins) bins, not 2 to 255")
        }
    }
}
