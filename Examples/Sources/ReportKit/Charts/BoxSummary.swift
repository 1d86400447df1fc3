// SPDX-License-Identifier: Apache-2.0

/// The numbers of one box: quartiles, whiskers and the values beyond them.
///
/// Quartiles interpolate linearly between order statistics at position `(n - 1) p`, NumPy's default
/// (type 7 of Hyndman and Fan, doi:10.1080/00031305.1996.10473566). Whiskers end at the furthest
/// values within 1.5 interquartile ranges of the box, as Tukey drew them.
public struct BoxSummary: Codable, Hashable, Sendable {
    /// How many values there are.
    public var count: Int
    /// The end of the lower whisker.
    public var lowerWhisker: Double
    /// The first quartile.
    public var lowerQuartile: Double
    /// The median.
    public var median: Double
    /// The third quartile.
    public var upperQuartile: Double
    /// The end of the upper whisker.
    public var upperWhisker: Double
    /// The values beyond the whiskers, in increasing order.
    public var outliers: [Double]

    /// Summarises values; `nil` when there are none.
    public init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        func quantile(_ probability: Double) -> Double {
            let position = Double(sorted.count - 1) * probability
            let below = Int(position)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
        }
        count = sorted.count
        lowerQuartile = quantile(0.25)
        median = quantile(0.5)
        upperQuartile = quantile(0.75)
        let reach = 1.5 * (upperQuartile - lowerQuartile)
        let within = (lowerQuartile - reach)...(upperQuartile + reach)
        let inside = sorted.filter { within.contains($0) }
        // Interpolated quartiles can lie beyond every value inside the fences.
        lowerWhisker = min(inside.first ?? lowerQuartile, lowerQuartile)
        upperWhisker = max(inside.last ?? upperQuartile, upperQuartile)
        outliers = sorted.filter { !within.contains($0) }
    }
}
