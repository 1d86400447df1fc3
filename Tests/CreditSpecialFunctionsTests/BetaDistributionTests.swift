// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule
import Testing
import _CreditTestSupport

@Suite struct BetaDistributionTests {
    @Test func closedForms() {
        for p in [1e-9, 0.025, 0.5, 0.9] {
            for b in [0.5, 1, 3, 40] {
                // 1 - (1 - x)^b for a = 1, and x^b for b = 1.
                let expected = -Double.expMinusOne(Double.log(onePlus: -p) / b)
                expectClose(BetaDistribution.quantile(p, 1, b), expected, relative: 1e-11)
                expectClose(
                    BetaDistribution.quantile(p, b, 1), .pow(p, 1 / b), relative: 1e-11)
                expectClose(
                    BetaDistribution.cumulative(.pow(p, 1 / b), b, 1), p, relative: 1e-11)
            }
        }
        // The arcsine distribution.
        expectClose(
            BetaDistribution.quantile(0.2, 0.5, 0.5), .pow(.sin(0.1 * .pi), 2), relative: 1e-12)
    }

    @Test func edges() {
        #expect(BetaDistribution.quantile(0, 2, 3) == 0)
        #expect(BetaDistribution.quantile(1, 2, 3) == 1)
        for (p, a, b) in [(-0.1, 1.0, 1.0), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, -1), (.nan, 1, 1)] {
            #expect(BetaDistribution.quantile(p, a, b).isNaN)
        }
    }
}
