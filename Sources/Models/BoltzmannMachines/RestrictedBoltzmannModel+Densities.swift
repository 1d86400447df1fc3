// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

extension RestrictedBoltzmannModel {
    /// The sum over Gaussian units of the logarithm of each one's density given the others.
    ///
    /// Given the others a unit's density is a mixture of normal ones of deviation 1, one for every
    /// state of the hidden units, up to a factor. The rule of equal steps of 1/2 integrates those
    /// to the last digit, since its error is of the order of `exp(-2 pi² / step²)`.
    func pseudoLogDensities(_ rows: UnitRows) -> [Double] {
        let drives = hiddenDrives(rows)
        var sums = [Double](repeating: 0, count: rows.rowCount)
        sums.withUnsafeMutableBufferPointer { sums in
            guard let base = sums.baseAddress else { return }
            nonisolated(unsafe) let sums = base
            concurrently(rows.rowCount, minimum: 2, block: 1) { first, count in
                for row in first..<first + count {
                    sums[row] = pseudoLogDensity(rows[row], drives[row])
                }
            }
        }
        return sums
    }

    private func pseudoLogDensity(
        _ states: UnsafePointer<Float>, _ drives: UnsafePointer<Float>
    ) -> Double {
        let step = 0.5
        // Beyond nine deviations of the outermost mean nothing is left.
        let margin = 9.0
        let drives = (0..<hiddenCount).map { Double(drives[$0]) }
        var total = 0.0
        for column in 0..<visibleCount {
            let weights = (0..<hiddenCount).map { Double(self.weights[column, $0]) }
            let (state, bias) = (Double(states[column]), Double(visibleBiases[column]))
            let others = zip(drives, weights).map { $0 - state * $1 }
            func logDensity(_ state: Double) -> Double {
                softplusSum(zip(others, weights).map { $0 + state * $1 })
                    + state * (bias - 0.5 * state)
            }
            let low = bias + weights.reduce(0) { $0 + min($1, 0) } - margin
            let high = bias + weights.reduce(0) { $0 + max($1, 0) } + margin
            var sum = LogSum()
            for index in 0...Int(((high - low) / step).rounded(.up)) {
                sum.add(logDensity(low + Double(index) * step))
            }
            total +=
                logDensity(state) - sum.value - naturalLogarithm(step * Double(deviations[column]))
        }
        return total
    }
}
