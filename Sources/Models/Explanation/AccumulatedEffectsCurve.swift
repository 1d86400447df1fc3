// SPDX-License-Identifier: Apache-2.0

/// How a model's output runs over one column by accumulated local effects.
public struct AccumulatedEffectsCurve: Codable, Hashable, Sendable {
    /// An end of a bin, or a level.
    public struct Point: Codable, Hashable, Sendable {
        /// The number, or the position of a level in the order.
        public let position: Double

        /// The value as text.
        public let label: String

        /// The output against its mean over the rows.
        public let effect: Double

        /// The weight of the rows in the bin that ends here, or of the level; 0 at the first end.
        public let weight: Double
    }

    /// The column.
    public let feature: String

    /// The points in ascending order; one where the column has one value.
    public let points: [Point]

    /// The largest effect less the smallest.
    public var range: Double {
        (points.map(\.effect).max() ?? 0) - (points.map(\.effect).min() ?? 0)
    }
}
