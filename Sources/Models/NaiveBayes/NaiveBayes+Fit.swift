// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

extension NaiveBayes {
    /// The columns of one likelihood.
    struct Layout: Hashable, Sendable {
        let likelihood: NaiveBayesLikelihood
        var columns: [Int]
        /// Of discretised columns that were cut before; `nil` where the rows decide.
        var cuts: [[Double]]?
    }

    /// Fits the model.
    ///
    /// A class without weight keeps its place and has the probability 0.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - progress: sees every group of columns of one likelihood that has been counted.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for a column that is not there and
    ///   for priors that are not one per class), `invalidValue` (a negative count, a category that
    ///   is no number), `noSpread` (a variance of 0 after smoothing) or `cancelled`.
    /// - Complexity: O(rows * features); of kernel and discretised columns O(rows log(rows)), times
    ///   the number of cuts.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> NaiveBayesModel {
        try validate()
        try data.requireComplete()
        let layout = try layout(of: data.featureNames) { data.likelihood(of: $0) }
        let counts = try Self.counts(
            data.features, codes: data.labels.codes, classCount: data.labels.classes.count,
            weights: data.weights, layout: layout, names: data.featureNames, progress: progress)
        return try NaiveBayesModel(
            recipe: self, classes: data.labels.classes, featureNames: data.featureNames,
            counts: counts)
    }

    /// Counts rows for every likelihood.
    static func counts(
        _ features: Matrix<Double>, codes: [Int], classCount: Int, weights: [Double],
        layout: [Layout], names: [String], progress: FitObserver?
    ) throws(ModelError) -> NaiveBayesCounts {
        var classWeights = [Double](repeating: 0, count: classCount)
        for (code, weight) in zip(codes, weights) { classWeights[code] += weight }
        var groups: [NaiveBayesGroup] = []
        for part in layout {
            try checkCancellation("naive Bayes")
            try NaiveBayesGroup.check(
                features, columns: part.columns, likelihood: part.likelihood, names: names)
            groups.append(
                try NaiveBayesGroup(
                    part, features: features, codes: codes, classCount: classCount,
                    weights: weights))
            try FitProgress(step: groups.count, stepLimit: layout.count, objective: nil)
                .report(to: progress)
        }
        return NaiveBayesCounts(classWeights: classWeights, groups: groups)
    }

    /// The columns of every likelihood, in the order of their first columns.
    ///
    /// - Parameter automatic: what ``NaiveBayesLikelihood/automatic`` stands for in a column.
    func layout(
        of names: [String], automatic: (Int) -> NaiveBayesLikelihood
    ) throws(ModelError) -> [Layout] {
        var likelihoods = [NaiveBayesLikelihood](repeating: likelihood, count: names.count)
        for exception in exceptions {
            for name in exception.names {
                guard let column = names.firstIndex(of: name) else {
                    throw ModelError(
                        .invalidRecipe, "column '\(name)' is not among the features")
                }
                likelihoods[column] = exception.likelihood
            }
        }
        var layout: [Layout] = []
        for (column, likelihood) in likelihoods.enumerated() {
            let likelihood = likelihood == .automatic ? automatic(column) : likelihood
            if let part = layout.firstIndex(where: { $0.likelihood == likelihood }) {
                layout[part].columns.append(column)
            } else {
                layout.append(Layout(likelihood: likelihood, columns: [column]))
            }
        }
        return layout
    }
}

extension ClassificationData {
    /// What ``NaiveBayesLikelihood/automatic`` stands for in a column.
    fileprivate func likelihood(of column: Int) -> NaiveBayesLikelihood {
        for row in 0..<rowCount where weights[row] > 0 {
            let value = features[row, column]
            if value != 0 && value != 1 { return .gaussian() }
        }
        return .bernoulli(threshold: 0.5)
    }
}
