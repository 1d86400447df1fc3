// SPDX-License-Identifier: Apache-2.0

/// A measure of a score by name, with the properties that decide where it may be used.
///
/// ```swift
/// for measure in Measure.all where !measure.needsProbabilities {
///     print(measure.id, try measure.value(labels: defaulted, scores: points))
/// }
/// ```
/// Every property stated here holds for any input and is tested as such.
public struct Measure: Sendable, CustomStringConvertible {
    /// Which values are good.
    public enum Direction: String, Hashable, Codable, Sendable {
        /// Greater is better.
        case higherIsBetter
        /// Smaller is better.
        case lowerIsBetter
    }

    /// What a measure looks at.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// The order of the rows.
        case ranking
        /// The values of the probabilities.
        case probability
        /// The decisions "positive when the probability is at least 0.5".
        case decision
    }

    /// The name by which it is found, such as "roc_auc".
    public let id: String
    /// The name for people.
    public let title: String
    /// What it looks at.
    public let kind: Kind
    /// Which values are good.
    public let direction: Direction
    /// The least and the greatest value it can have.
    public let bounds: ClosedRange<Double>
    /// Whether scores must be probabilities in `0...1`.
    public let needsProbabilities: Bool
    /// Whether any increasing change of all scores leaves the value as it is.
    public let isOrderOnly: Bool
    /// Whether the value stays when the two classes are exchanged and every probability p becomes
    /// 1 - p, where no probability is at a threshold.
    public let isSymmetric: Bool

    private let body: @Sendable ([Bool], [Double], [Double]?) throws(MetricsError) -> Double

    init(
        _ id: String, _ title: String, _ kind: Kind,
        _ direction: Direction = .higherIsBetter, bounds: ClosedRange<Double> = 0...1,
        needsProbabilities: Bool? = nil, isSymmetric: Bool,
        _ body: @escaping @Sendable ([Bool], [Double], [Double]?) throws(MetricsError) -> Double
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.direction = direction
        self.bounds = bounds
        self.needsProbabilities = needsProbabilities ?? (kind != .ranking)
        isOrderOnly = kind == .ranking && needsProbabilities != true
        self.isSymmetric = isSymmetric
        self.body = body
    }

    /// The value of the measure.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The score of each row, a probability where the measure needs one.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and where the measure is not defined.
    public func value(
        labels: [Bool], scores: [Double], weights: [Double]? = nil
    ) throws(MetricsError) -> Double {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        if needsProbabilities { try Validation.probabilities(scores) }
        return try body(labels, scores, weights)
    }

    /// Whether one value is better than another.
    public func isBetter(_ value: Double, than other: Double) -> Bool {
        direction == .higherIsBetter ? value > other : value < other
    }

    /// The measure of this name.
    ///
    /// - Throws: ``MetricsError`` of code `unknownName` for another name; the message lists all.
    public static func named(_ id: String) throws(MetricsError) -> Measure {
        guard let measure = all.first(where: { $0.id == id }) else {
            throw MetricsError(
                .unknownName,
                "no measure \"\(id)\": there are \(all.map(\.id).joined(separator: ", "))")
        }
        return measure
    }

    /// The name.
    public var description: String { id }
}
