// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Logistic regression: closed forms and first principles")
struct LogisticRegressionTests {
    /// 2 x 2 table: 12 of 40 without the trait defaulted, 18 of 24 with it.
    private var table: (features: Matrix<Double>, labels: [Bool], weights: [Double]) {
        (Matrix(rows: [[0], [0], [1], [1]]), [false, true, false, true], [28, 12, 6, 18])
    }

    @Test("a 2 x 2 table gives the log odds ratio and Woolf's standard error")
    func oddsRatio() throws {
        let (features, labels, weights) = table
        let model = try LogisticRegression(penalty: .none)
            .fit(features: features, labels: labels, weights: weights)
        let estimates = try #require(model.estimates)
        expectClose(model.intercept, log(12.0 / 28), relative: 1e-13)
        expectClose(model.coefficients[0], log(18.0 * 28 / (6 * 12)), relative: 1e-13)
        expectClose(estimates[1].oddsRatio, 7, relative: 1e-13)
        expectClose(
            estimates[1].standardError, (1.0 / 28 + 1 / 12.0 + 1 / 6.0 + 1 / 18.0).squareRoot(),
            relative: 1e-13)
        expectClose(estimates[0].standardError, (1.0 / 28 + 1 / 12.0).squareRoot(), relative: 1e-13)
        let inference = try #require(model.inference)
        expectClose(inference.covariance[0, 1], -(1.0 / 28 + 1 / 12.0), relative: 1e-13)
        #expect(inference.covariance[0, 1] == inference.covariance[1, 0])
        expectClose(try model.probabilities(features)[3], 0.75, relative: 1e-13)
        let likelihood =
            28 * log(0.7) + 12 * log(0.3) + 6 * log(0.25) + 18 * log(0.75)
        expectClose(inference.logLikelihood, likelihood, relative: 1e-14)
        expectClose(
            inference.nullLogLikelihood, 30 * log(30.0 / 64) + 34 * log(34.0 / 64),
            relative: 1e-14)
        expectClose(
            inference.mcFaddenR2, 1 - likelihood / (30 * log(30.0 / 64) + 34 * log(34.0 / 64)),
            relative: 1e-12)
    }

    /// `C * sum of logLoss + wᵀw / 2`, term by term.
    private func objective(
        _ strength: Double, _ sample: LogisticSample, _ weights: [Double], _ parameters: [Double]
    ) -> Double {
        let loss = (0..<sample.labels.count).reduce(0.0) { sum, row in
            let logit = (1..<parameters.count).reduce(parameters[0]) {
                $0 + parameters[$1] * sample.features[row, $1 - 1]
            }
            return sum + weights[row] * log(1 + exp(sample.labels[row] ? -logit : logit))
        }
        return strength * loss + parameters.dropFirst().reduce(0) { $0 + $1 * $1 } / 2
    }

    @Test(
        "the fit is where finite differences of the public objective vanish",
        arguments: propertySeeds(5))
    func gradient(seed: UInt64) throws {
        let sample = LogisticSample(rows: 60, columns: 3, seed: seed)
        let weights = (0..<60).map { Double($0 % 4) + 0.5 }
        let strength = 0.8
        let model = try LogisticRegression(penalty: .l2(C: strength))
            .fit(features: sample.features, labels: sample.labels, weights: weights)
        let fitted = [model.intercept] + model.coefficients
        let minimum = objective(strength, sample, weights, fitted)
        for index in fitted.indices {
            let step = 1e-4
            var (up, down) = (fitted, fitted)
            up[index] += step
            down[index] -= step
            let above = objective(strength, sample, weights, up)
            let below = objective(strength, sample, weights, down)
            let slope = (above - below) / (2 * step)
            let curvature = (above - 2 * minimum + below) / (step * step)
            #expect(curvature > 0)
            // The distance to the minimum along this axis.
            expectClose(slope / curvature, 0, absolute: 1e-6)
            #expect(above > minimum && below > minimum)
        }
    }

    @Test(
        "standard errors are the curvature of the log-likelihood", arguments: propertySeeds(3))
    func information(seed: UInt64) throws {
        let sample = LogisticSample(rows: 200, columns: 2, seed: seed)
        let weights = [Double](repeating: 1, count: 200)
        let model = try LogisticRegression(penalty: .none)
            .fit(features: sample.features, labels: sample.labels)
        let fitted = [model.intercept] + model.coefficients
        // With a large C the penalty's own curvature of 1 is a negligible share.
        let strength = 1e9
        let step = 1e-3
        var hessian = Matrix<Double>.zeros(3, 3)
        func shifted(_ row: Int, _ first: Double, _ column: Int, _ second: Double) -> Double {
            var parameters = fitted
            parameters[row] += first * step
            parameters[column] += second * step
            return objective(strength, sample, weights, parameters) / strength
        }
        for row in 0..<3 {
            for column in 0..<3 {
                hessian[row, column] =
                    (shifted(row, 1, column, 1) - shifted(row, 1, column, -1)
                        - shifted(row, -1, column, 1) + shifted(row, -1, column, -1))
                    / (4 * step * step)
            }
        }
        let inverse = try hessian.lu().inverse()
        let inference = try #require(model.inference)
        for row in 0..<3 {
            for column in 0..<3 {
                expectClose(
                    inference.covariance[row, column], inverse[row, column], relative: 1e-4,
                    absolute: 1e-6)
            }
        }
    }

