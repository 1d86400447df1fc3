// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A number from those of the nearest training rows, each weighted by its distance.
///
/// ```swift
/// let model = try NearestNeighbourRegressor(.init(.count(10))).fit(features: x, targets: losses)
/// let loss = try model.predictions(applications)
/// ```
///
/// Rows of weight 2 are two neighbours. Predictions have the same bits for one row, for any batch
/// around it, for every algorithm, number of threads and BLAS.
public struct NearestNeighbourRegressor: Regressor {
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
    ///   - data: the rows; those of weight 0 are left out.
    ///   - progress: sees the prepared search.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for more neighbours than rows have
    ///   weight), `rankDeficient` (Mahalanobis), `nonFinite` or `cancelled`.
    /// - Complexity: O(rows * features * log(rows)) for trees, O(rows * features) for brute force.
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> NearestNeighbourRegressorModel {
        try validate()
        try data.requireComplete()
        try checkCancellation("nearest neighbours")
        let present = (0..<data.rowCount).filter { data.weights[$0] > 0 }
        let kept = Array(present.suffix(window ?? present.count))
        let memory = try NeighbourMemory(
            search,
            features: kept.count == data.rowCount
                ? data.features : data.features.gatheringRows(kept),
            weights: kept.map { data.weights[$0] }, names: data.featureNames)
        try FitProgress(step: 1, stepLimit: 1, objective: nil).report(to: progress)
        return NearestNeighbourRegressorModel(
            recipe: self, targets: kept.map { data.targets[$0] }, memory: memory)
    }
}
