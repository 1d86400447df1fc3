// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Replaces each level of a categorical column by the mean target of its rows, shrunk towards the
/// mean of all rows.
///
/// With a weight `n` of rows and a mean `m` in the level and the mean `M` of all rows, a fixed
/// smoothing `s` gives `(n m + s M) / (n + s)`. ``Smoothing/automatic`` gives `k m + (1 - k) M`
/// with `k = n V / (n V + v)`, where `V` and `v` are the variances of the target over all rows and
/// within the level. Missing values are a level of their own; a level without training rows becomes
/// `M`.
///
/// Training rows are cross-fitted: they are dealt into folds, and each fold is encoded by what the
/// other folds say, so that no row's feature has seen its own target. New rows are encoded by all
/// training rows. The folds depend on the order of the rows, on `foldCount` and on `seed` only; so
/// do those features, and with them what steps behind learn.
///
/// D. Micci-Barreca, A Preprocessing Scheme for High-Cardinality Categorical Attributes, ACM SIGKDD
/// Explorations 3 (2001), doi:10.1145/507533.507538.
public struct TargetEncoding: Sendable, Hashable, Codable {
    /// How strongly means of few rows are drawn to the mean of all.
    public enum Smoothing: Sendable, Hashable, Codable {
        /// By the variances of the target within the level and over all rows (empirical Bayes).
        case automatic
        /// As if this many more rows of the level had the mean of all rows; 0 or more.
        case fixed(Double)
    }

    /// How strongly means of few rows are drawn to the mean of all.
    public var smoothing: Smoothing
    /// The number of folds of cross-fitting, at least 2.
    public var foldCount: Int
    /// The seed of the folds.
    public var seed: UInt64
    /// The columns to encode; `nil` for all categorical ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Replaces each level by the mean target of its rows, cross-fitted on the training rows.
    public static func targetEncode(
        smoothing: TargetEncoding.Smoothing = .automatic, folds: Int = 5, seed: UInt64 = 0,
        only columns: [String]? = nil
    ) -> Self {
        Self(
            TargetEncoding(smoothing: smoothing, foldCount: folds, seed: seed, columns: columns))
    }
}

extension TargetEncoding: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard foldCount >= 2 else {
            throw FeatureError(.invalidParameter, "\(foldCount) folds where at least 2 are needed")
        }
        if case .fixed(let weight) = smoothing, !(weight >= 0 && weight.isFinite) {
            throw FeatureError(
                .invalidParameter, "a smoothing of \(weight) is not a number of 0 or more")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedTargetEncoding {
        let target = try WeightedTarget(table)
        let rows = Array(0..<table.rowCount)
        let overall = try target.moments(of: rows)
        return FittedTargetEncoding(
            encodings: try table.categoricalIndices(columns).map { (index) in
                encoding(of: table, column: index, rows: rows, target, overall)
            })
    }

    func fitTransform(_ table: inout WorkingTable) throws(FeatureError) -> FittedTargetEncoding {
        guard table.rowCount >= 2 else {
            throw FeatureError(.emptyInput, "cross-fitting needs at least 2 rows")
        }
        let fitted = try fit(table)
        let target = try WeightedTarget(table)
        let folds = TrainingFolds(
            target: target.values, foldCount: foldCount, seed: seed, purpose: "target-encoding")
        let outputs = try fitted.outputColumns(table.columns)
        var values = table.values
        for fold in 0..<min(foldCount, table.rowCount) {
            let (inside, outside) = folds.rows(of: fold)
            let overall = try target.moments(of: outside)
            for encoding in fitted.encodings {
                let learnt = self.encoding(
                    of: table, column: encoding.column, rows: outside, target, overall)
                for row in inside {
                    values[encoding.column][row] = learnt.value(table.column(encoding.column)[row])
                }
            }
            try table.report(
                "target encoding", step: fold + 1, of: min(foldCount, table.rowCount))
        }
        table.replaceColumns(outputs, values: values)
        return fitted
    }

    private func encoding(
        of table: WorkingTable, column: Int, rows: [Int], _ target: WeightedTarget,
        _ overall: WeightedTarget.Moments
    ) -> FittedTargetEncoding.Encoding {
        let levelCount = table.columns[column].levels?.count ?? 0
        var rowsOfLevel = [[Int]](repeating: [], count: levelCount + 1)
        let codes = table.column(column)
        for row in rows { rowsOfLevel[codes[row].isNaN ? levelCount : Int(codes[row])].append(row) }
        return FittedTargetEncoding.Encoding(
            column: column,
            values: rowsOfLevel.map { shrunk(target.sums(of: $0), towards: overall) },
            overall: overall.mean)
    }

    private func shrunk(
        _ level: WeightedTarget.Moments, towards overall: WeightedTarget.Moments
    ) -> Double {
        guard level.weight > 0 else { return overall.mean }
        switch smoothing {
        case .fixed(let weight):
            return (level.weight * level.mean + weight * overall.mean) / (level.weight + weight)
        case .automatic:
            let between = level.weight * overall.variance
            guard between + level.variance > 0 else { return overall.mean }
            let share = between / (between + level.variance)
            return share * level.mean + (1 - share) * overall.mean
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        switch smoothing {
        case .automatic: encoder.encode(UInt8(0))
        case .fixed(let weight):
            encoder.encode(UInt8(1))
            encoder.encode(weight)
        }
        encoder.encode(foldCount)
        encoder.encode(seed)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        smoothing =
            switch try decoder.decodeUInt8() {
            case 0: .automatic
            case 1: .fixed(try decoder.decodeDouble())
            case let tag: throw decoder.error("unknown smoothing \(tag)")
            }
        foldCount = try decoder.decodeInt()
        seed = try decoder.decodeUInt64()
        columns = try decoder.decodeColumns()
    }
}