    @Test("a fit whose full Newton steps run away converges by halving them")
    func halving() throws {
        let values: [Double] = [-1, 1, -122, -1, 0, -4, 25, -97, 2, -2, 0, 16]
        let features = Matrix(rows: values.map { [$0] })
        let labels = values.map { $0 != -97 }
        var objectives: [Double] = []
        let model = try LogisticRegression(penalty: .none)
            .fit(features: features, labels: labels) { objectives.append($0.objective ?? .nan) }
        #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 * (1 + 1e-12) >= $1 })
        // The likelihood equations.
        let residuals = zip(labels, try model.probabilities(features)).map { ($0 ? 1 : 0) - $1 }
        expectClose(residuals.reduce(0, +), 0, absolute: 1e-10)
        expectClose(zip(residuals, values).map(*).reduce(0, +), 0, absolute: 1e-8)
    }

    @Test("units of the features change coefficients by their factor, probabilities not at all")
    func units() throws {
        let sample = LogisticSample()
        var scaled = sample.features
        let factors = [1e6, 1e-7, 1, 3e4]
        for row in 0..<scaled.rowCount {
            for column in 0..<4 { scaled[row, column] *= factors[column] }
        }
        let recipe = LogisticRegression(penalty: .none)
        let plain = try recipe.fit(features: sample.features, labels: sample.labels)
        let other = try recipe.fit(features: scaled, labels: sample.labels)
        expectClose(
            zip(other.coefficients, factors).map(*), plain.coefficients, relative: 1e-10)
        expectClose(
            try other.probabilities(scaled), try plain.probabilities(sample.features),
            relative: 1e-10)
    }

    @Test("features far from zero and lopsided weights cost nothing but their own digits")
    func location() throws {
        let sample = LogisticSample()
        let recipe = LogisticRegression(penalty: .none)
        let plain = try recipe.fit(features: sample.features, labels: sample.labels)
        let shifted = try recipe.fit(features: sample.features + 0x1p30, labels: sample.labels)
        expectClose(shifted.coefficients, plain.coefficients, relative: 1e-5)
        expectClose(
            try #require(shifted.estimates).dropFirst().map(\.standardError),
            try #require(plain.estimates).dropFirst().map(\.standardError), relative: 1e-5)
        let weights = sample.labels.map { $0 ? 1e17 : 1 }
        let lopsided = try LogisticRegression().fit(
            features: sample.features, labels: sample.labels, weights: weights)
        #expect(lopsided.intercept.isFinite)
        #expect(try lopsided.probabilities(sample.features).allSatisfy { $0 > 0.999 })
    }

    @Test("log-odds are the ordered sum, and probabilities their logistic function")
    func scores() throws {
        let sample = LogisticSample()
        let model = try LogisticRegression().fit(features: sample.features, labels: sample.labels)
        let logOdds = try model.logOdds(sample.features)
        let probabilities = try model.probabilities(sample.features)
        for row in 0..<sample.labels.count {
            let exact = zip(model.coefficients, sample.features.row(row).elements)
                .reduce(model.intercept) { $0 + $1.0 * $1.1 }
            expectClose(logOdds[row], exact, relative: 1e-13, absolute: 1e-13)
            expectClose(probabilities[row], 1 / (1 + exp(-logOdds[row])), relative: 1e-14)
        }
        let extreme = try model.probabilities(
            Matrix(rows: [[-1e300, 0, 0, 0], [1e300, 0, 0, 0]]))
        #expect(extreme == [0, 1])
        // Coefficients of a thousand and more, of both signs: products overflow both ways.
        let steep = try LogisticRegression(penalty: .none)
            .fit(features: sample.features * 1e-4, labels: sample.labels)
        let overflow = modelError {
            _ = try steep.probabilities(
                Matrix(rows: [[0, 0, 0, 0], [1e308, 1e308, 1e308, 1e308]]))
        }
        #expect(overflow?.code == .nonFinite)
        #expect(overflow?.message.hasPrefix("row 1:") == true)
    }

    @Test("a wide row has equal bits alone and in batches of every size")
    func batches() throws {
        let sample = LogisticSample(rows: 200, columns: 53, seed: 2)
        let model = try LogisticRegression(penalty: .l2(C: 0.1))
            .fit(features: sample.features, labels: sample.labels)
        let whole = try model.logOdds(sample.features)
        for size in [1, 2, 3, 4, 7, 16, 33, 128] {
            let parts = try stride(from: 0, to: 200, by: size).flatMap { start in
                try model.logOdds(
                    sample.features.gatheringRows(Array(start..<min(start + size, 200))))
            }
            #expect(parts.map(\.bitPattern) == whole.map(\.bitPattern), "batches of \(size)")
        }
    }
}
