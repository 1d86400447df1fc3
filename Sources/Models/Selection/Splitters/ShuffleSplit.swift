// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// One random split into training and validation rows; ``Repeated`` makes several.
public struct ShuffleSplit: SeededSplitter {
    /// The share of the rows to validate with, above 0 and below 1.
    public var validationShare: Double

    /// Whether the classes have the same share in both parts, but for rounding.
    public var isStratified: Bool

    /// The seed of the choice.
    public var seed: UInt64

    /// A recipe for splitting; ``folds(of:)`` checks it.
    public init(validationShare: Double = 0.25, isStratified: Bool = true, seed: UInt64 = 0) {
        self.validationShare = validationShare
        self.isStratified = isStratified
        self.seed = seed
    }

    /// One fold, whose validation part has the share of the rows to the nearest row.
    ///
    /// Stratified, every class has a row in both parts.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` where the share is not above 0 and below
    ///   1, a part would have no row, or a class has fewer than 2 rows.
    /// - Complexity: O(rows).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        guard validationShare > 0, validationShare < 1 else {
            throw ModelError(
                .invalidSplit, "a validation share of \(validationShare), not above 0 and below 1")
        }
        let stream = RandomStream(seed: seed)
        var isValidation = [Bool](repeating: false, count: rows.count)
        for (index, var stratum) in try strata(of: rows).enumerated() {
            var generator = stream.child("shuffle split", index)
            generator.shuffle(&stratum)
            let count = min(
                max(Int((Double(stratum.count) * validationShare).rounded()), 1),
                stratum.count - 1)
            for row in stratum.prefix(count) { isValidation[row] = true }
        }
        return [
            Fold(
                training: isValidation.indices.filter { !isValidation[$0] },
                validation: isValidation.indices.filter { isValidation[$0] }, seed: seed)
        ]
    }

    private func strata(of rows: SplitRows) throws(ModelError) -> [[Int]] {
        let labels = rows.labels
        guard isStratified else {
            try checkFoldCount(2, of: "rows", count: rows.count)
            return [Array(0..<rows.count)]
        }
        var strata = [[Int]](repeating: [], count: labels.classes.count)
        for (row, code) in labels.codes.enumerated() { strata[code].append(row) }
        for (name, stratum) in zip(labels.classes, strata) where stratum.count < 2 {
            throw ModelError(
                .invalidSplit, "class \(name) has \(stratum.count) rows for 2 parts")
        }
        return strata
    }
}
