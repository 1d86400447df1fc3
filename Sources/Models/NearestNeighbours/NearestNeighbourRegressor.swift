// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A number from those of the nearest training rows, each weighted by its distance.
///
/// ```swift
/// let model = try NearestNeighbourRegressor(.init(.count(10))).fit(features: x, targets: losses)
/// let loss = try model.predictions(applications)
/// ```
///
/// Rows of weight 2 are two neighbours. Predictions have the same bits for one row, for any batch
/// around it, for every algorithm, number of threads and BLAS.
public struct NearestNeighbourRegressor: Codable, Hashable, Sendable {
    /// Which rows are neighbours, and how much each counts.
    public var search: NeighbourSearch

    /// The largest number of training rows, of which the first are forgotten; `nil` keeps all.
    public var window: Int?

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(_ search: NeighbourSearch = NeighbourSearch(), window: Int? = nil) {
        self.search = search
        self.window = window
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try search.validate()
        if let window, window < 1 {
            throw ModelError(.invalidRecipe, "a window of \(window) rows, not 1 or more")
        }
    }

    /// Keeps the rows and prepares the search.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - targets: a finite number for every row.
    ///   - weights: one per row, 0 or more; 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `wrongWidth` (names),
    ///   `nonFinite`, `invalidLabels` (another number of targets), `invalidWeights`,
    ///   `rankDeficient` or `cancelled`.
    /// - Complexity: O(rows * features * log(rows)).
    public func fit(
        features: Matrix<Double>, targets: [Double], weights: [Double]? = nil,
        featureNames: [String]? = nil
    ) throws(ModelError) -> NearestNeighbourRegressorModel {
        try validate()
        try checkCancellation("nearest neighbours")
        let (rows, columns) = (features.rowCount, features.columnCount)
        guard rows > 0, columns > 0 else {
            throw ModelError(.empty, "the features are \(rows) x \(columns)")
        }
        let names = featureNames ?? (0..<columns).map { "x\($0)" }
        guard names.count == columns else {
            throw ModelError(
                .wrongWidth, "\(names.count) feature names for \(columns) feature columns")
        }
        guard targets.count == rows else {
            throw ModelError(.invalidLabels, "\(targets.count) targets for \(rows) rows")
        }
        if let row = targets.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "the target of row \(row) is \(targets[row])")
        }
        try ClassificationData.check(weights, rows: rows)
        try checkFinite(features, names: names)
        let present = (0..<rows).filter { (weights?[$0] ?? 1) > 0 }
        let kept = Array(present.suffix(window ?? present.count))
        return NearestNeighbourRegressorModel(
            recipe: self, targets: kept.map { targets[$0] },
            memory: try NeighbourMemory(
                search, features: kept.count == rows ? features : features.gatheringRows(kept),
                weights: kept.map { weights?[$0] ?? 1 }, names: names))
    }
}
