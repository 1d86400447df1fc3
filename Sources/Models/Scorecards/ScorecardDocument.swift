// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// A scorecard as people and other programs read it: numbers and names, ready for JSON.
///
/// A file that is to be scored with again is the model's (``ScorecardModel/write(to:)``), which
/// keeps every bit.
public struct ScorecardDocument: Codable, Hashable, Sendable {
    /// One bin of a variable.
    public struct Bin: Codable, Hashable, Sendable {
        /// The bin, such as `[59.5, 63.5)` or `Missing`.
        public let label: String
        /// The weight of the training rows.
        public let count: Double
        /// The share of the training rows.
        public let share: Double
        /// Events per training row.
        public let eventRate: Double
        /// `ln(share of non-events / share of events)`: positive where risk is low.
        public let weightOfEvidence: Double
        /// The bin's term of the information value.
        public let informationValue: Double
        /// The bin's points.
        public let points: Double
    }

    /// One variable of the card.
    public struct Variable: Codable, Hashable, Sendable {
        /// The name.
        public let name: String
        /// The coefficient and its test.
        public let coefficient: Coefficient
        /// The information value of all bins.
        public let informationValue: Double
        /// How the event rate runs over the regular bins.
        public let eventRateTrend: String
        /// How the points run over the regular bins.
        public let pointsTrend: String
        /// The points of a weight of evidence of 0.
        public let neutralPoints: Double
        /// The bins in their order.
        public let bins: [Bin]
    }

    /// A coefficient of the regression on weights of evidence.
    public struct Coefficient: Codable, Hashable, Sendable {
        /// The change of the log-odds of the event per unit of weight of evidence.
        public let value: Double
        /// The standard error; `nil` for a regression with a penalty, and below too.
        public let standardError: Double?
        /// The p-value of the Wald test.
        public let pValue: Double?
        /// The ends of the interval of 95 %.
        public let lower95: Double?
        /// The upper end.
        public let upper95: Double?
    }

    /// The column that the card predicts.
    public let target: String
    /// The class that is the event.
    public let event: String
    /// The class that is not.
    public let nonEvent: String
    /// The scale as it was asked for.
    public let scale: PointsScale
    /// The points at even odds, before rounding.
    public let offset: Double
    /// The points per unit of the logarithm of the odds, before rounding.
    public let factor: Double
    /// The points of the intercept; 0 where they are spread over the variables.
    public let basePoints: Double
    /// The lowest score that there can be.
    public let lowestScore: Double
    /// The highest score that there can be.
    public let highestScore: Double
    /// The intercept of the regression.
    public let intercept: Coefficient
    /// The variables in the order of the card.
    public let variables: [Variable]
    /// The variables that are not on the card.
    public let eliminations: [ScorecardElimination]
    /// The digest of the model's file, 64 hexadecimal digits.
    public let digest: String
}

extension ScorecardModel {
    /// The card as people and other programs read it.
    public var document: ScorecardDocument {
        let estimates = regression.estimates
        let offsetOfFeatures = regression.inference?.hasIntercept == true ? 1 : 0
        return ScorecardDocument(
            target: target, event: classes[1], nonEvent: classes[0], scale: recipe.scale,
            offset: offset, factor: factor, basePoints: basePoints, lowestScore: lowestScore,
            highestScore: highestScore,
            intercept: .init(
                regression.intercept, offsetOfFeatures == 1 ? estimates?.first : nil),
            variables: variables.enumerated().map { index, variable in
                ScorecardDocument.Variable(
                    variable, estimates.map { $0[index + offsetOfFeatures] })
            },
            eliminations: eliminations, digest: digest.description)
    }
}

extension ScorecardDocument.Coefficient {
    fileprivate init(_ value: Double, _ estimate: CoefficientEstimate?) {
        self.value = value
        standardError = estimate?.standardError
        pValue = estimate?.pValue
        let interval = estimate?.confidenceInterval()
        lower95 = interval?.lowerBound
        upper95 = interval?.upperBound
    }
}

extension ScorecardDocument.Variable {
    fileprivate init(_ variable: ScorecardVariable, _ estimate: CoefficientEstimate?) {
        let table = variable.binning.table
        name = variable.name
        coefficient = .init(variable.coefficient, estimate)
        informationValue = table.informationValue
        eventRateTrend = variable.binning.trend.eventRate.rawValue
        pointsTrend = variable.pointsTrend.rawValue
        neutralPoints = variable.neutralPoints
        bins = zip(table.rows, variable.points).map { row, points in
            ScorecardDocument.Bin(
                label: row.label, count: row.count, share: row.share, eventRate: row.eventRate,
                weightOfEvidence: row.weightOfEvidence, informationValue: row.informationValue,
                points: points)
        }
    }
}
