// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Classes of the nearest training rows, each weighted by its distance.
///
/// The probability of a class is the share of the neighbours that belong to it:
///
/// ```swift
/// let recipe = NearestNeighbourClassifier(.init(.count(25), weighting: .inverseDistance))
/// let risk = try recipe.fit(data).probabilities(x)
/// ```
///
/// Distances depend on the units of the columns: standardise them before, or use a scaling or a
/// metric of ``NeighbourSearch`` that does. A row of weight 2 is two neighbours, so that weights
/// mean repetition here too. Probabilities have the same bits for one row, for any batch around it,
/// for every algorithm, number of threads and BLAS.
///
/// References: Cover and Hart, Nearest neighbor pattern classification, 1967,
/// doi:10.1109/TIT.1967.1053964; Aha, Kibler and Albert, Instance-based learning algorithms, 1991,
/// doi:10.1007/BF00153759; Gower, A general coefficient of similarity and some of its properties,
/// 1971, doi:10.2307/2528823.
public struct NearestNeighbourClassifier: Classifier {
    /// Which rows are neighbours, and how much each counts.
    public var search: NeighbourSearch

    /// Whether the count is chosen from 1 to that of ``search``, by leave-one-out.
    ///
    /// It is the count by which most training rows, left out one at a time, are put into their
    /// class; of equal ones the smallest.
    public var choosesCount: Bool

    /// The largest number of training rows, of which the first are forgotten; `nil` keeps all.
    public var window: Int?

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ search: NeighbourSearch = NeighbourSearch(), choosesCount: Bool = false,
        window: Int? = nil
    ) {
        self.search = search
        self.choosesCount = choosesCount
        self.window = window
    }

    /// The settings of Weka's IBk: columns scaled to 0...1, the count chosen by leave-one-out, and
    /// a window of the latest rows.
    ///
    /// Unlike Weka, of rows at the distance of the last neighbour only as many count as are needed,
    /// and no class gets a share of its own.
    public static func instanceBased(
        upTo count: Int, weighting: NeighbourSearch.Weighting = .uniform, window: Int? = nil
    ) -> NearestNeighbourClassifier {
        NearestNeighbourClassifier(
            NeighbourSearch(.count(count), weighting: weighting, scaling: .minMax),
            choosesCount: true, window: window)
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try search.validate()
        if choosesCount, case .radius = search.neighbourhood {
            throw ModelError(.invalidRecipe, "a count is to be chosen, but there is a radius")
        }
        if let window, window < 1 {
            throw ModelError(.invalidRecipe, "a window of \(window) rows, not 1 or more")
        }
    }

    /// Keeps the rows and prepares the search.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes; those of weight 0 are left out.
    ///   - progress: sees the prepared search, and each 1024 rows that were left out.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for more neighbours than rows have
    ///   weight), `rankDeficient` (Mahalanobis), `oneClass` (within the window), `nonFinite` or
    ///   `cancelled`.
    /// - Complexity: O(rows * features * log(rows)) for trees, O(rows * features) for brute force;
    ///   choosing the count searches once for every row.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> NearestNeighbourModel {
        try validate()
        try data.requireComplete()
        return try NearestNeighbourModel(
            recipe: self, classes: data.labels.classes, names: data.featureNames,
            features: data.features, codes: data.labels.codes, weights: data.weights,
            progress: progress)
    }
}
