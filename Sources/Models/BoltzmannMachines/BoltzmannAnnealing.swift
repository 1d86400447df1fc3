// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// Chains from a machine without weights to the whole one.
final class BoltzmannAnnealing {
    private let units: BoltzmannUnits
    private let stepCount: Int
    private let place: credit_random_place
    private let visible: UnitRows
    private let hidden: UnitRows
    private let drives: UnitRows
    private let before: UnitRows
    private let room: UnitRows

    init(_ units: BoltzmannUnits, chainCount: Int, stepCount: Int, seed: UInt64) {
        self.units = units
        self.stepCount = stepCount
        var keys = RandomStream(seed: seed).child("annealing")
        place = credit_random_place(key: keys.next(), step: 0)
        func rows(_ columns: Int) -> UnitRows {
            UnitRows(rowCount: chainCount, columnCount: columns)
        }
        visible = rows(units.weights.rowCount)
        room = rows(units.weights.rowCount)
        hidden = rows(units.weights.columnCount)
        drives = rows(units.weights.columnCount)
        before = rows(units.weights.columnCount)
    }

    /// The logarithm of the weight of every chain.
    func logWeights() -> [Double] {
        let chains = visible.rowCount
        // Float sums of small differences are exact enough; their total is kept in Double.
        var totals = [Double](repeating: 0, count: chains)
        totals.withUnsafeMutableBufferPointer { totals in
            nonisolated(unsafe) let totals = totals
            concurrently(chains, minimum: 2, block: 8) { first, count in
                anneal(first, count, totals)
            }
        }
        return totals
    }

    private func anneal(_ first: Int, _ count: Int, _ totals: UnsafeMutableBufferPointer<Double>) {
        var place = place
        let width = hidden.columnCount
        // Hidden states of 0 leave the biases alone.
        units.drawVisible(by: hidden, first, count, into: visible, room: room, place: place)
        for step in 1...stepCount {
            let (earlier, now) = (share(step - 1), share(step))
            units.driveHidden(visible, first, count, into: drives)
            for row in first..<(first + count) {
                credit_multiply_scalar_f32(width, drives[row], earlier, before[row])
                credit_multiply_scalar_f32(width, drives[row], now, drives[row])
                credit_softplus_f32(width, before[row], before[row])
                credit_softplus_f32(width, drives[row], hidden[row])
                credit_subtract_f32(width, hidden[row], before[row], before[row])
                totals[row] += Double(credit_sum_f32(width, before[row]))
            }
            place.step += 1
            credit_unit_states(
                count, width, drives.stride, place, first, drives[first], hidden[first])
            credit_multiply_scalar_f32(
                count * hidden.stride, hidden[first], now, hidden[first])
            place.step += 1
            units.drawVisible(by: hidden, first, count, into: visible, room: room, place: place)
        }
    }

    /// The share of the weights after `step` steps.
    private func share(_ step: Int) -> Float { Float(Double(step) / Double(stepCount)) }
}
