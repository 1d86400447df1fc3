// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

extension RestrictedBoltzmannModel {
    /// Rows that Gibbs sampling draws (rows x features), each by a chain of its own.
    ///
    /// - Parameters:
    ///   - count: the number of rows, 0 or more.
    ///   - stepCount: Gibbs steps of every chain, 1 or more; it starts from the visible biases.
    ///   - seed: what the states are drawn by.
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    /// - Complexity: O(rows * steps * features * hidden units).
    public func samples(
        _ count: Int, stepCount: Int = 1000, seed: UInt64 = 0
    ) throws(ModelError) -> Matrix<Double> {
        guard count >= 0, stepCount >= 1 else {
            throw ModelError(
                .invalidRecipe, "\(count) samples after \(stepCount) steps, not 0 and 1 or more")
        }
        // Hidden states of 0 leave the biases alone.
        return walk(
            from: UnitRows(rowCount: count, columnCount: hiddenCount), stepCount, seed: seed)
    }

    /// The rows after `stepCount` Gibbs steps from each of the given ones (rows x features).
    ///
    /// - Parameters:
    ///   - features: the values that chains start from (rows x features).
    ///   - stepCount: Gibbs steps of every chain, 1 or more.
    ///   - seed: what the states are drawn by.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `wrongWidth`, `nonFinite` or
    ///   `invalidValue`.
    /// - Complexity: O(rows * steps * features * hidden units).
    public func samples(
        from features: Matrix<Double>, stepCount: Int = 1, seed: UInt64 = 0
    ) throws(ModelError) -> Matrix<Double> {
        guard stepCount >= 1 else {
            throw ModelError(.invalidRecipe, "samples after \(stepCount) steps, not 1 or more")
        }
        let rows = try rows(features)
        let units = BoltzmannUnits(self)
        let probabilities = UnitRows(rowCount: rows.rowCount, columnCount: hiddenCount)
        let states = UnitRows(rowCount: rows.rowCount, columnCount: hiddenCount)
        units.hiddenProbabilities(
            of: rows, 0, rows.rowCount, into: probabilities, states: states,
            place: samplingPlace(seed))
        return walk(from: states, stepCount, seed: seed)
    }

    private func samplingPlace(_ seed: UInt64) -> credit_random_place {
        var keys = RandomStream(seed: seed).child("Gibbs sampling")
        return credit_random_place(key: keys.next(), step: 0)
    }

    private func walk(from states: UnitRows, _ stepCount: Int, seed: UInt64) -> Matrix<Double> {
        let units = BoltzmannUnits(self)
        let count = states.rowCount
        let visible = UnitRows(rowCount: count, columnCount: visibleCount)
        let room = UnitRows(rowCount: count, columnCount: visibleCount)
        let probabilities = UnitRows(rowCount: count, columnCount: hiddenCount)
        var place = samplingPlace(seed)
        place.step = 1
        concurrently(count, minimum: 2, block: 8) { first, count in
            units.walk(
                stepCount, hidden: states, visible: visible, probabilities: probabilities,
                room: room, first, count, place: place)
        }
        return inUnitsOfFeatures(visible)
    }
}
