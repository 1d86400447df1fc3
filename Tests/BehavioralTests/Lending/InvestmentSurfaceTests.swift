// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct InvestmentSurfaceTests {
    let grid = (1...20).map { Double($0) / 20 }

    @Test(arguments: [0, 0.2, 0.7, 1, 1.5])
    func figures(omega: Double) throws {
        let surface = try InvestmentSurface(
            omega: omega, gainExponents: grid, lossExponents: grid)
        #expect(surface.amounts.count == 400)
        for (row, tau) in grid.enumerated() {
            for (column, chi) in grid.enumerated() {
                guard tau < chi else {
                    #expect(surface[row, column] == nil)
                    continue
                }
                let amount = try #require(surface[row, column])
                let formula =
                    Double.pow(tau / chi, 1 / (chi - tau))
                    * Double.pow(omega, 1 / (chi - tau))
                expectClose(amount, min(formula, 1), relative: 1e-12, absolute: 1e-300)
                #expect(amount >= 0 && amount <= 1)
            }
        }
    }

    @Test func rectangularAndCapped() throws {
        let surface = try InvestmentSurface(
            omega: 4, gainExponents: [0.5], lossExponents: [0.4, 1, 2], cap: 3)
        #expect(surface[0, 0] == nil)
        #expect(surface[0, 1] == 3)
        expectClose(try #require(surface[0, 2]), 1, relative: 1e-15)
        _ = try JSONEncoder().encode(surface)
    }

    @Test func badInput() {
        for bad in [Double.nan, 0, -1, .infinity] {
            expectError(.invalidParameter, "gain exponent at row 1, \(bad)") {
                () throws(BehavioralError) in
                try InvestmentSurface(omega: 1, gainExponents: [1, bad], lossExponents: [1])
            }
            expectError(.invalidParameter, "loss exponent at column 0, \(bad)") {
                () throws(BehavioralError) in
                try InvestmentSurface(omega: 1, gainExponents: [1], lossExponents: [bad])
            }
        }
        for bad in [Double.nan, -1, .infinity] {
            expectError(.invalidParameter, "omega \(bad)") { () throws(BehavioralError) in
                try InvestmentSurface(omega: bad, gainExponents: [1], lossExponents: [2])
            }
            expectError(.invalidParameter, "cap \(bad)") { () throws(BehavioralError) in
                try InvestmentSurface(
                    omega: 1, gainExponents: [1], lossExponents: [2], cap: bad)
            }
        }
    }

    @Test func subscriptOutsideTraps() async {
        await #expect(processExitsWith: .failure) {
            let surface = try InvestmentSurface(
                omega: 1, gainExponents: [0.5], lossExponents: [0.9, 1])
            _ = surface[0, 2]
        }
    }
}
