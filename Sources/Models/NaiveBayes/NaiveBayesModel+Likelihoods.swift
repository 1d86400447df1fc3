// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension NaiveBayesModel {
    /// What a model has learnt of one feature, all arrays in the order of the classes.
    public enum FeatureDistribution: Hashable, Sendable {
        /// The mean and the smoothed variance in each class.
        case gaussian(means: [Double], variances: [Double])
        /// The probability in each class of a value above the threshold.
        case bernoulli(probabilities: [Double])
        /// The share of the feature in the counts of each class.
        case multinomial(shares: [Double])
        /// What each count adds to the score of each class.
        case complement(weights: [Double])
        /// For every category its probability in each class.
        case categorical(probabilities: [[Double]])
        /// The values that each class has shown, ascending, their weights, and the width of the
        /// normal kernels on them; the width of a class without values is 0.
        case kernel(values: [[Double]], weights: [[Double]], bandwidths: [Double])
        /// The cuts, and for every interval its probability in each class; a value up to a cut lies
        /// below it.
        case discretised(cuts: [Double], probabilities: [[Double]])
    }

    /// What the model has learnt of the feature `name`; `nil` where there is no such feature.
    ///
    /// - Complexity: O(features + classes * categories).
    public func distribution(of name: String) -> FeatureDistribution? {
        guard let column = featureNames.firstIndex(of: name) else { return nil }
        for (group, term) in zip(counts.groups, terms) {
            guard let position = group.columns.firstIndex(of: column) else { continue }
            return distribution(position, group.likelihood, term)
        }
        return nil
    }

    private func distribution(
        _ position: Int, _ likelihood: NaiveBayesLikelihood, _ term: NaiveBayesTerm
    ) -> FeatureDistribution {
        switch term {
        case .gaussian(_, let means, let variances):
            return .gaussian(
                means: means.column(position).elements,
                variances: variances.column(position).elements)
        case .linear(_, let weights, _):
            let weights = weights.column(position)
            switch likelihood {
            case .bernoulli: return .bernoulli(probabilities: weights.sigmoid().elements)
            case .complement: return .complement(weights: weights.elements)
            default: return .multinomial(shares: weights.exp().elements)
            }
        case .categorical(let tables):
            return .categorical(probabilities: rows(of: tables[position].exp()))
        case .kernel(let columns):
            let densities = columns[position]
            return .kernel(
                values: densities.map { $0?.points.values ?? [] },
                weights: densities.map { $0?.points.weights ?? [] },
                bandwidths: densities.map { $0?.width ?? 0 })
        case .intervals(let cuts, let tables):
            return .discretised(
                cuts: cuts[position], probabilities: rows(of: tables[position].exp()))
        }
    }

    private func rows(of table: Matrix<Double>) -> [[Double]] {
        (0..<table.rowCount).map { table.row($0).elements }
    }
}
