// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite(
    "Logistic regression on German credit, against statsmodels and scikit-learn",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanParityTests {
    private struct Inference: Decodable {
        var coef, se, z, p: [Double]
        var ci95: [[Double]]
        var llf, llnull, aic, bic, pseudo_r2, llr, llr_p: Double
    }

    private struct Fits: Decodable {
        struct Fit: Decodable {
            var intercept: Double
            var coef: [Double]
        }
        var fits: [String: Fit]
    }

    @Test("LR2: every number of the maximum-likelihood fit")
    func maximumLikelihood() throws {
        let german = try GermanNumeric()
        let golden: Inference = try SharedData.json("golden/logit_german_statsmodels.json")
        let model = try LogisticRegression(penalty: .none)
            .fit(features: german.features, labels: german.isBad)
        let estimates = try #require(model.estimates)
        let inference = try #require(model.inference)
        let relative = 1e-9
        expectClose([model.intercept] + model.coefficients, golden.coef, relative: relative)
        expectClose(estimates.map(\.value), golden.coef, relative: relative)
        expectClose(estimates.map(\.standardError), golden.se, relative: relative)
        expectClose(estimates.map(\.z), golden.z, relative: relative)
        expectClose(estimates.map(\.pValue), golden.p, relative: relative)
        let intervals = estimates.map { $0.confidenceInterval() }
        expectClose(intervals.map(\.lowerBound), golden.ci95.map { $0[0] }, relative: 1e-8)
        expectClose(intervals.map(\.upperBound), golden.ci95.map { $0[1] }, relative: 1e-8)
        expectClose(inference.logLikelihood, golden.llf, relative: 1e-12)
        expectClose(inference.aic, golden.aic, relative: 1e-12)
        expectClose(inference.bic, golden.bic, relative: 1e-12)
        // statsmodels finds the null model by iteration, to 4e-11; ours is the closed form.
        expectClose(inference.nullLogLikelihood, golden.llnull, relative: 1e-10)
        expectClose(
            inference.nullLogLikelihood, 300 * log(0.3) + 700 * log(0.7), relative: 1e-15)
        expectClose(inference.mcFaddenR2, golden.pseudo_r2, relative: 1e-9)
        expectClose(inference.likelihoodRatio, golden.llr, relative: 1e-9)
        expectClose(inference.likelihoodRatioPValue, golden.llr_p, relative: 1e-7)
        #expect(estimates.first?.name == "intercept")
        #expect(inference.likelihoodRatioDegreesOfFreedom == 24)
    }

    @Test("LR1: L2 fits, with equal and with balanced weights")
    func ridge() throws {
        let german = try GermanNumeric()
        let golden: Fits = try SharedData.json("golden/logit_german_sklearn.json")
        let features = german.standardised
        let plain = try LogisticRegression().fit(features: features, labels: german.isBad)
        try expectSame(plain, #require(golden.fits["l2_C1"]))
        // scikit-learn's "balanced": rows / (classes * rows of the class).
        let balanced = try LogisticRegression(penalty: .l2(C: 1)).fit(
            features: features, labels: german.isBad,
            weights: german.isBad.map { $0 ? 1000 / (2 * 300) : 1000 / (2 * 700) })
        try expectSame(balanced, #require(golden.fits["l2_C1_balanced"]))
        let recipe = LogisticRegression(penalty: .l2(C: 1), classWeighting: .balanced)
        try expectSame(
            recipe.fit(features: features, labels: german.isBad),
            #require(golden.fits["l2_C1_balanced"]))
        #expect(plain.inference == nil)
        #expect(plain.estimates == nil)
    }

    @Test("LR1: L1 and elastic net")
    func sparsePenalties() throws {
        let german = try GermanNumeric()
        let golden: Fits = try SharedData.json("golden/logit_german_sklearn.json")
        let penalties: [(String, LogisticRegression.Penalty)] = [
            ("l1_C01", .l1(C: 0.1)), ("en_C01", .elasticNet(C: 0.1, l1Ratio: 0.5)),
        ]
        for (name, penalty) in penalties {
            let model = try LogisticRegression(penalty: penalty)
                .fit(features: german.standardised, labels: german.isBad)
            let fit = try #require(golden.fits[name])
            expectClose(
                [model.intercept] + model.coefficients, [fit.intercept] + fit.coef,
                absolute: 1e-6, name)
            #expect(model.coefficients.map { $0 == 0 } == fit.coef.map { $0 == 0 })
        }
    }

    private struct Inflation: Decodable { var factors: [Double] }

    @Test("LR5: the variance inflation factors of statsmodels")
    func varianceInflation() throws {
        let german = try GermanNumeric()
        let url = try #require(
            Bundle.module.url(
                forResource: "german_inflation", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Inflation.self, from: Data(contentsOf: url))
        let data = try ClassificationData(
            features: german.features, labels: ClassLabels(german.isBad))
        expectClose(data.varianceInflationFactors(), golden.factors, relative: 1e-10)
    }

    private func expectSame(_ model: LogisticRegressionModel, _ fit: Fits.Fit) {
        expectClose(
            [model.intercept] + model.coefficients, [fit.intercept] + fit.coef, relative: 1e-9)
    }
}
