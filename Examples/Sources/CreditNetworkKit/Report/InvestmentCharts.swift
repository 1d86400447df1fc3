// SPDX-License-Identifier: Apache-2.0

import Behavioral
import ReportKit

/// Figures 6 to 8 of paper 004: the best investment over tau and chi.
enum InvestmentCharts {
    /// The three borrowers of the paper.
    static let omegas = [0.2, 0.7, 1.0]

    /// One chart per borrower.
    ///
    /// - Throws: `BehavioralError` never in practice: the grid is fixed and within range.
    static func charts() throws(BehavioralError) -> [Chart] {
        let grid = (1...100).map { Double($0) / 100 }
        var charts: [Chart] = []
        for (omega, figure) in zip(omegas, 6...8) {
            let surface = try InvestmentSurface(
                omega: omega, gainExponents: grid, lossExponents: grid)
            let rows = grid.indices.map { row in grid.indices.map { surface[row, $0] } }
            let largest = surface.amounts.compactMap { $0 }.max() ?? 0
            charts.append(
                Chart(
                    "Ω = \(omega.text(1))",
                    caption: """
                        As Fig. \(figure). The largest ξ is \(largest.text(3)); where \
                        τ\u{A0}=\u{A0}0.5 and χ\u{A0}=\u{A0}0.9 it is \
                        \(significant(surface[49, 89] ?? .nan)).
                        """,
                    .surface(
                        SurfacePlot(
                            xTitle: "χ, exponent of losses",
                            yTitle: "τ, exponent of gains", zTitle: "ξ", x: grid,
                            y: grid, z: rows, gapLabel: "τ ≥ χ"))))
        }
        return charts
    }

    /// Two significant digits, as the paper prints them.
    private static func significant(_ value: Double) -> String {
        value.text(value < 0.01 ? 4 : value < 0.1 ? 3 : 2)
    }
}
