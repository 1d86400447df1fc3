// SPDX-License-Identifier: Apache-2.0

/// How the event rate of bins may run over rising values.
///
/// Neighbouring bins may be equal where the rate must not fall or not rise.
public enum MonotonicTrend: String, Sendable, Hashable, Codable, CaseIterable {
    /// Any way.
    case any
    /// It never falls: points never rise.
    case ascending
    /// It never rises: points never fall.
    case descending
    /// It first never falls and then never rises.
    case peak
    /// It first never rises and then never falls.
    case valley
    /// Its steps from bin to bin never shrink: `r[i + 1] - r[i] >= r[i] - r[i - 1]`.
    case convex
    /// Its steps from bin to bin never grow.
    case concave
    /// The better of ascending and descending, both solved exactly.
    case automaticMonotone
    /// As ``automaticMonotone``, unless the better of peak and valley, solved exactly too, has an
    /// objective at least a tenth larger.
    case automatic
}

/// How values over the bins of one variable run.
public enum TrendShape: String, Sendable, Hashable, Codable, CaseIterable {
    /// There are fewer than two different values.
    case constant
    /// They never fall.
    case ascending
    /// They never rise.
    case descending
    /// They first never fall and then never rise.
    case peak
    /// They first never rise and then never fall.
    case valley
    /// None of these.
    case irregular

    /// The shape of `values` in their order.
    ///
    /// - Complexity: O(values).
    public init(of values: [Double]) {
        var turns: [Bool] = []
        for (earlier, later) in zip(values, values.dropFirst()) where earlier != later {
            if turns.last != (later > earlier) { turns.append(later > earlier) }
        }
        self =
            switch turns {
            case []: .constant
            case [true]: .ascending
            case [false]: .descending
            case [true, false]: .peak
            case [false, true]: .valley
            default: .irregular
            }
    }

    /// The shape upside down: of the points where this is the shape of the event rate.
    public var mirrored: TrendShape {
        switch self {
        case .ascending: .descending
        case .descending: .ascending
        case .peak: .valley
        case .valley: .peak
        case .constant, .irregular: self
        }
    }
}
