// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension NaiveBayesModel {
    /// The model of the rows that this one has seen and of new ones.
    ///
    /// It is the model that a fit to all rows gives, but for the rounding of sums that are
    /// added in another order; what ``NaiveBayesLikelihood/automatic`` was decided to be
    /// stays, and so do the cuts of ``NaiveBayesLikelihood/discretised(smoothing:)`` columns.
    /// The new rows may be of one class.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), in the order of ``featureNames``.
    ///   - labels: one per row; every class that has a row must be one of ``classes``.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, `invalidValue`,
    ///   `invalidLabels`, `invalidWeights`, `empty` or `noSpread`.
    /// - Complexity: O(rows * features), whatever the model has seen before.
    public func updated(
        with features: Matrix<Double>, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) -> NaiveBayesModel {
        let codes = try codes(of: labels, for: features, weights: weights)
        let added = try NaiveBayes.counts(
            features, codes: codes, classCount: classes.count,
            weights: weights ?? [Double](repeating: 1, count: features.rowCount),
            layout: counts.layout, names: featureNames, progress: nil)
        return try adding(added)
    }

    /// The model of the rows that this one and `other` have seen.
    ///
    /// Rows that both have seen count twice.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the recipes, the classes, the
    ///   features, the likelihoods of their columns or the cuts of discretised ones differ.
    /// - Complexity: O(features * classes).
    public func merged(with other: NaiveBayesModel) throws(ModelError) -> NaiveBayesModel {
        guard recipe == other.recipe else {
            throw ModelError(.incompatible, "models of two recipes")
        }
        guard classes == other.classes else {
            throw ModelError(
                .incompatible, "models of the classes \(classes) and \(other.classes)")
        }
        guard featureNames == other.featureNames else {
            throw ModelError(
                .incompatible,
                "models of \(featureNames.count) and \(other.featureNames.count) features, or of "
                    + "other names")
        }
        guard counts.layout == other.counts.layout else {
            throw ModelError(
                .incompatible,
                "automatic likelihoods or intervals that were decided in two ways")
        }
        return try adding(other.counts)
    }

    private func adding(_ other: NaiveBayesCounts) throws(ModelError) -> NaiveBayesModel {
        var sum = counts
        sum.add(other)
        return try NaiveBayesModel(
            recipe: recipe, classes: classes, featureNames: featureNames, counts: sum)
    }
}
