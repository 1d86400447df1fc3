// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import Foundation
import Testing
import _CreditTestSupport

@Suite("Bivariate normal distribution")
struct BivariateNormalTests {
    struct Golden: Decodable {
        var rows: [[Double]]
    }

    @Test("cumulative probabilities against mpmath")
    func golden() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "bivariate_normal", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        for row in golden.rows {
            let value = BivariateNormalDistribution.cumulative(row[0], row[1], correlation: row[2])
            expectClose(value, row[3], absolute: 1e-13, "\(row)")
        }
    }

    @Test("symmetries, limits and the density")
    func properties() {
        for (h, k, rho) in [(0.3, -1.1, 0.4), (2.0, 1.5, -0.8), (-0.2, 0.7, 0.96)] {
            let value = BivariateNormalDistribution.cumulative(h, k, correlation: rho)
            expectClose(
                BivariateNormalDistribution.cumulative(k, h, correlation: rho), value,
                absolute: 1e-15)
            expectClose(
                BivariateNormalDistribution.cumulative(h, -k, correlation: -rho),
                NormalDistribution.cumulative(h) - value, absolute: 1e-13)
            // The density is the slope in the correlation.
            let step = 1e-5
            let slope =
                (BivariateNormalDistribution.cumulative(h, k, correlation: rho + step)
                    - BivariateNormalDistribution.cumulative(h, k, correlation: rho - step))
                / (2 * step)
            expectClose(
                BivariateNormalDistribution.density(h, k, correlation: rho), slope, relative: 1e-6,
                absolute: 1e-10)
        }
        expectClose(
            BivariateNormalDistribution.cumulative(0, 0, correlation: 0.5), 1.0 / 3,
            absolute: 1e-15)
        let one = NormalDistribution.cumulative(-0.5)
        #expect(BivariateNormalDistribution.cumulative(-0.5, 1, correlation: 1) == one)
        #expect(BivariateNormalDistribution.cumulative(-0.5, 0.5, correlation: -1) == 0)
        #expect(BivariateNormalDistribution.cumulative(.infinity, -0.5, correlation: 0.3) == one)
        #expect(BivariateNormalDistribution.cumulative(-.infinity, 1, correlation: 0.3) == 0)
        #expect(BivariateNormalDistribution.cumulative(0, 0, correlation: 1.1).isNaN)
    }
}
