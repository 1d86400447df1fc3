// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
public import LinearAlgebra

/// A fitted nearest-neighbour classifier: it holds its training rows.
///
/// Probabilities have the same bits for one row, for any batch around it, for any number of threads
/// and with every BLAS.
public struct NearestNeighbourModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: NearestNeighbourClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The search that is used: that of the recipe, with the count that was chosen.
    public var search: NeighbourSearch { memory.search }

    let memory: NeighbourMemory
    /// The class of every row in memory.
    let codes: [Int]

    /// Keeps the last rows of positive weight and chooses the count where the recipe says so.
    init(
        recipe: NearestNeighbourClassifier, classes: [String], names: [String],
        features: Matrix<Double>, codes: [Int], weights: [Double], progress: FitObserver?
    ) throws(ModelError) {
        try checkCancellation("nearest neighbours")
        let present = weights.indices.filter { weights[$0] > 0 }
        let kept = Array(present.suffix(recipe.window ?? present.count))
        let own = kept.map { codes[$0] }
        guard Set(own).count > 1 else {
            throw ModelError(
                .oneClass,
                "all \(kept.count) rows in memory are of one class, "
                    + "\(own.first.map { classes[$0] } ?? "none")")
        }
        let memory = try NeighbourMemory(
            recipe.search,
            features: kept.count == weights.count ? features : features.gatheringRows(kept),
            weights: kept.map { weights[$0] }, names: names)
        let choice = LeaveOneOut(memory, codes: own, classCount: classes.count)
        try FitProgress(
            step: 1, stepLimit: recipe.choosesCount ? 1 + choice.stepCount : 1, objective: nil
        ).report(to: progress)
        if recipe.choosesCount {
            let search = try choice.chosen(progress)
            try self.init(
                recipe: recipe, classes: classes, codes: own,
                memory: NeighbourMemory(
                    search, features: memory.features, weights: memory.weights, names: names))
        } else {
            self.init(recipe: recipe, classes: classes, codes: own, memory: memory)
        }
    }

    init(
        recipe: NearestNeighbourClassifier, classes: [String], codes: [Int],
        memory: NeighbourMemory
    ) {
        self.recipe = recipe
        self.classes = classes
        self.codes = codes
        self.memory = memory
    }

    /// The names of the features, in column order.
    public var featureNames: [String] { memory.names }

    /// The number of rows in memory.
    public var rowCount: Int { codes.count }

    /// The neighbours of every row, nearest first.
    ///
    /// Rows are counted among those in memory: without the ones of weight 0 and those that the
    /// window has forgotten.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: As ``classProbabilities(_:)``.
    public func neighbours(_ features: Matrix<Double>) throws(ModelError) -> [[NeighbourShare]] {
        try check(features)
        return try memory.neighbours(of: features) { $0 }
    }

    /// The share of each class among the neighbours (rows x classes); where there are none within
    /// the radius, its share of the weight in memory.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(queries * rows * features) at most; trees look at far fewer rows where there
    ///   are few features.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try check(features)
        let total = memory.weights.reduce(0, +)
        let everywhere = zip(codes, memory.weights).map { code, weight in (code, weight / total) }
        var elements: [Double] = []
        elements.reserveCapacity(features.rowCount * classes.count)
        _ = try memory.neighbours(of: features) { found in
            elements += classDistribution(
                found.isEmpty ? everywhere : found.map { (codes[$0.row], $0.share) },
                classCount: classes.count)
        }
        return Matrix(
            rowCount: features.rowCount, columnCount: classes.count, elements: elements)
    }

    /// The model of the rows in memory and of new ones, which are the latest.
    ///
    /// It is the model that a fit to all of these rows gives: a full window forgets the first ones,
    /// ranges, covariances and the chosen count are found anew.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), in the order of ``featureNames``.
    ///   - labels: one per row, each one of ``classes``.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, `invalidLabels`,
    ///   `invalidWeights`, `empty`, and those of a fit.
    /// - Complexity: That of a fit to the rows in memory.
    public func updated(
        with features: Matrix<Double>, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) -> NearestNeighbourModel {
        let added = try codes(of: labels, for: features, weights: weights)
        return try NearestNeighbourModel(
            recipe: recipe, classes: classes, names: featureNames,
            features: Matrix(
                rowCount: rowCount + features.rowCount, columnCount: features.columnCount,
                elements: memory.features.elements + features.elements),
            codes: codes + added,
            weights: memory.weights
                + (weights ?? [Double](repeating: 1, count: features.rowCount)),
            progress: nil)
    }
}
