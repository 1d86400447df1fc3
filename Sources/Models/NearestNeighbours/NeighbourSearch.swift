// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Which training rows are the neighbours of a row, and how much each of them counts.
public struct NeighbourSearch: Codable, Hashable, Sendable {
    /// The distance of two rows.
    public enum Metric: Codable, Hashable, Sendable {
        /// `sqrt(sum of (x - y)²)`.
        case euclidean
        /// `sum of |x - y|`.
        case manhattan
        /// `max of |x - y|`.
        case chebyshev
        /// `(sum of |x - y|^p)^(1/p)`, p of 1 or more.
        case minkowski(p: Double)
        /// `sqrt((x - y)ᵀ S⁻¹ (x - y))` with the weighted covariance S of the training rows.
        case mahalanobis
        /// The share of columns that differ, 0 to 1.
        case hamming
        /// Gower's: the mean over the columns of `|x - y|` divided by the range of the training
        /// rows, and of whether the values differ in the `nominal` columns. A column without range
        /// has no part but for nominal ones.
        case gower(nominal: [String] = [])
    }

    /// Which rows are neighbours.
    public enum Neighbourhood: Codable, Hashable, Sendable {
        /// The nearest rows with this total weight, at least 1; of equal distances the smaller row.
        case count(Int)
        /// All rows up to this distance, above 0; where there is none, all rows count the same.
        case radius(Double)
    }

    /// How much a neighbour at distance `d` counts.
    public enum Weighting: Codable, Hashable, Sendable {
        /// All the same.
        case uniform
        /// `1 / d`; where rows are at distance 0, these alone.
        case inverseDistance
        /// `1 / (d + constant)`, the constant above 0.
        case shiftedInverseDistance(constant: Double)
        /// `1 - d`, 0 beyond 1; for distances within 0...1. Where all are 0, all count the same.
        case oneMinusDistance
        /// `exp(-(d / bandwidth)² / 2)`, the bandwidth above 0.
        case gaussian(bandwidth: Double)
    }

    /// How neighbours are found; the answer is the same, bit by bit.
    public enum Algorithm: String, Codable, Hashable, Sendable, CaseIterable {
        /// A KD-tree for up to 8 columns (15 where distances are not Euclidean), else brute force.
        case automatic
        /// Every training row; Euclidean distances by one BLAS product for many queries.
        case bruteForce
        /// A binary tree of boxes.
        case kdTree
        /// A binary tree of balls.
        case ballTree
    }

    /// What is done to the columns first.
    public enum Scaling: String, Codable, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// `(x - min) / (max - min)` of the training rows; 0 for a column without range.
        case minMax
    }

    /// The distance of two rows.
    public var metric: Metric

    /// Which rows are neighbours.
    public var neighbourhood: Neighbourhood

    /// How much a neighbour counts.
    public var weighting: Weighting

    /// How neighbours are found.
    public var algorithm: Algorithm

    /// The largest number of rows in a leaf of a tree, at least 1.
    public var leafSize: Int

    /// What is done to the columns first.
    public var scaling: Scaling

    /// A search; the recipes that hold it check its values.
    public init(
        _ neighbourhood: Neighbourhood = .count(5), metric: Metric = .euclidean,
        weighting: Weighting = .uniform, scaling: Scaling = .none,
        algorithm: Algorithm = .automatic, leafSize: Int = 30
    ) {
        self.neighbourhood = neighbourhood
        self.metric = metric
        self.weighting = weighting
        self.scaling = scaling
        self.algorithm = algorithm
        self.leafSize = leafSize
    }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        func require(_ condition: Bool, _ message: String) throws(ModelError) {
            if !condition { throw ModelError(.invalidRecipe, message) }
        }
        func isPositive(_ value: Double) -> Bool { value > 0 && value.isFinite }
        switch neighbourhood {
        case .count(let count): try require(count >= 1, "\(count) neighbours, not 1 or more")
        case .radius(let radius):
            try require(isPositive(radius), "the radius is \(radius), not above 0")
        }
        switch metric {
        case .minkowski(let power):
            try require(power >= 1 && power.isFinite, "the power is \(power), not 1 or more")
        case .gower(let names):
            try require(Set(names).count == names.count, "a nominal column is named twice")
        default: break
        }
        switch weighting {
        case .shiftedInverseDistance(let constant):
            try require(isPositive(constant), "the constant is \(constant), not above 0")
        case .gaussian(let bandwidth):
            try require(isPositive(bandwidth), "the bandwidth is \(bandwidth), not above 0")
        default: break
        }
        try require(leafSize >= 1, "\(leafSize) rows in a leaf, not 1 or more")
    }
}

extension NeighbourSearch.Weighting {
    /// The weights of neighbours at ascending distances.
    func weights(_ distances: ArraySlice<Double>) -> [Double] {
        guard let nearest = distances.first else { return [] }
        switch self {
        case .uniform: return distances.map { _ in 1 }
        case .inverseDistance:
            // Relative to the nearest, so that no weight overflows.
            return nearest == 0
                ? distances.map { $0 == 0 ? 1 : 0 } : distances.map { nearest / $0 }
        case .shiftedInverseDistance(let constant):
            return distances.map { (nearest + constant) / ($0 + constant) }
        case .oneMinusDistance:
            return nearest < 1 ? distances.map { max(1 - $0, 0) } : distances.map { _ in 1 }
        case .gaussian(let bandwidth):
            return Vector(
                distances.map { distance in
                    let (near, far) = (nearest / bandwidth, distance / bandwidth)
                    return (near - far) * (near + far) / 2
                }
            ).exp().elements
        }
    }
}
