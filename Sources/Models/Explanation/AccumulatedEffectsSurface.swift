// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// How two numeric columns act together, beyond what each does alone, by accumulated local effects.
public struct AccumulatedEffectsSurface: Codable, Hashable, Sendable {
    /// The two columns.
    public let features: [String]

    /// The ends of the bins of the first column, ascending.
    public let firstEnds: [Double]

    /// The ends of the bins of the second column, ascending.
    public let secondEnds: [Double]

    /// The joint effect at every pair of ends, less both main effects and with the mean 0 over the
    /// rows (ends of the first column x ends of the second).
    public let effects: Matrix<Double>

    /// The weight of the rows in every cell (bins of the first column x bins of the second); where
    /// it is 0, the effect is that of the nearest cell with rows.
    public let weights: Matrix<Double>

    /// The largest effect less the smallest; near 0 where the model adds the two columns up.
    public var range: Double {
        (effects.elements.max() ?? 0) - (effects.elements.min() ?? 0)
    }
}
