// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Checked rows of any number of classes, dense or sparse, in the form that fits share.
struct ClassRows {
    let features: LogisticRows.Features
    let featureNames: [String]
    let labels: ClassLabels
    let weights: [Double]

    init(_ data: ClassificationData) throws(ModelError) {
        try data.requireComplete()
        features = .dense(data.features)
        featureNames = data.featureNames
        labels = data.labels
        weights = data.weights
    }

    init(_ data: SparseClassificationData) {
        features = .sparse(data.features)
        featureNames = data.featureNames
        labels = data.labels
        weights = data.weights
    }

    private init(
        features: LogisticRows.Features, featureNames: [String], labels: ClassLabels,
        weights: [Double]
    ) {
        self.features = features
        self.featureNames = featureNames
        self.labels = labels
        self.weights = weights
    }

    /// The same rows without features.
    var withoutFeatures: ClassRows {
        ClassRows(
            features: .dense(.zeros(weights.count, 0)), featureNames: [], labels: labels,
            weights: weights)
    }

    /// The sum of the weights of each class.
    var classWeights: [Double] {
        var sums = [Double](repeating: 0, count: labels.classes.count)
        for (code, weight) in zip(labels.codes, weights) { sums[code] += weight }
        return sums
    }

    /// - Throws: ``ModelError`` with code `invalidLabels`.
    func requireEveryClass() throws(ModelError) {
        if let empty = classWeights.firstIndex(of: 0) {
            throw ModelError(
                .invalidLabels, "class \(labels.classes[empty]) has no row of positive weight")
        }
    }

    /// - Throws: ``ModelError`` with code `wrongWidth`.
    func requireStart(_ names: [String], _ classes: [String]) throws(ModelError) {
        guard names == featureNames, classes == labels.classes else {
            throw ModelError(
                .wrongWidth,
                "a start of \(names.count) features and the classes \(classes) for "
                    + "\(featureNames.count) features and \(labels.classes), or of other names")
        }
    }
}
