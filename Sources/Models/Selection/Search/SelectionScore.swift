// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra
internal import Metrics

/// The score by which a search chooses.
public struct SelectionScore: Sendable {
    /// The name in reports.
    public let name: String

    /// Whether more is better.
    public let prefersLarger: Bool

    /// The score of one fold of two classes: classes, probabilities and weights (`nil`
    /// for 1) of the held-out rows.
    private let value: Value?

    /// The score of one fold of any number of classes.
    private let classValue: ClassValue?

    private typealias Value =
        @Sendable (
            _ scores: FoldScores, _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?
        ) throws(ModelError) -> Double
    private typealias ClassValue =
        @Sendable (
            _ labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double]?
        ) throws(ModelError) -> Double

    /// The area under the ROC curve; of more than two classes Hand and
    /// Till's mean over their pairs.
    public static let rocAUC = SelectionScore(
        name: "rocAUC", value: { (scores, _, _, _) throws(ModelError) in scores.rocAUC },
        classValue: measure { labels, probabilities, weights throws(MetricsError) in
            try MultiClassScores.rocAUC(
                labels: labels, probabilities: probabilities, kind: .pairs, weights: weights)
        })
    /// The largest distance between the score distributions of two classes.
    public static let kolmogorovSmirnov = SelectionScore(
        "kolmogorovSmirnov", \.kolmogorovSmirnov)
    /// The mean squared error of the probability; of more than two classes summed over them.
    public static let brierScore = SelectionScore(
        name: "brierScore", prefersLarger: false,
        value: { (scores, _, _, _) throws(ModelError) in scores.brierScore },
        classValue: measure { labels, probabilities, weights throws(MetricsError) in
            try MultiClassScores.brierScore(
                labels: labels, probabilities: probabilities, weights: weights)
        })
    /// The mean of `-log(probability of the true class)`.
    public static let logLoss = SelectionScore(
        name: "logLoss", prefersLarger: false,
        value: { (scores, _, _, _) throws(ModelError) in scores.logLoss },
        classValue: measure { labels, probabilities, weights throws(MetricsError) in
            try MultiClassScores.logLoss(
                labels: labels, probabilities: probabilities, weights: weights)
        })
    /// The share of rows whose class is the most probable one.
    public static let accuracy = SelectionScore("accuracy") {
        (labels, probabilities, weights) throws(ModelError) in
        try matrix(labels, probabilities, weights).accuracy
    }
    /// The mean over classes of the share of their rows whose class is the most probable one.
    public static let balancedAccuracy = SelectionScore("balancedAccuracy") {
        (labels, probabilities, weights) throws(ModelError) in
        try matrix(labels, probabilities, weights).balancedAccuracy
    }

    /// A score of ``FoldScores``, of two classes.
    public init(
        _ name: String, _ path: any KeyPath<FoldScores, Double> & Sendable,
        prefersLarger: Bool = true
    ) {
        self.init(
            name: name, prefersLarger: prefersLarger,
            value: { (scores, _, _, _) throws(ModelError) in scores[keyPath: path] })
    }

    /// A score of one's own, such as a profit, of two classes.
    ///
    /// - Parameters:
    ///   - name: the name in reports.
    ///   - prefersLarger: whether more is better.
    ///   - value: the score of the classes, the probabilities and the weights of held-out rows.
    public init(
        _ name: String, prefersLarger: Bool = true,
        value:
            @escaping @Sendable (
                _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?
            ) throws(ModelError) -> Double
    ) {
        self.init(
            name: name, prefersLarger: prefersLarger,
            value: { (_, labels, probabilities, weights) throws(ModelError) in
                try value(labels, probabilities, weights)
            })
    }

    /// A score of one's own of any number of classes.
    ///
    /// - Parameters:
    ///   - name: the name in reports.
    ///   - prefersLarger: whether more is better.
    ///   - classValue: the score of the classes, the probabilities (rows x classes) and the weights
    ///     of held-out rows.
    public init(
        _ name: String, prefersLarger: Bool = true,
        classValue:
            @escaping @Sendable (
                _ labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double]?
            ) throws(ModelError) -> Double
    ) {
        self.init(name: name, prefersLarger: prefersLarger, value: nil, classValue: classValue)
    }

    private init(
        name: String, prefersLarger: Bool = true, value: Value?, classValue: ClassValue? = nil
    ) {
        self.name = name
        self.prefersLarger = prefersLarger
        self.value = value
        self.classValue = classValue
    }

    /// Whether `a` is better than `b`.
    func isBetter(_ a: Double, than b: Double) -> Bool { prefersLarger ? a > b : a < b }

    /// The scores of the folds of two classes.
    ///
    /// - Throws: ``ModelError`` of the score, and with code `nonFinite`.
    func values(
        of report: CrossValidationReport, _ weights: [Double]?
    ) throws(ModelError) -> [Double] {
        var values: [Double] = []
        for fold in report.folds {
            let labels = report.labels.gathering(fold.rows)
            let weights = weights?.gathering(fold.rows)
            if let value {
                values.append(
                    try finite(value(fold.scores, labels, fold.probabilities, weights)))
            } else {
                let columns = [fold.probabilities.map { 1 - $0 }, fold.probabilities]
                values.append(
                    try self.value(
                        of: ClassLabels(
                            codes: labels.map { $0 ? 1 : 0 }, classes: ["false", "true"]),
                        Matrix(columns: columns), weights))
            }
        }
        return values
    }

    /// The score of rows of any number of classes.
    ///
    /// - Throws: ``ModelError`` of the score, and with code `nonFinite` or `tooManyClasses`.
    func value(
        of labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double]?
    ) throws(ModelError) -> Double {
        guard let classValue else {
            throw ModelError(
                .tooManyClasses, "the score \(name) is of 2 classes, not \(labels.classes.count)")
        }
        return try finite(classValue(labels, probabilities, weights))
    }

    private func finite(_ value: Double) throws(ModelError) -> Double {
        guard value.isFinite else {
            throw ModelError(.nonFinite, "the score \(name) is \(value)")
        }
        return value
    }
}

/// A measure of class numbers and rows of probabilities as a score.
private func measure(
    _ body:
        @escaping @Sendable (
            _ labels: [Int], _ probabilities: [[Double]], _ weights: [Double]?
        ) throws(MetricsError) -> Double
) -> @Sendable (ClassLabels, Matrix<Double>, [Double]?) throws(ModelError) -> Double {
    { (labels, probabilities, weights) throws(ModelError) in
        do throws(MetricsError) {
            let rows = (0..<probabilities.rowCount).map { probabilities.row($0).elements }
            return try body(labels.codes, rows, weights)
        } catch {
            throw ModelError(
                .invalidSplit, "\(labels.count) validation rows cannot be scored",
                underlying: error)
        }
    }
}

/// The classes of rows against the most probable ones, of equal ones the first.
private func matrix(
    _ labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double]?
) throws(ModelError) -> MultiClassConfusionMatrix {
    let best = (0..<probabilities.rowCount).map { row in
        labels.classes.indices.dropFirst().reduce(0) { best, code in
            probabilities[row, code] > probabilities[row, best] ? code : best
        }
    }
    do throws(MetricsError) {
        return try MultiClassConfusionMatrix(
            labels: labels.codes.map { labels.classes[$0] },
            predictions: best.map { labels.classes[$0] }, classes: labels.classes,
            weights: weights)
    } catch {
        throw ModelError(
            .invalidSplit, "\(labels.count) validation rows cannot be scored", underlying: error)
    }
}
