// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension ScorecardModel {
    /// The score of one row.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    /// - Complexity: O(variables * log(bins)).
    public func score(of row: Table.Row) throws(ModelError) -> Double {
        var score = basePoints
        let bins = try binIndices(of: row)
        for (variable, bin) in zip(variables, bins) { score += variable.points[bin] }
        return score
    }

    /// The score of a row that is in no table, given by its values in the order of
    /// ``inputNames``; the same bits as in a table.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` for another number of values, `features` for
    ///   a value; the error underneath names the column.
    /// - Complexity: O(variables * log(bins)).
    public func score(of values: [Column.Value]) throws(ModelError) -> Double {
        guard values.count == variables.count else {
            throw ModelError(
                .wrongWidth, "\(values.count) values for a card of \(variables.count) variables")
        }
        var score = basePoints
        for (variable, value) in zip(variables, values) {
            do {
                score += variable.points[try variable.binning.binIndex(of: value)]
            } catch {
                throw ModelError(.features, "values for the scorecard", underlying: error)
            }
        }
        return score
    }

    /// The score of every row.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    /// - Complexity: O(rows * variables * log(bins)).
    public func scores(in table: Table) throws(ModelError) -> [Double] {
        let bins = try binIndices(in: table)
        var scores = [Double](repeating: basePoints, count: table.rowCount)
        for (variable, bins) in zip(variables, bins) {
            for row in scores.indices { scores[row] += variable.points[bins[row]] }
        }
        return scores
    }

    /// The points of every variable of every row (rows x variables), without the base points.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func points(in table: Table) throws(ModelError) -> Matrix<Double> {
        let bins = try binIndices(in: table)
        var points: [Double] = []
        points.reserveCapacity(table.rowCount * variables.count)
        for row in 0..<table.rowCount {
            for (variable, bins) in zip(variables, bins) {
                points.append(variable.points[bins[row]])
            }
        }
        return Matrix(rowCount: table.rowCount, columnCount: variables.count, elements: points)
    }

    /// The probability of the event that `score` stands for, `1 / (1 + exp((score - offset) /
    /// factor))` where safety raises points.
    ///
    /// With exact points it is the regression's; with whole ones it differs by their rounding.
    public func probability(ofScore score: Double) -> Double {
        let logOdds = (score - offset) / factor
        let odds = exponential(recipe.scale.direction == .safetyRaisesPoints ? logOdds : -logOdds)
        return 1 / (1 + odds)
    }

    /// The position of the bin of one row in each variable.
    func binIndices(of row: Table.Row) throws(ModelError) -> [Int] {
        do {
            var bins: [Int] = []
            bins.reserveCapacity(variables.count)
            for variable in variables {
                bins.append(try variable.binning.binIndex(of: row[variable.name]))
            }
            return bins
        } catch {
            throw ModelError(
                .features, "row \(row.index) of the scorecard's table", underlying: error)
        }
    }

    /// The positions of the bins of every row in each variable.
    func binIndices(in table: Table) throws(ModelError) -> [[Int]] {
        do {
            return try variables.map { (variable) throws(FeatureError) in
                try variable.binning.binIndices(of: table[column: variable.name])
            }
        } catch {
            throw ModelError(.features, "the scorecard's table", underlying: error)
        }
    }
}
