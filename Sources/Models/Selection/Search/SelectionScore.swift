// SPDX-License-Identifier: Apache-2.0

/// The score by which a search chooses.
public struct SelectionScore: Sendable {
    /// The name in reports.
    public let name: String

    /// Whether more is better.
    public let prefersLarger: Bool

    /// The score of one fold: classes, probabilities and weights (`nil` for 1) of the held-out rows.
    let value:
        @Sendable (
            _ scores: FoldScores, _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?
        ) throws(ModelError) -> Double

    /// The area under the ROC curve.
    public static let rocAUC = SelectionScore("rocAUC", \.rocAUC)
    /// The largest distance between the score distributions of the classes.
    public static let kolmogorovSmirnov = SelectionScore(
        "kolmogorovSmirnov", \.kolmogorovSmirnov)
    /// The mean squared error of the probability.
    public static let brierScore = SelectionScore(
        "brierScore", \.brierScore, prefersLarger: false)
    /// The mean of `-log(probability of the true class)`.
    public static let logLoss = SelectionScore("logLoss", \.logLoss, prefersLarger: false)

    /// A score of ``FoldScores``.
    public init(
        _ name: String, _ path: any KeyPath<FoldScores, Double> & Sendable,
        prefersLarger: Bool = true
    ) {
        self.init(name: name, prefersLarger: prefersLarger) {
            (scores, _, _, _) throws(ModelError) in scores[keyPath: path]
        }
    }

    /// A score of one's own, such as a profit.
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
        self.init(name: name, prefersLarger: prefersLarger) {
            (_, labels, probabilities, weights) throws(ModelError) in
            try value(labels, probabilities, weights)
        }
    }

    private init(
        name: String, prefersLarger: Bool,
        value:
            @escaping @Sendable (FoldScores, [Bool], [Double], [Double]?) throws(ModelError)
            -> Double
    ) {
        self.name = name
        self.prefersLarger = prefersLarger
        self.value = value
    }

    /// Whether `a` is better than `b`.
    func isBetter(_ a: Double, than b: Double) -> Bool { prefersLarger ? a > b : a < b }
}
