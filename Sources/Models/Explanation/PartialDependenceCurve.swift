// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// How a model's output runs over the values of one column, on average and for every row.
public struct PartialDependenceCurve: Codable, Hashable, Sendable {
    /// One value of the column.
    public struct Point: Codable, Hashable, Sendable {
        /// The number, or the position of a level or date among the points.
        public let position: Double

        /// The value as text.
        public let label: String

        /// The mean output where all rows have this value.
        public let average: Double
    }

    /// The column.
    public let feature: String

    /// The values, ascending or in the order of the levels.
    public let points: [Point]

    /// The output of every row for every value (rows x points): individual conditional expectation.
    public let individual: Matrix<Double>

    /// The weights of the rows.
    let weights: [Double]

    init(feature: String, labels: [(Double, String)], individual: Matrix<Double>, weights: [Double])
    {
        self.feature = feature
        self.individual = individual
        self.weights = weights
        points = labels.enumerated().map { index, label in
            Point(
                position: label.0, label: label.1,
                average: weightedMean(individual.column(index).elements, weights))
        }
    }

    /// The curves moved so that all of them are 0 at one point, which shows where they differ in
    /// shape rather than in height.
    ///
    /// - Precondition: `point` is the index of a point.
    public func centred(at point: Int = 0) -> PartialDependenceCurve {
        precondition(points.indices.contains(point), "point \(point) of \(points.count)")
        var moved = individual
        for row in 0..<moved.rowCount {
            for column in points.indices {
                moved[row, column] = individual[row, column] - individual[row, point]
            }
        }
        return PartialDependenceCurve(
            feature: feature, labels: points.map { ($0.position, $0.label) }, individual: moved,
            weights: weights)
    }
}
