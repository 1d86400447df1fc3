// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted nearest-neighbour regression: it holds its training rows.
public struct NearestNeighbourRegressorModel: RegressorModel, Hashable {
    /// The recipe that was fitted.
    public let recipe: NearestNeighbourRegressor

    let memory: NeighbourMemory
    /// The target of every row in memory.
    let targets: [Double]

    init(recipe: NearestNeighbourRegressor, targets: [Double], memory: NeighbourMemory) {
        self.recipe = recipe
        self.targets = targets
        self.memory = memory
    }

    /// The names of the features, in column order.
    public var featureNames: [String] { memory.names }

    /// The number of rows in memory.
    public var rowCount: Int { targets.count }

    /// The neighbours of every row, nearest first; rows are counted among those in memory.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func neighbours(_ features: Matrix<Double>) throws(ModelError) -> [[NeighbourShare]] {
        try check(features)
        return try memory.neighbours(of: features) { $0 }
    }

    /// The weighted mean of the neighbours' targets, one per row; that of all rows in memory where
    /// there are none within the radius.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(queries * rows * features) at most.
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        let total = memory.weights.reduce(0, +)
        let mean = zip(targets, memory.weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
        return try memory.neighbours(of: features) { neighbours in
            neighbours.isEmpty
                ? mean : neighbours.reduce(0) { $0 + $1.share * targets[$1.row] }
        }
    }

    /// The model of the rows in memory and of new ones, which are the latest.
    ///
    /// It is the model that a fit to all of these rows gives.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), in the order of ``featureNames``.
    ///   - targets: a finite number for every row.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`, and as the fit.
    public func updated(
        with features: Matrix<Double>, targets: [Double], weights: [Double]? = nil
    ) throws(ModelError) -> NearestNeighbourRegressorModel {
        try check(features)
        try ClassificationData.check(weights, rows: features.rowCount)
        return try recipe.fit(
            features: Matrix(
                rowCount: rowCount + features.rowCount, columnCount: features.columnCount,
                elements: memory.features.elements + features.elements),
            targets: self.targets + targets,
            weights: memory.weights + (weights ?? [Double](repeating: 1, count: features.rowCount)),
            featureNames: featureNames)
    }
}
