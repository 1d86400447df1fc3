// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule
import Testing
import _CreditTestSupport

@Suite struct SpecialFunctionTests {
    let golden: SpecialFunctionGolden

    init() throws { golden = try SpecialFunctionGolden.load() }

    @Test func normalTails() {
        for row in golden.normal {
            let (x, survival, logSurvival) = (row[0], row[1], row[2])
            expectClose(
                NormalDistribution.survival(x), survival, relative: 1e-14, "survival(\(x))")
            expectClose(
                NormalDistribution.cumulative(-x), survival, relative: 1e-14, "cumulative(\(-x))")
            expectClose(
                NormalDistribution.logCumulative(-x), logSurvival, relative: 1e-14,
                "logCumulative(\(-x))")
        }
    }

    @Test func normalQuantiles() {
        for row in golden.normalQuantile {
            let (p, x) = (row[0], row[1])
            expectClose(NormalDistribution.quantile(p), x, relative: 1e-14, "quantile(\(p))")
            if p <= 0.5 {
                expectClose(
                    NormalDistribution.survivalQuantile(p), -x, relative: 1e-14,
                    "survivalQuantile(\(p))")
            }
        }
    }

    @Test func gammaTails() {
        for row in golden.incompleteGamma {
            let (a, x) = (row[0], row[1])
            expectClose(
                IncompleteGamma.lower(a, x), row[2], relative: 3e-13, "P(\(a), \(x))")
            expectClose(
                IncompleteGamma.upper(a, x), row[3], relative: 3e-13, "Q(\(a), \(x))")
            expectClose(
                ChiSquareDistribution.survival(2 * x, degreesOfFreedom: 2 * a), row[3],
                relative: 3e-13, "chi-square survival(\(2 * x), \(2 * a))")
        }
    }

    @Test func betaTails() {
        for row in golden.incompleteBeta {
            let (x, a, b) = (row[0], row[1], row[2])
            expectClose(
                IncompleteBeta.lower(x, a, b), row[3], relative: 3e-13, "I(\(x), \(a), \(b))")
            expectClose(
                IncompleteBeta.upper(x, a, b), row[4], relative: 3e-13,
                "1 - I(\(x), \(a), \(b))")
        }
    }

    @Test func studentTails() {
        for row in golden.student {
            let (t, degrees) = (row[0], row[1])
            let message = "t \(t), \(degrees) degrees"
            expectClose(
                StudentTDistribution.survival(t, degreesOfFreedom: degrees), row[2],
                relative: 2e-13, message)
            expectClose(
                StudentTDistribution.cumulative(-t, degreesOfFreedom: degrees), row[2],
                relative: 2e-13, message)
        }
    }

    @Test func studentQuantiles() {
        for row in golden.studentQuantile {
            let (p, degrees) = (row[0], row[1])
            expectClose(
                StudentTDistribution.quantile(p, degreesOfFreedom: degrees), row[2],
                relative: 2e-13, "quantile(\(p)), \(degrees) degrees")
        }
    }
}
