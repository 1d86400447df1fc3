// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR2, LR4: robust covariance, effects, tests, profiles and Firth against statsmodels")
struct LogisticInferenceTests {
    private struct Golden: Decodable {
        struct Effects: Decodable { var values, standardErrors: [Double] }
        struct Fit: Decodable {
            var coefficients, standardErrors: [Double]
            var intervals: [[Double]]
            var logLikelihood, nullLogLikelihood: Double
        }
        var features, candidates, small: [[Double]]
        var labels, smallLabels: [Bool]
        var groups: [Int]
        var robust: [String: [Double]]
        var effects: [String: Effects]
        var score, likelihoodRatio, wald, waldP: Double
        var firth, profile: Fit
    }

    private let golden: Golden
    private let data: ClassificationData
    private let model: LogisticRegressionModel
    private let recipe = LogisticRegression(penalty: .none)

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "logistic_inference", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        data = try ClassificationData(
            features: Matrix(rows: golden.features), labels: ClassLabels(golden.labels))
        model = try recipe.fit(data)
    }

    @Test("LR2: sandwich standard errors, of rows and of clusters")
    func robust() throws {
        let kinds: [(String, CovarianceEstimator)] = [
            ("hc0", .hc0), ("hc1", .hc1), ("hc2", .hc2), ("hc3", .hc3),
            ("cluster", .cluster(golden.groups)),
        ]
        for (name, kind) in kinds {
            let estimates = try model.estimates(kind, on: data)
            expectClose(
                estimates.map(\.standardError), try #require(golden.robust[name]), relative: 1e-7,
                name)
            #expect(estimates.map(\.value) == model.estimates?.map(\.value))
        }
        expectClose(
            Array(try model.covariance(.observedInformation, on: data).elements),
            Array(try #require(model.inference).covariance.elements), relative: 1e-8)
    }

    @Test("LR2: every row its own cluster is HC1 up to its factor; weight 2 is the row twice")
    func robustIdentities() throws {
        let own = try model.covariance(.cluster(Array(0..<120)), on: data)
        let hc1 = try model.covariance(.hc1, on: data)
        // g / (g - 1) (n - 1) / (n - k) = n / (n - k) for g = n.
        expectClose(Array(own.elements), Array(hc1.elements), relative: 1e-9)
        let order = (0..<120).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
        let weighted = try ClassificationData(
            features: data.features, labels: data.labels,
            weights: (0..<120).map { Double(1 + $0 % 3) })
        let longer = try ClassificationData(
            features: data.features.gatheringRows(order), labels: data.labels[rows: order])
        for kind in [CovarianceEstimator.hc0, .hc1, .hc2, .hc3] {
            expectClose(
                Array(try recipe.fit(weighted).covariance(kind, on: weighted).elements),
                Array(try recipe.fit(longer).covariance(kind, on: longer).elements),
                relative: 1e-8)
        }
        #expect(
            modelError { _ = try model.covariance(.cluster([1, 2]), on: data) }?.code
                == .invalidRecipe)
        let ridge = try LogisticRegression().fit(data)
        #expect(modelError { _ = try ridge.covariance(.hc0, on: data) }?.code == .invalidRecipe)
    }

    @Test("LR2: marginal effects, of numbers and of a flag")
    func effects() throws {
        for point in LogisticRegressionModel.MarginalPoint.allCases {
            let effects = try model.marginalEffects(on: data, at: point)
            let expected = try #require(golden.effects[point.rawValue])
            expectClose(effects.map(\.value), expected.values, relative: 1e-8)
            expectClose(effects.map(\.standardError), expected.standardErrors, relative: 1e-6)
        }
    }

    @Test("LR2: Wald, likelihood-ratio and score tests")
    func tests() throws {
        let wald = try model.waldTest(of: ["x0", "x2"])
        expectClose(wald.statistic, golden.wald, relative: 1e-8)
        expectClose(wald.pValue, golden.waldP, relative: 1e-8)
        #expect(wald.degreesOfFreedom == 2)
        let candidates = Matrix(rows: golden.candidates)
        let score = try model.scoreTest(adding: candidates, to: data)
        expectClose(score.statistic, golden.score, relative: 1e-6)
        #expect(score.degreesOfFreedom == 2)
        let full = try recipe.fit(
            features: .concatenated([data.features, candidates], axis: 1), labels: golden.labels)
        let ratio = try #require(full.inference).likelihoodRatioTest(
            against: #require(model.inference))
        expectClose(ratio.statistic, golden.likelihoodRatio, relative: 1e-8)
        #expect(
            modelError {
                _ = try model.inference?.likelihoodRatioTest(against: #require(full.inference))
            }?.code == .invalidRecipe)
        #expect(modelError { _ = try model.waldTest(of: ["x9"]) }?.code == .invalidRecipe)
    }

    @Test("LR2: profile-likelihood intervals, of the intercept too")
    func profile() throws {
        let shifted = try ClassificationData(
            features: Matrix(rows: golden.features.map { [$0[0] - 2019, $0[1], $0[2]] }),
            labels: data.labels)
        let model = try recipe.fit(shifted)
        for (index, name) in ["intercept", "x0", "x1", "x2"].enumerated() {
            let interval = try recipe.profileInterval(of: name, in: model, on: shifted)
            expectClose(
                [interval.lowerBound, interval.upperBound], golden.profile.intervals[index],
                relative: 1e-8, name)
        }
        let point = try recipe.profileInterval(of: "x1", in: model, on: shifted, level: 0)
        expectClose(point.lowerBound, model.coefficients[1], relative: 1e-9)
        #expect(
            modelError { _ = try recipe.profileInterval(of: "age", in: model, on: shifted) }?.code
                == .invalidRecipe)
        let prior = LogisticRegression(penalty: .l2(C: 1))
        let narrow = try prior.profileInterval(of: "x2", in: prior.fit(shifted), on: shifted)
        #expect(
            narrow.upperBound - narrow.lowerBound
                < golden.profile.intervals[3][1] - golden.profile.intervals[3][0])
    }

    @Test("LR4: Firth's fit is finite where a flag separates, with its profile intervals")
    func firth() throws {
        let recipe = LogisticRegression(penalty: .firth)
        let small = try ClassificationData(
            features: Matrix(rows: golden.small), labels: ClassLabels(golden.smallLabels))
        #expect(modelError { _ = try self.recipe.fit(small) }?.code == .separation)
        let model = try recipe.fit(small)
        let inference = try #require(model.inference)
        expectClose(
            [model.intercept] + model.coefficients, golden.firth.coefficients, relative: 1e-8)
        expectClose(inference.standardErrors, golden.firth.standardErrors, relative: 1e-8)
        expectClose(inference.logLikelihood, golden.firth.logLikelihood, relative: 1e-10)
        expectClose(inference.nullLogLikelihood, golden.firth.nullLogLikelihood, relative: 1e-10)
        for (index, name) in ["intercept", "x0", "x1"].enumerated() {
            let interval = try recipe.profileInterval(of: name, in: model, on: small)
            expectClose(
                [interval.lowerBound, interval.upperBound], golden.firth.intervals[index],
                relative: 1e-7, name)
        }
        #expect(
            modelError {
                try LogisticRegression(penalty: .firth, signs: .all(.nonNegative)).validate()
            }?.code == .invalidRecipe)
    }

    @Test("LR4: in a 2 x 2 table Firth's fit adds half a loan to every cell")
    func firthTable() throws {
        let features = Matrix<Double>(rows: [[0], [0], [1], [1]])
        let cells: [Double] = [28, 12, 0, 18]
        let model = try LogisticRegression(penalty: .firth).fit(
            features: features, labels: [false, true, false, true], weights: cells)
        expectClose(model.intercept, log(12.5 / 28.5), relative: 1e-9)
        expectClose(model.coefficients[0], log(18.5 * 28.5 / (0.5 * 12.5)), relative: 1e-9)
    }

    @Test("LR4: King and Zeng's correction gives the log-odds of the population")
    func rareEvents() throws {
        let corrected = try model.correctingIntercept(sampleShare: 0.5, populationShare: 0.02)
        expectClose(model.intercept - corrected.intercept, log(0.98 / 0.02), relative: 1e-10)
        #expect(corrected.coefficients == model.coefficients)
        #expect(corrected.inference == nil)
        let error = modelError {
            _ = try model.correctingIntercept(sampleShare: 0.5, populationShare: 0)
        }
        #expect(error?.code == .invalidRecipe)
    }
}
