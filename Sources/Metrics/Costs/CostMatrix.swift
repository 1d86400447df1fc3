// SPDX-License-Identifier: Apache-2.0

/// What each of the four outcomes of a decision costs; a negative cost is a gain.
///
/// ```swift
/// let costs = try CostMatrix(falsePositive: 1, falseNegative: 5)  // as stated for German credit
/// costs.bayesThreshold                                            // 1/6
/// ```
public struct CostMatrix: Hashable, Codable, Sendable {
    /// The cost of a positive that is predicted positive.
    public let truePositive: Double
    /// The cost of a negative that is predicted positive, such as a good applicant turned down.
    public let falsePositive: Double
    /// The cost of a positive that is predicted negative, such as a loan that defaults.
    public let falseNegative: Double
    /// The cost of a negative that is predicted negative.
    public let trueNegative: Double

    /// A matrix of finite costs where mistakes cost more than right decisions.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` for a cost that is not finite, and
    ///   unless each mistake costs more than the right decision on the same row.
    public init(
        truePositive: Double = 0, falsePositive: Double, falseNegative: Double,
        trueNegative: Double = 0
    ) throws(MetricsError) {
        for cost in [truePositive, falsePositive, falseNegative, trueNegative]
        where !(abs(cost) <= 1e100) {
            throw MetricsError(.invalidParameter, "cost \(cost) is not in -1e100...1e100")
        }
        guard falsePositive > trueNegative, falseNegative > truePositive else {
            throw MetricsError(
                .invalidParameter,
                "a false positive costs \(falsePositive) and a true negative \(trueNegative), a false negative \(falseNegative) and a true positive \(truePositive): mistakes must cost more"
            )
        }
        self.truePositive = truePositive
        self.falsePositive = falsePositive
        self.falseNegative = falseNegative
        self.trueNegative = trueNegative
    }

    /// A loan of `amount` that earns `amount * returnOnInvestment` if it is repaid and loses
    /// `amount * lossGivenDefault` if it is not; declining it costs nothing.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the earnings and the loss are
    ///   positive and finite.
    public static func loan(
        amount: Double = 1, returnOnInvestment: Double, lossGivenDefault: Double
    ) throws(MetricsError) -> CostMatrix {
        try CostMatrix(
            falsePositive: 0, falseNegative: amount * lossGivenDefault,
            trueNegative: -amount * returnOnInvestment)
    }

    /// Decodes four costs and checks them.
    ///
    /// - Throws: `DecodingError`; `dataCorrupted` for costs that are no matrix.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                truePositive: container.decode(Double.self, forKey: .truePositive),
                falsePositive: container.decode(Double.self, forKey: .falsePositive),
                falseNegative: container.decode(Double.self, forKey: .falseNegative),
                trueNegative: container.decode(Double.self, forKey: .trueNegative))
        } catch let error as MetricsError {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: error.message,
                    underlyingError: error))
        }
    }

    /// The probability of positive from which predicting positive is cheaper, in `0...1`.
    ///
    /// `(FP - TN) / (FP - TN + FN - TP)` in costs. C. Elkan, IJCAI (2001).
    public var bayesThreshold: Double {
        let mistaken = falsePositive - trueNegative
        return mistaken / (mistaken + falseNegative - truePositive)
    }

    /// The cost of predicting a row positive or not.
    public func cost(of isPredictedPositive: Bool, isPositive: Bool) -> Double {
        switch (isPredictedPositive, isPositive) {
        case (true, true): truePositive
        case (true, false): falsePositive
        case (false, false): trueNegative
        case (false, true): falseNegative
        }
    }

    /// The cost of all rows of a matrix.
    public func total(of matrix: ConfusionMatrix) -> Double {
        truePositive * matrix.truePositives + falsePositive * matrix.falsePositives
            + falseNegative * matrix.falseNegatives + trueNegative * matrix.trueNegatives
    }

    /// The mean cost of a row of a matrix.
    public func mean(of matrix: ConfusionMatrix) -> Double { total(of: matrix) / matrix.total }
}
