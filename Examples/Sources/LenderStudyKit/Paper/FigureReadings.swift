// SPDX-License-Identifier: Apache-2.0

import Behavioral

/// What paper 004 reads from its Figures 6 to 8, held against the surfaces themselves.
struct FigureReadings {
    /// The tau of the greatest xi for one Omega and chi, from 10,000 steps.
    static func peak(omega: Double, chi: Double) throws(BehavioralError) -> (
        tau: Double, xi: Double
    ) {
        var best = (tau: 0.0, xi: -1.0)
        for step in 1..<10_000 {
            let tau = chi * Double(step) / 10_000
            let xi = try PrintedValue(omega: omega, tau: tau, chi: chi, printed: "").recomputed()
            if xi > best.xi { best = (tau, xi) }
        }
        return best
    }

    /// How often xi falls, from one cell to its neighbour, as tau or chi rises by 0.01.
    static func falls(omega: Double) throws(BehavioralError) -> (
        byTau: Int, tauSteps: Int, byChi: Int, chiSteps: Int
    ) {
        let grid = (1...100).map { Double($0) / 100 }
        let surface = try InvestmentSurface(
            omega: omega, gainExponents: grid, lossExponents: grid)
        var count = (byTau: 0, tauSteps: 0, byChi: 0, chiSteps: 0)
        for row in grid.indices {
            for column in grid.indices {
                guard let here = surface[row, column] else { continue }
                if row + 1 < grid.count, let next = surface[row + 1, column] {
                    count.tauSteps += 1
                    if next < here { count.byTau += 1 }
                }
                if column + 1 < grid.count, let next = surface[row, column + 1] {
                    count.chiSteps += 1
                    if next < here { count.byChi += 1 }
                }
            }
        }
        return count
    }
}
