// SPDX-License-Identifier: Apache-2.0

/// Which prediction is good for the person.
public enum FavourablePrediction: String, Hashable, Codable, Sendable {
    /// A positive one, such as "gets the job".
    case positive
    /// A negative one, such as "will not default".
    case negative
}

/// How the decisions of a score fall upon groups of people.
///
/// Favourable decisions and favourable outcomes count as "positive" in the names of the criteria:
/// for default risk, a favourable decision is a loan and a favourable outcome is repayment.
/// - Demographic parity: groups get favourable decisions equally often.
/// - Equal opportunity: so do those of each group whose outcome was favourable.
/// - Equalised odds: and also those whose outcome was not.
///
/// M. Hardt, E. Price, N. Srebro, NeurIPS (2016), https://arxiv.org/abs/1610.02413.
public struct FairnessAssessment: Hashable, Codable, Sendable {
    /// One group.
    public struct Group: Hashable, Codable, Sendable {
        /// The name of the group.
        public let name: String
        /// The decisions of the group, positive as the labels are.
        public let matrix: ConfusionMatrix
        /// The share of favourable decisions.
        public let selectionRate: Double
        /// The share of favourable decisions where the outcome was favourable; nil without any.
        public let opportunity: Double?
        /// The share of favourable decisions where the outcome was not; nil without any.
        public let undeserved: Double?
        /// The area under the ROC curve within the group; nil without a
        /// score and for one class only.
        public let auc: Double?
        /// The mean score of the group; nil without a score.
        public let meanScore: Double?
    }

    /// The groups, in the order in which they first appear.
    public let groups: [Group]

    /// Assesses the decisions "positive when the score is at least the threshold".
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, higher meaning more likely positive.
    ///   - threshold: The score from which a row is predicted positive.
    ///   - groups: The group of each row, at least two different ones.
    ///   - favourable: Which prediction is good for the person.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `invalidParameter` for fewer than
    ///   two groups with weight.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], threshold: Double, groups: [String],
        favourable: FavourablePrediction = .negative, weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.scores(scores)
        guard threshold.isFinite else {
            throw MetricsError(.invalidParameter, "threshold \(threshold) is not finite")
        }
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try self.init(
            labels, scores.map { $0 >= threshold }, scores, groups, favourable, weights)
    }

    /// Assesses decisions without a score.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - predictions: Whether each row was predicted positive.
    ///   - groups: The group of each row, at least two different ones.
    ///   - favourable: Which prediction is good for the person.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` as ``init(labels:scores:threshold:groups:favourable:weights:)``.
    /// - Complexity: O(n) for n rows.
    public init(
        labels: [Bool], predictions: [Bool], groups: [String],
        favourable: FavourablePrediction = .negative, weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "predictions", predictions.count, weights: weights)
        try self.init(labels, predictions, nil, groups, favourable, weights)
    }

    private init(
        _ labels: [Bool], _ predictions: [Bool], _ scores: [Double]?, _ names: [String],
        _ favourable: FavourablePrediction, _ weights: [Double]?
    ) throws(MetricsError) {
        let split = try GroupSplit(names, rowCount: labels.count, weights: weights)
        var groups: [Group] = []
        for (name, rows) in split.groups {
            let own = weights.map { weights in rows.map { weights[$0] } }
            let isPositive = rows.map { labels[$0] }
            let matrix = try ConfusionMatrix(
                labels: isPositive, predictions: rows.map { predictions[$0] }, weights: own)
            let score = scores.map { scores in rows.map { scores[$0] } }
            var auc: Double?
            if let score, matrix.prevalence > 0, matrix.prevalence < 1 {
                auc = try rocAUC(labels: isPositive, scores: score, weights: own)
            }
            let wantsPositive = favourable == .positive
            groups.append(
                Group(
                    name: name, matrix: matrix,
                    selectionRate: wantsPositive
                        ? matrix.predictedPositiveRate : 1 - matrix.predictedPositiveRate,
                    opportunity: wantsPositive ? matrix.recall : matrix.specificity,
                    undeserved: wantsPositive
                        ? matrix.falsePositiveRate : matrix.falseNegativeRate,
                    auc: auc, meanScore: score.map { SampleSummary.moments($0, own).mean }))
        }
        self.groups = groups
    }
}

/// The rows of each group with weight, groups in the order in which they first appear.
struct GroupSplit {
    private(set) var groups: [(name: String, rows: [Int])] = []

    init(_ names: [String], rowCount: Int, weights: [Double]?) throws(MetricsError) {
        try Validation.sameCount("labels", rowCount, "groups", names.count)
        try Validation.weights(weights)
        var index: [String: Int] = [:]
        for (row, name) in names.enumerated() where weights?[row] != 0 {
            if let group = index[name] {
                groups[group].rows.append(row)
            } else {
                index[name] = groups.count
                groups.append((name, [row]))
            }
        }
        guard groups.count >= 2 else {
            throw MetricsError(.invalidParameter, "\(groups.count) groups: at least 2 are needed")
        }
    }
}
