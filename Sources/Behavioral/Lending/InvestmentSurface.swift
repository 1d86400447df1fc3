// SPDX-License-Identifier: Apache-2.0

/// The best amount over a grid of exponents for one Omega.
///
/// Omega 0.2, 0.7 and 1 are Figs. 6 to 8 of V. Hassija et al. (2020),
/// https://doi.org/10.1109/TNSE.2020.2982488.
///
/// ```swift
/// let grid = (1...20).map { Double($0) / 20 }
/// let surface = try InvestmentSurface(omega: 0.7, gainExponents: grid, lossExponents: grid)
/// surface[9, 17]      // tau 0.5, chi 0.9: 0.094
/// ```
public struct InvestmentSurface: Hashable, Encodable, Sendable {
    /// The performance measure Omega, at least 0.
    public let omega: Double

    /// The values of tau, one per row.
    public let gainExponents: [Double]

    /// The values of chi, one per column.
    public let lossExponents: [Double]

    /// The best amounts, row-major (`gainExponents.count` x `lossExponents.count`), in `0...cap`.
    ///
    /// Nil where tau is not below chi: the paper's formula has no meaning there. No element is NaN.
    public let amounts: [Double?]

    /// Computes `min((tau Omega / chi)^(1 / (chi - tau)), cap)` for every pair with tau < chi.
    ///
    /// - Parameters:
    ///   - omega: The performance measure Omega, at least 0 and finite.
    ///   - gainExponents: The values of tau, positive.
    ///   - lossExponents: The values of chi, positive.
    ///   - cap: The greatest amount, at least 0; by default 1, the whole budget.
    /// - Throws: ``BehavioralError`` for a value outside its range, NaN or infinite.
    /// - Complexity: O(rows * columns).
    public init(
        omega: Double, gainExponents: [Double], lossExponents: [Double], cap: Double = 1
    ) throws(BehavioralError) {
        try Validation.notNegative("omega", omega)
        try Validation.notNegative("cap", cap)
        for (row, tau) in gainExponents.enumerated() {
            try Validation.positive("gain exponent at row \(row),", tau)
        }
        for (column, chi) in lossExponents.enumerated() {
            try Validation.positive("loss exponent at column \(column),", chi)
        }
        var amounts: [Double?] = []
        amounts.reserveCapacity(gainExponents.count * lossExponents.count)
        for tau in gainExponents {
            for chi in lossExponents {
                guard tau < chi else {
                    amounts.append(nil)
                    continue
                }
                let objective = try InvestmentObjective(
                    omega: omega, gainExponent: tau, lossExponent: chi)
                amounts.append(min(objective.interiorOptimum ?? 0, cap))
            }
        }
        self.omega = omega
        self.gainExponents = gainExponents
        self.lossExponents = lossExponents
        self.amounts = amounts
    }

    /// The best amount for the tau of a row and the chi of a column; nil where tau >= chi.
    ///
    /// - Precondition: `row < gainExponents.count` and `column < lossExponents.count`.
    public subscript(row: Int, column: Int) -> Double? {
        precondition(
            gainExponents.indices.contains(row) && lossExponents.indices.contains(column),
            "[\(row), \(column)] is outside \(gainExponents.count) x \(lossExponents.count)")
        return amounts[row * lossExponents.count + column]
    }
}
