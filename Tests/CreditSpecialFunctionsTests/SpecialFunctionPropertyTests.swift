// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule
import Testing
import _CreditTestSupport

@Suite struct SpecialFunctionPropertyTests {
    @Test func closedForms() {
        for x in [1e-3, 0.4, 1, 2.5, 30, 200] {
            // One degree pair: the exponential distribution; one t degree: the arctangent.
            expectClose(
                ChiSquareDistribution.survival(x, degreesOfFreedom: 2), Double.exp(-x / 2),
                relative: 1e-14)
            expectClose(
                StudentTDistribution.survival(x, degreesOfFreedom: 1),
                Double.atan(1 / x) / .pi, relative: 1e-14)
            expectClose(
                ChiSquareDistribution.survival(x * x, degreesOfFreedom: 1),
                2 * NormalDistribution.survival(x), relative: 1e-13)
        }
        for x in [0.01, 0.3, 0.8] {
            expectClose(IncompleteBeta.lower(x, 1, 3), 1 - Double.pow(1 - x, 3), relative: 1e-13)
            expectClose(IncompleteBeta.lower(x, 4, 1), Double.pow(x, 4), relative: 1e-13)
        }
    }

    /// The quantiles of printed tables, and the way back through the distribution function.
    @Test func chiSquareQuantiles() {
        for (p, freedom, expected) in [
            (0.95, 1, 3.841_458_820_694_124), (0.975, 3, 9.348_403_604_496_148),
            (0.5, 10, 9.341_817_765_591_97), (0.01, 4, 0.297_109_480_506_531_7),
        ] {
            expectClose(
                ChiSquareDistribution.quantile(p, degreesOfFreedom: Double(freedom)), expected,
                relative: 1e-12)
        }
        for freedom in [0.5, 2, 7, 120, 1999] {
            for p in [1e-10, 0.001, 0.3, 0.9, 1 - 1e-9] {
                let x = ChiSquareDistribution.quantile(p, degreesOfFreedom: freedom)
                expectClose(
                    ChiSquareDistribution.cumulative(x, degreesOfFreedom: freedom), p,
                    relative: 1e-12)
            }
        }
        #expect(ChiSquareDistribution.quantile(0, degreesOfFreedom: 3) == 0)
        #expect(ChiSquareDistribution.quantile(1, degreesOfFreedom: 3) == .infinity)
        #expect(ChiSquareDistribution.quantile(-0.1, degreesOfFreedom: 3).isNaN)
        #expect(ChiSquareDistribution.quantile(0.5, degreesOfFreedom: 0).isNaN)
    }

    @Test func domainEdges() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(0.5) == 0)
        #expect(NormalDistribution.quantile(-0.1).isNaN)
        #expect(NormalDistribution.quantile(.nan).isNaN)
        #expect(NormalDistribution.survival(.infinity) == 0)
        #expect(NormalDistribution.survival(-.infinity) == 1)
        #expect(NormalDistribution.survival(.nan).isNaN)
        #expect(NormalDistribution.logCumulative(-.infinity) == -.infinity)
        #expect(NormalDistribution.logCumulative(.infinity) == 0)
        #expect(NormalDistribution.logCumulative(.nan).isNaN)
        #expect(NormalDistribution.density(.infinity) == 0)
        #expect(IncompleteGamma.lower(2, 0) == 0)
        #expect(IncompleteGamma.upper(2, .infinity) == 0)
        #expect(IncompleteGamma.upper(0, 1).isNaN)
        #expect(IncompleteGamma.upper(1, -1).isNaN)
        #expect(IncompleteGamma.upper(1, .nan).isNaN)
        #expect(ChiSquareDistribution.survival(-1, degreesOfFreedom: 3) == 1)
        #expect(ChiSquareDistribution.survival(1, degreesOfFreedom: 0).isNaN)
        #expect(ChiSquareDistribution.survival(.nan, degreesOfFreedom: 1).isNaN)
        #expect(IncompleteBeta.lower(0, 2, 3) == 0)
        #expect(IncompleteBeta.lower(1, 2, 3) == 1)
        #expect(IncompleteBeta.lower(1.5, 2, 3).isNaN)
        #expect(StudentTDistribution.survival(0, degreesOfFreedom: 5) == 0.5)
        #expect(StudentTDistribution.survival(.infinity, degreesOfFreedom: 5) == 0)
        #expect(StudentTDistribution.survival(1, degreesOfFreedom: -1).isNaN)
        #expect(StudentTDistribution.quantile(0, degreesOfFreedom: 5) == -.infinity)
        #expect(
            StudentTDistribution.survival(2, degreesOfFreedom: .infinity)
                == NormalDistribution.survival(2))
    }

    @Test(arguments: propertySeeds(20))
    func quantileInvertsProbability(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        for _ in 0..<20 {
            let x = Double.random(in: -8...8, using: &generator)
            let degrees = Double.random(in: 0.6...200, using: &generator)
            let p = NormalDistribution.cumulative(x)
            // Near 1 a probability itself is coarse: one half unit of it moves x by ulp / phi.
            let coarseness = p.ulp / NormalDistribution.density(x)
            expectClose(
                NormalDistribution.quantile(p), x, relative: 1e-13, absolute: coarseness)
            let tail = StudentTDistribution.survival(abs(x), degreesOfFreedom: degrees)
            expectClose(
                StudentTDistribution.quantile(tail, degreesOfFreedom: degrees), -abs(x),
                relative: 1e-11, absolute: 1e-14, "\(degrees) degrees")
        }
    }

    @Test(arguments: propertySeeds(20))
    func halvesAddToOneAndNeverDecrease(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        let a = Double.exp(Double.random(in: -3...7, using: &generator))
        let b = Double.exp(Double.random(in: -2...7, using: &generator))
        var lastGamma = 0.0
        var lastBeta = 0.0
        for step in 1..<60 {
            let x = Double(step) / 60
            let beta = IncompleteBeta.lower(x, a, b)
            let gamma = IncompleteGamma.lower(a, 3 * a * x)
            expectClose(beta + IncompleteBeta.upper(x, a, b), 1, absolute: 1e-13)
            expectClose(gamma + IncompleteGamma.upper(a, 3 * a * x), 1, absolute: 1e-13)
            #expect(beta >= lastBeta - 1e-13 && gamma >= lastGamma - 1e-13)
            (lastBeta, lastGamma) = (beta, gamma)
        }
    }
}
