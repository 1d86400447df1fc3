// SPDX-License-Identifier: Apache-2.0

import Behavioral
import ReportKit

/// The pictures of the study, by the names of their files.
enum StudyCharts {
    static func all() throws(BehavioralError) -> [(name: String, chart: Chart)] {
        var charts: [(name: String, chart: Chart)] = []
        for (omega, figure) in zip([0.2, 0.7, 1], 6...8) {
            charts.append(
                ("prospect-figure-\(figure)", try surface(omega: omega, figure: figure)))
        }
        charts.append(("prospect-peaks", try peaks()))
        charts.append(("prospect-weighting", try weighting()))
        return charts
    }

    private static func surface(omega: Double, figure: Int) throws(BehavioralError) -> Chart {
        let grid = (1...100).map { Double($0) / 100 }
        let surface = try InvestmentSurface(
            omega: omega, gainExponents: grid, lossExponents: grid)
        return Chart(
            "Fig. \(figure), Ω = \(omega.text(1))",
            .surface(
                SurfacePlot(
                    xTitle: "χ, exponent of losses", yTitle: "τ, exponent of gains",
                    zTitle: "ξ", x: grid, y: grid,
                    z: grid.indices.map { row in grid.indices.map { surface[row, $0] } },
                    gapLabel: "τ ≥ χ")))
    }

    /// xi over tau at chi 0.8, the line of Table I.
    private static func peaks() throws(BehavioralError) -> Chart {
        let grid = (1..<80).map { Double($0) / 100 }
        var series: [LinePlot.Series] = []
        for (omega, tone) in [(0.2, SeriesTone.bad), (0.7, .plain), (1, .good)] {
            var values: [Double] = []
            for tau in grid {
                values.append(
                    try PrintedValue(omega: omega, tau: tau, chi: 0.8, printed: "")
                        .recomputed())
            }
            series.append(LinePlot.Series("Ω = \(omega.text(1))", tone: tone, values))
        }
        return Chart(
            "ξ over τ at χ = 0.8",
            .lines(
                LinePlot(
                    xTitle: "τ, exponent of gains", yTitle: "ξ", x: grid, series: series)))
    }

    /// The weighting function as it is and as it is printed.
    private static func weighting() throws(BehavioralError) -> Chart {
        let grid = (0...100).map { Double($0) / 100 }
        let right = WeightingFunction.tverskyKahneman1992Gains
        let printed = try WeightingFunction.printedInHassija2020(gamma: 0.61)
        var values: ([Double], [Double]) = ([], [])
        for p in grid {
            values.0.append(try right(p))
            values.1.append(try printed(p))
        }
        return Chart(
            "Weighting of gains, γ = 0.61",
            .lines(
                LinePlot(
                    xTitle: "probability", yTitle: "weight", x: grid,
                    series: [
                        LinePlot.Series("exponent 1/γ", tone: .good, values.0),
                        LinePlot.Series("exponent γ, as printed", tone: .bad, values.1),
                        LinePlot.Series("the probability itself", grid),
                    ])))
    }
}
