// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: comparison of models against scipy, statsmodels and baycomp")
struct ComparisonTests {
    struct Golden: Decodable {
        struct Friedman: Decodable {
            var scores: [[Double]]
            var meanRanks, nemenyi, bonferroni, holm, hochberg, benjaminiHochberg: [Double]
            var statistic, pValue, imanDavenport, imanDavenportPValue, criticalDifference: Double
        }
        struct Test: Decodable {
            var statistic, pValue: Double
        }
        struct Wilcoxon: Decodable {
            var smooth, tied, many: [Double]
            var smoothExact, smoothGreater, smoothLess, tiedNormal, prattNormal, manyNormal: Test
        }
        struct McNemar: Decodable {
            var first, second: Int
            var exact, midP, corrected, plain, plainPValue: Double
        }
        struct Folds: Decodable {
            var differences, interval, bayesian, bayesianNoRope: [Double]
            var statistic, pValue: Double
        }
        struct SignedRank: Decodable {
            var differences, rope, noRope: [Double]
        }
        var friedman: Friedman
        var wilcoxon: Wilcoxon
        var mcnemar: [McNemar]
        var folds: Folds
        var signedRank: SignedRank
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "comparison", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private var friedman: FriedmanTest {
        get throws {
            try FriedmanTest(
                scores: Matrix(rows: golden.friedman.scores), models: ["a", "b", "c", "d"])
        }
    }

