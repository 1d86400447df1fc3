// SPDX-License-Identifier: Apache-2.0

/// How often each class was predicted as each other one.
///
/// ```swift
/// let matrix = try MultiClassConfusionMatrix(
///     labels: grades, predictions: foretold, classes: ["A", "B", "C"])
/// matrix.average(.macro) { $0.f1 }
/// ```
public struct MultiClassConfusionMatrix: Hashable, Codable, Sendable {
    /// The names of the classes, in the order of rows and columns.
    public let classes: [String]

    /// The weights: `counts[i][j]` of rows of class i predicted as class j (classes x classes).
    public let counts: [[Double]]

    /// Counts the predictions.
    ///
    /// - Parameters:
    ///   - labels: The class of each row.
    ///   - predictions: The predicted class of each row.
    ///   - classes: At least two different names, which fix the order.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for different lengths, no rows, an invalid weight, and of code
    ///   `unknownName` for a label or prediction that is no class.
    /// - Complexity: O(n) for n rows.
    public init(
        labels: [String], predictions: [String], classes: [String], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "predictions", predictions.count, weights: weights)
        try Validation.weights(weights)
        let index = try ClassIndex(classes)
        var cells = [CompensatedSum](
            repeating: CompensatedSum(), count: classes.count * classes.count)
        for row in labels.indices {
            let actual = try index.index(of: labels[row], "label", row)
            let predicted = try index.index(of: predictions[row], "prediction", row)
            cells[actual * classes.count + predicted] += weights?[row] ?? 1
        }
        self.classes = classes
        counts = classes.indices.map { actual in
            classes.indices.map { cells[actual * classes.count + $0].value }
        }
    }

    /// The weight of all rows.
    public var total: Double { counts.joined().reduce(0, +) }

    /// The share of right predictions, in `0...1`.
    public var accuracy: Double {
        classes.indices.reduce(0) { $0 + counts[$1][$1] } / total
    }

    /// The matrix of one class against all others.
    ///
    /// - Precondition: `index` is that of a class.
    /// - Throws: ``MetricsError`` of code `invalidWeight` for weights beyond 1e150.
    public func oneAgainstRest(_ index: Int) throws(MetricsError) -> ConfusionMatrix {
        precondition(classes.indices.contains(index), "class \(index) of \(classes.count)")
        let predicted = counts.reduce(0) { $0 + $1[index] }
        let actual = counts[index].reduce(0, +)
        let both = counts[index][index]
        return try ConfusionMatrix(
            truePositives: both, falsePositives: max(predicted - both, 0),
            falseNegatives: max(actual - both, 0),
            trueNegatives: max(total - predicted - actual + both, 0))
    }

    /// How measures of the classes are combined.
    public enum Averaging: String, Hashable, Codable, Sendable {
        /// The plain mean over the classes.
        case macro
        /// The mean weighted by how frequent the classes are among the labels.
        case weighted
        /// The measure of all rows of all one-against-rest matrices together.
        case micro
    }

    /// A measure of one class against the rest, averaged over the classes.
    ///
    /// - Parameters:
    ///   - averaging: How the classes are combined.
    ///   - measure: The measure of one matrix, such as `{ $0.f1 }`.
    /// - Returns: Nil when the measure is nil for a class that counts.
    /// - Throws: ``MetricsError`` of code `invalidWeight` for weights beyond 1e150.
    public func average(
        _ averaging: Averaging, of measure: (ConfusionMatrix) -> Double?
    ) throws(MetricsError) -> Double? {
        if averaging == .micro {
            var all = try oneAgainstRest(0)
            for index in classes.indices.dropFirst() {
                all = try all.merged(with: oneAgainstRest(index))
            }
            return measure(all)
        }
        var sum = CompensatedSum()
        var weights = 0.0
        for index in classes.indices {
            let weight = averaging == .macro ? 1 : counts[index].reduce(0, +)
            if weight == 0 { continue }
            guard let value = measure(try oneAgainstRest(index)) else { return nil }
            sum += weight * value
            weights += weight
        }
        return sum.value / weights
    }

    /// The mean recall of the classes that occur, in `0...1`.
    public var balancedAccuracy: Double {
        let recalls = classes.indices.compactMap { index in
            let actual = counts[index].reduce(0, +)
            return actual > 0 ? counts[index][index] / actual : nil
        }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    /// How far apart two classes are for ``cohensKappa(_:)``.
    public enum Disagreement: String, Hashable, Codable, Sendable {
        /// Any two different classes are equally far apart.
        case unweighted
        /// The distance of their positions, for ordered classes such as grades.
        case linear
        /// The squared distance of their positions.
        case quadratic
    }

    /// Cohen's kappa: the agreement beyond chance, at most 1; 0 means no skill.
    ///
    /// `1 - sum of w_ij c_ij / sum of w_ij e_ij` with the disagreements w, the counts c and those
    /// expected by chance, e. Nil when labels and predictions all name one class. J. Cohen,
    /// Psychological Bulletin 70 (1968), https://doi.org/10.1037/h0026256.
    public func cohensKappa(_ disagreement: Disagreement = .unweighted) -> Double? {
        let actual = counts.map { $0.reduce(0, +) }
        let predicted = classes.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
        let total = total
        var observed = CompensatedSum()
        var expected = CompensatedSum()
        for row in classes.indices {
            for column in classes.indices where row != column {
                let distance = Double(abs(row - column))
                let weight =
                    switch disagreement {
                    case .unweighted: 1.0
                    case .linear: distance
                    case .quadratic: distance * distance
                    }
                observed += weight * counts[row][column]
                expected += weight * actual[row] * (predicted[column] / total)
            }
        }
        return expected.value == 0 ? nil : 1 - observed.value / expected.value
    }

    /// Matthews' correlation of labels and predictions, in `-1...1`, for any number of classes.
    ///
    /// Nil when the labels or the predictions name one class only. J. Gorodkin, Computational
    /// Biology and Chemistry 28 (2004), https://doi.org/10.1016/j.compbiolchem.2004.09.006.
    public var matthewsCorrelation: Double? {
        let total = total
        let actual = counts.map { $0.reduce(0, +) / total }
        let predicted = classes.indices.map { column in
            counts.reduce(0) { $0 + $1[column] } / total
        }
        let hits = accuracy
        let chance = zip(actual, predicted).reduce(0) { $0 + $1.0 * $1.1 }
        let actualSpread = 1 - actual.reduce(0) { $0 + $1 * $1 }
        let predictedSpread = 1 - predicted.reduce(0) { $0 + $1 * $1 }
        // Rounding leaves a spread of some units in the last place where there is none.
        guard actual.filter({ $0 > 0 }).count > 1, predicted.filter({ $0 > 0 }).count > 1 else {
            return nil
        }
        return (hits - chance) / (actualSpread.squareRoot() * predictedSpread.squareRoot())
    }
}
