// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A fitted scorecard: for every variable the bins and their points.
///
/// A row's score is ``basePoints`` and the points of its bin in every variable, summed in the order
/// of the variables: the same bits alone and in any table, with every BLAS. A value for which the
/// card has no bin is an error that names row, column and value, never 0 points in silence.
public struct ScorecardModel: Equatable, Sendable {
    /// The recipe that was fitted; it keeps the scale.
    public let recipe: Scorecard
    /// The column that the card predicts.
    public let target: String
    /// The variables in the order of the card.
    public let variables: [ScorecardVariable]
    /// The points at even odds, before rounding.
    public let offset: Double
    /// The points per unit of the logarithm of the odds, above 0, before rounding.
    public let factor: Double
    /// The points of the intercept; 0 where they are spread over the variables.
    public let basePoints: Double
    /// The regression on weights of evidence, one feature per variable.
    public let regression: LogisticRegressionModel
    /// The variables that are not on the card: those whose bins were not selected in the order of
    /// the table, then those that left it, in the order in which they did.
    public let eliminations: [ScorecardElimination]

    init(
        recipe: Scorecard, target: String, bins: [VariableBinning],
        regression: LogisticRegressionModel, eliminations: [ScorecardElimination]
    ) throws(ModelError) {
        let assignment = try PointsAssignment(
            recipe.scale, intercept: regression.intercept,
            coefficients: regression.coefficients,
            evidence: bins.map { $0.bins.map(\.weightOfEvidence) })
        self.recipe = recipe
        self.target = target
        self.regression = regression
        self.eliminations = eliminations
        offset = assignment.offset
        factor = assignment.factor
        basePoints = assignment.basePoints
        variables = bins.indices.map { index in
            ScorecardVariable(
                bins[index], coefficient: regression.coefficients[index],
                points: assignment.points[index], neutralPoints: assignment.neutralPoints[index])
        }
    }

    /// The score of a row that has the fewest points in every variable.
    public var lowestScore: Double { variables.reduce(basePoints) { $0 + $1.lowestPoints } }

    /// The score of a row that has the most points in every variable.
    public var highestScore: Double { variables.reduce(basePoints) { $0 + $1.highestPoints } }

    /// The variable called `name`.
    ///
    /// - Throws: ``ModelError`` with code `features`.
    public subscript(variable name: String) -> ScorecardVariable {
        get throws(ModelError) {
            guard let variable = variables.first(where: { $0.name == name }) else {
                throw ModelError(
                    .features,
                    "no variable '\(name)' on the card; there are "
                        + variables.map(\.name).joined(separator: ", "))
            }
            return variable
        }
    }
}

extension ScorecardModel: TableModel {
    /// The two classes of the target; the second is the event.
    public var classes: [String] { regression.classes }

    /// The columns that a table must have: the variables.
    public var inputNames: [String] { variables.map(\.name) }

    /// The variables, whose weights of evidence are the regression's features.
    public var featureNames: [String] { regression.featureNames }

    /// The probability of the event of every row, by the regression: points that are rounded do
    /// not change it.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilities(in table: Table) throws(ModelError) -> [Double] {
        let bins = try binIndices(in: table)
        var evidence: [Double] = []
        evidence.reserveCapacity(table.rowCount * variables.count)
        for row in 0..<table.rowCount {
            for (variable, bins) in zip(variables, bins) {
                evidence.append(variable.binning.bins[bins[row]].weightOfEvidence)
            }
        }
        return try regression.probabilities(
            Matrix(
                rowCount: table.rowCount, columnCount: variables.count, elements: evidence))
    }

    /// The probability of the event of one row, with the same bits as in its table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probability(of row: Table.Row) throws(ModelError) -> Double {
        let bins = try binIndices(of: row)
        let evidence = zip(variables, bins).map { $0.binning.bins[$1].weightOfEvidence }
        return try regression.probabilities(
            Matrix(rowCount: 1, columnCount: evidence.count, elements: evidence))[0]
    }
}