    @Test("Friedman's test with ties, Iman and Davenport's correction")
    func friedmanTest() throws {
        let test = try friedman
        expectClose(test.meanRanks, golden.friedman.meanRanks, relative: 1e-14)
        expectClose(test.statistic, golden.friedman.statistic, relative: 1e-12)
        expectClose(test.pValue, golden.friedman.pValue, relative: 1e-10)
        expectClose(test.imanDavenportStatistic, golden.friedman.imanDavenport, relative: 1e-12)
        expectClose(
            test.imanDavenportPValue, golden.friedman.imanDavenportPValue, relative: 1e-10)
        let reversed = try FriedmanTest(
            scores: -Matrix(rows: golden.friedman.scores), models: ["a", "b", "c", "d"],
            higherIsBetter: false)
        #expect(reversed == test)
        let equal = try FriedmanTest(scores: .zeros(3, 3), models: ["a", "b", "c"])
        #expect(equal.statistic == 0 && equal.pValue == 1 && equal.imanDavenportPValue == 1)
        let same = try FriedmanTest(
            scores: Matrix(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 9]]), models: ["a", "b", "c"])
        #expect(same.imanDavenportStatistic == .infinity && same.imanDavenportPValue == 0)
    }

    @Test("pairs by Nemenyi and by adjusted p-values")
    func pairs() throws {
        let test = try friedman
        let nemenyi = test.comparisons(.nemenyi)
        expectClose(nemenyi.map(\.pValue), golden.friedman.nemenyi, relative: 1e-5, absolute: 1e-9)
        #expect(nemenyi.map(\.first) == ["a", "a", "a", "b", "b", "c"])
        for (adjustment, expected) in [
            (PValueAdjustment.bonferroni, golden.friedman.bonferroni),
            (.holm, golden.friedman.holm), (.hochberg, golden.friedman.hochberg),
            (.benjaminiHochberg, golden.friedman.benjaminiHochberg),
        ] {
            expectClose(
                test.comparisons(.adjusted(adjustment)).map(\.pValue), expected, relative: 1e-10,
                adjustment.rawValue)
        }
        expectClose(
            test.criticalDifference(), golden.friedman.criticalDifference, relative: 1e-6)
        let control = try test.comparisons(with: "a")
        #expect(control.map(\.first) == ["b", "c", "d"])
        expectClose(
            control[2].rankDifference, golden.friedman.meanRanks[3] - golden.friedman.meanRanks[0],
            absolute: 1e-14)
        #expect(modelError { _ = try test.comparisons(with: "x") }?.code == .incompatible)
    }

    /// Demšar's table 5a, whose third decimals are off by one in places.
    @Test("critical values of Nemenyi's test are the published ones")
    func publishedCriticalValues() throws {
        let published = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164]
        for (index, value) in published.enumerated() {
            let count = index + 2
            let rows = (0..<6).map { row in (0..<count).map { Double(($0 * 7 + row * 3) % 11) } }
            let test = try FriedmanTest(
                scores: Matrix(rows: rows), models: (0..<count).map { "m\($0)" })
            let error = (Double(count * (count + 1)) / 36).squareRoot()
            expectClose(test.criticalDifference() / error, value, absolute: 0.001)
        }
    }

    @Test("groups that are not told apart")
    func groups() throws {
        // Ranks 1, 2, 3 on 20 data sets: the critical difference is 0.74.
        let rows = [[Double]](repeating: [3, 2, 1], count: 20)
        let clear = try FriedmanTest(scores: Matrix(rows: rows), models: ["a", "b", "c"])
        #expect(clear.indistinctGroups().isEmpty)
        let few = try FriedmanTest(
            scores: Matrix(rows: Array(rows.prefix(4))), models: ["a", "b", "c"])
        // Now it is 1.66: neighbours are alike, the ends are not.
        #expect(few.indistinctGroups() == [["a", "b"], ["b", "c"]])
    }

    @Test("Wilcoxon's test: exact, with ties, normal")
    func wilcoxon() throws {
        let given = golden.wilcoxon
        let smooth = try WilcoxonSignedRank(differences: given.smooth)
        #expect(smooth.isExact)
        #expect(
            min(smooth.positiveRankSum, smooth.negativeRankSum) == given.smoothExact.statistic)
        expectClose(smooth.pValue, given.smoothExact.pValue, relative: 1e-12)
        expectClose(
            try WilcoxonSignedRank(differences: given.smooth, alternative: .greater).pValue,
            given.smoothGreater.pValue, relative: 1e-12)
        expectClose(
            try WilcoxonSignedRank(differences: given.smooth, alternative: .less).pValue,
            given.smoothLess.pValue, relative: 1e-12)
        expectClose(
            try WilcoxonSignedRank(differences: given.tied, method: .normal).pValue,
            given.tiedNormal.pValue, relative: 1e-12)
        expectClose(
            try WilcoxonSignedRank(differences: given.tied, zeros: .pratt, method: .normal).pValue,
            given.prattNormal.pValue, relative: 1e-12)
        let many = try WilcoxonSignedRank(differences: given.many)
        #expect(!many.isExact)
        expectClose(many.pValue, given.manyNormal.pValue, relative: 1e-12)
    }

    @Test("exact p-values count all signs, with ties and zeros", arguments: propertySeeds(4))
    func wilcoxonBruteForce(_ seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        for zeros in WilcoxonSignedRank.Zeros.allCases {
            let values = (0..<11).map { _ in Double(Int.random(in: -4...5, using: &generator)) }
            guard values.contains(where: { $0 != 0 }) else { continue }
            let test = try WilcoxonSignedRank(differences: values, zeros: zeros)
            let kept = zeros == .dropped ? values.filter { $0 != 0 } : values
            let ranks = Vector(kept.map { abs($0) }).ranks().elements
            let own = kept.indices.filter { kept[$0] != 0 }.map { ranks[$0] }
            var below = 0.0
            var above = 0.0
            for signs in 0..<1 << own.count {
                let sum = own.indices.reduce(0) { signs >> $1 & 1 == 1 ? $0 + own[$1] : $0 }
                if sum <= test.positiveRankSum { below += 1 }
                if sum >= test.positiveRankSum { above += 1 }
            }
            let expected = min(1, 2 * min(below, above) / Double(1 << own.count))
            expectClose(test.pValue, expected, relative: 1e-13, "seed \(seed), \(values)")
        }
    }

    @Test("McNemar's test: exact, mid-p and chi-square")
    func mcNemar() throws {
        for given in golden.mcnemar {
            let test = try McNemarTest(
                onlyFirstRight: given.first, onlySecondRight: given.second)
            expectClose(test.exactPValue, given.exact, relative: 1e-12)
            expectClose(test.midPValue, given.midP, relative: 1e-11)
            expectClose(test.chiSquare().statistic, given.corrected, relative: 1e-14)
            let plain = test.chiSquare(continuityCorrection: false)
            expectClose(plain.statistic, given.plain, relative: 1e-14)
            expectClose(plain.pValue, given.plainPValue, relative: 1e-11)
        }
        let test = try McNemarTest(
            labels: ["a", "b", "a", "c", "b"], first: ["a", "b", "b", "b", "b"],
            second: ["a", "a", "a", "a", "a"])
        #expect(test.onlyFirstRight == 2 && test.onlySecondRight == 1)
        let none = try McNemarTest(onlyFirstRight: 0, onlySecondRight: 0)
        #expect(none.exactPValue == 1 && none.midPValue == 1 && none.chiSquare().pValue == 1)
        let equal = try McNemarTest(onlyFirstRight: 4, onlySecondRight: 4)
        #expect(equal.exactPValue == 1 && equal.midPValue == 1)
        #expect(
            modelError { _ = try McNemarTest(onlyFirstRight: -1, onlySecondRight: 0) }?.code
                == .invalidValue)
        #expect(
            modelError { _ = try McNemarTest(labels: [1], first: [1, 2], second: [1]) }?.code
                == .invalidLabels)
    }

    @Test("the corrected resampled t-test and its Bayesian form")
    func folds() throws {
        let given = golden.folds
        let test = try CorrectedResampledTTest(differences: given.differences, testShare: 1 / 9)
        expectClose(test.statistic, given.statistic, relative: 1e-12)
        expectClose(test.pValue, given.pValue, relative: 1e-11)
        let interval = test.interval()
        expectClose(
            [interval.lowerBound, interval.upperBound], given.interval, relative: 1e-10,
            absolute: 1e-13)
        let bayesian = try BayesianCorrelatedTTest(
            differences: given.differences, correlation: 0.1)
        let shares = bayesian.probabilities(rope: 0.005)
        expectClose(
            [shares.below, shares.within, shares.above], given.bayesian, relative: 1e-9)
        let halves = bayesian.probabilities()
        expectClose([halves.below, halves.above], given.bayesianNoRope, relative: 1e-10)
        #expect(halves.within == 0)
        // One-sided p-value and posterior probability are the same number.
        expectClose(test.pValue / 2, halves.below, relative: 1e-10)
        let constant = try BayesianCorrelatedTTest(differences: [0.1, 0.1], correlation: 0.5)
        #expect(constant.probabilities(rope: 0.05).above == 1)
        #expect(
            try CorrectedResampledTTest(differences: [0, 0, 0], testShare: 0.1).pValue == 1)
        #expect(
            try CorrectedResampledTTest(differences: [1, 1, 1], testShare: 0.1).pValue == 0)
    }

    @Test("the Bayesian signed-rank test is baycomp's within its sampling error")
    func signedRank() throws {
        let given = golden.signedRank
        let draws = 20_000
        for (rope, expected) in [(0.005, given.rope), (0, given.noRope)] {
            let plan = BayesianSignedRank(rope: rope, sampleCount: draws, seed: 7)
            let posterior = try plan.posterior(of: given.differences)
            let shares = posterior.probabilities
            let own =
                rope > 0
                ? [shares.below, shares.within, shares.above] : [shares.below, shares.above]
            for (share, reference) in zip(own, expected) {
                let error = (reference * (1 - reference) / Double(draws)).squareRoot()
                #expect(abs(share - reference) < 4 * error + 1e-4, "\(share), \(reference)")
            }
            #expect(try plan.posterior(of: given.differences) == posterior)
        }
    }

    @Test("one draw's shares are those of all pairs")
    func signedRankPairs() throws {
        // With one difference and the prior the pairs are (0, 0), (0, d) twice and (d, d).
        let posterior = try BayesianSignedRank(rope: 0.1, sampleCount: 200, seed: 1)
            .posterior(of: [0.3])
        for share in posterior.shares {
            // (0, d) has the mean 0.15, above the region; (0, 0) lies within.
            let prior = share.within.squareRoot()
            expectClose(share.above, 1 - prior * prior, absolute: 1e-12)
            #expect(share.below == 0)
        }
        let edge = try BayesianSignedRank(rope: 0.25, sampleCount: 50, seed: 1)
            .posterior(of: [0.5])
        for share in edge.shares {
            // (0, d) lies on the edge: half of it counts.
            let own = 1 - (1 - share.above).squareRoot()
            #expect(share.above > own * own)
        }
        let turned = try BayesianSignedRank(rope: 0.25, sampleCount: 4000, seed: 1)
            .posterior(of: [-0.5, -0.1, -0.7]).probabilities
        let straight = try BayesianSignedRank(rope: 0.25, sampleCount: 4000, seed: 1)
            .posterior(of: [0.5, 0.1, 0.7]).probabilities
        expectClose(turned.below, straight.above, absolute: 0.04)
    }

    @Test("reports of the same folds are compared, others refused")
    func reports() throws {
        let table = try LoanTable.make(rows: 200)
        let plan = CrossValidation(foldCount: 5, seeds: [1, 2])
        let strong = try plan.evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad")
        let weak = try plan.evaluate(
            Pipeline(.select(["age"]), .standardise()).then(NaiveBayes(.gaussian())), on: table,
            target: "outcome", positive: "bad")
        let test = try strong.tTest(of: \.rocAUC, against: weak)
        expectClose(
            test.mean,
            strong.summary(of: \.rocAUC).mean - weak.summary(of: \.rocAUC).mean, absolute: 1e-14)
        let deviation = ScoreSummary(try strong.differences(of: \.rocAUC, from: weak))
            .standardDeviation
        expectClose(test.standardError, deviation * (0.1 + 0.25).squareRoot(), relative: 1e-12)
        let posterior = try strong.bayesianTTest(of: \.rocAUC, against: weak)
        #expect(posterior.probabilities(rope: 0.01).above > 0.9)
        let other = try CrossValidation(foldCount: 5, seeds: [1, 3]).evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad")
        #expect(
            modelError { _ = try strong.tTest(of: \.rocAUC, against: other) }?.code
                == .incompatible)
    }

    @Test("refusals name the numbers")
    func refusals() {
        #expect(
            modelError { _ = try FriedmanTest(scores: .zeros(1, 3), models: ["a", "b", "c"]) }?
                .message == "1 data sets of 3 models; two of each are needed")
        #expect(
            modelError { _ = try FriedmanTest(scores: .zeros(2, 3), models: ["a", "b"]) }?.code
                == .wrongWidth)
        #expect(
            modelError { _ = try FriedmanTest(scores: .zeros(2, 2), models: ["a", "a"]) }?.code
                == .incompatible)
        #expect(modelError { _ = try WilcoxonSignedRank(differences: [0, 0]) }?.code == .empty)
        #expect(
            modelError { _ = try WilcoxonSignedRank(differences: [1, .nan]) }?.message
                == "the difference 1 is nan")
        #expect(
            modelError { _ = try CorrectedResampledTTest(differences: [1], testShare: 1) }?.code
                == .empty)
        #expect(
            modelError {
                _ = try BayesianCorrelatedTTest(differences: [1, 2], correlation: 1)
            }?.code == .invalidValue)
        #expect(
            modelError { _ = try BayesianSignedRank(rope: -1).posterior(of: [1]) }?.code
                == .invalidRecipe)
        #expect(
            modelError {
                _ = try BayesianSignedRank(rope: 0).posterior(of: [1]) { $0.stop() }
            }?.code == .cancelled)
    }
}
