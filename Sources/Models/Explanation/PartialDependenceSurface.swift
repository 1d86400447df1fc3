// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// How a model's mean output runs over the values of two columns at once.
public struct PartialDependenceSurface: Codable, Hashable, Sendable {
    /// One of the two columns with its values.
    public struct Axis: Codable, Hashable, Sendable {
        /// The column.
        public let feature: String

        /// The numbers, or the positions of levels and dates among the values; ascending or in the
        /// order of the levels.
        public let positions: [Double]

        /// The values as text.
        public let labels: [String]
    }

    /// The column whose values are the rows of ``averages``.
    public let first: Axis

    /// The column whose values are the columns of ``averages``.
    public let second: Axis

    /// The mean output where all rows have both values (values of
    /// ``first`` x values of ``second``).
    public let averages: Matrix<Double>
}
