// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension ClassifierModel {
    /// The class indices of new rows for an update, after a check of everything.
    ///
    /// - Throws: ``ModelError`` with code `empty`, `wrongWidth`, `nonFinite`, `invalidLabels` or
    ///   `invalidWeights`.
    func codes(
        of labels: ClassLabels, for features: Matrix<Double>, weights: [Double]?
    ) throws(ModelError) -> [Int] {
        guard features.rowCount > 0 else {
            throw ModelError(.empty, "the features are 0 x \(features.columnCount)")
        }
        try check(features)
        guard labels.count == features.rowCount else {
            throw ModelError(
                .invalidLabels, "\(labels.count) labels for \(features.rowCount) rows")
        }
        try ClassificationData.check(weights, rows: features.rowCount)
        var codes: [Int] = []
        for (row, code) in labels.codes.enumerated() {
            guard let own = classes.firstIndex(of: labels.classes[code]) else {
                throw ModelError(
                    .invalidLabels,
                    "row \(row) is of class '\(labels.classes[code])', the model knows \(classes)")
            }
            codes.append(own)
        }
        return codes
    }
}
