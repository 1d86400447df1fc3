// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Checked rows of two classes in the form that fits share.
struct LogisticRows {
    enum Features {
        case dense(Matrix<Double>)
        case sparse(SparseMatrix<Double>)
    }

    let features: Features
    let featureNames: [String]
    let labels: ClassLabels
    let rowWeights: [Double]
    let offsets: [Double]?

    init(_ data: ClassificationData, offsets: [Double]?) throws(ModelError) {
        try data.requireComplete()
        features = .dense(data.features)
        featureNames = data.featureNames
        labels = data.labels
        rowWeights = data.weights
        self.offsets = offsets
        try check()
    }

    init(_ data: SparseClassificationData, offsets: [Double]?) throws(ModelError) {
        features = .sparse(data.features)
        featureNames = data.featureNames
        labels = data.labels
        rowWeights = data.weights
        self.offsets = offsets
        try check()
    }

    private func check() throws(ModelError) {
        guard labels.classes.count == 2 else {
            throw ModelError(
                .tooManyClasses,
                "logistic regression tells two classes apart, there are \(labels.classes.count)")
        }
        try checkOffsets(offsets, rows: labels.count)
    }

    /// The weights of the rows times the factors of their classes.
    func weights(_ weighting: ClassWeighting) throws(ModelError) -> Vector<Double> {
        if weighting == .equal { return Vector(rowWeights) }
        var sums = [Double](repeating: 0, count: labels.classes.count)
        for (code, weight) in zip(labels.codes, rowWeights) { sums[code] += weight }
        let factors = try weighting.factors(sums)
        return Vector(zip(labels.codes, rowWeights).map { factors[$0] * $1 })
    }
}

/// Refuses offsets that are not one finite number per row.
///
/// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
func checkOffsets(_ offsets: [Double]?, rows: Int) throws(ModelError) {
    guard let offsets else { return }
    guard offsets.count == rows else {
        throw ModelError(.wrongWidth, "\(offsets.count) offsets for \(rows) rows")
    }
    if let row = offsets.firstIndex(where: { !$0.isFinite }) {
        throw ModelError(.nonFinite, "row \(row) has the offset \(offsets[row])")
    }
}
