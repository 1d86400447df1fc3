// SPDX-License-Identifier: Apache-2.0

/// Everything that a fit counts; the sum of two counts is the count of all rows.
struct NaiveBayesCounts: Hashable, Sendable {
    /// The sum of the weights of each class.
    var classWeights: [Double]
    /// In the order of their first columns; every column is in one of them.
    var groups: [NaiveBayesGroup]

    /// Takes in the counts of other rows with the same groups.
    mutating func add(_ other: NaiveBayesCounts) {
        for index in classWeights.indices { classWeights[index] += other.classWeights[index] }
        for index in groups.indices { groups[index].add(other.groups[index]) }
    }

    /// The likelihoods, their columns and cuts.
    var layout: [NaiveBayes.Layout] {
        groups.map { group in
            var layout = NaiveBayes.Layout(likelihood: group.likelihood, columns: group.columns)
            if case .intervals(let cuts, _) = group.counts { layout.cuts = cuts }
            return layout
        }
    }
}
