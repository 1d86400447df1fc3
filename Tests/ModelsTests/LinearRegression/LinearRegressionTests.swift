// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR2: linear regression")
struct LinearRegressionTests {
    private let sample = RegressionSample()

    @Test("a weight of 2 is two observations, in every number of the inference")
    func repetitions() throws {
        let order = (0..<120).flatMap { [Int](repeating: $0, count: $0 % 3) }
        let weighted = try RegressionData(
            features: sample.features, targets: sample.targets,
            weights: (0..<120).map { Double($0 % 3) })
        let longer = try RegressionData(
            features: sample.features.gatheringRows(order),
            targets: order.map { sample.targets[$0] })
        let recipe = LinearRegression()
        let (model, reference) = (try recipe.fit(weighted), try recipe.fit(longer))
        let (own, other) = (try #require(model.inference), try #require(reference.inference))
        expectClose(own.standardErrors, other.standardErrors, relative: 1e-10)
        expectClose(own.aic, other.aic, relative: 1e-12)
        expectClose(own.fStatistic, other.fStatistic, relative: 1e-10)
        for kind in [CovarianceEstimator.hc0, .hc1, .hc2, .hc3] {
            expectClose(
                Array(try model.covariance(kind, on: weighted).elements),
                Array(try reference.covariance(kind, on: longer).elements), relative: 1e-8)
        }
        expectClose(
            Array(try model.covariance(.observedInformation, on: weighted).elements),
            Array(own.covariance.elements), relative: 1e-15)
    }

    @Test("an offset is part of the prediction")
    func offsets() throws {
        let offsets = (0..<120).map { Double($0 % 7) - 2 }
        let data = try RegressionData(features: sample.features, targets: sample.targets)
        let model = try LinearRegression().fit(data, offsets: offsets)
        let shifted = try LinearRegression().fit(
            features: sample.features, targets: zip(sample.targets, offsets).map(-))
        #expect(model == shifted)
        let predictions = try model.predictions(sample.features, offsets: offsets)
        expectClose(
            predictions, zip(try shifted.predictions(sample.features), offsets).map(+),
            relative: 1e-15)
        // The residuals of a fit with an intercept sum to 0.
        let sum = zip(sample.targets, predictions).reduce(0) { $0 + $1.0 - $1.1 }
        expectClose(sum, 0, absolute: 1e-10)
        expectClose(
            try model.estimates(.hc3, on: data, offsets: offsets).map(\.standardError),
            try shifted.estimates(
                .hc3,
                on: RegressionData(
                    features: sample.features, targets: zip(sample.targets, offsets).map(-))
            ).map(\.standardError), relative: 1e-10)
        for wrong in [[1, 2], [Double](repeating: .nan, count: 120)] {
            #expect(throws: ModelError.self) {
                try LinearRegression().fit(data, offsets: wrong)
            }
        }
    }

    @Test("dependent, constant and too many features are refused by name; ridge takes them")
    func rank() throws {
        let count = sample.features.rowCount
        let first = sample.features.column(0).elements
        func with(_ column: [Double]) -> Matrix<Double> {
            .concatenated(
                [sample.features, Matrix(rowCount: count, columnCount: 1, elements: column)],
                axis: 1)
        }
        let third = sample.features.column(2).elements
        for solver in LinearRegression.Solver.allCases {
            let recipe = LinearRegression(solver: solver)
            let dependent = with(zip(first, third).map { 2 * $0 - $1 + 3 })
            let error = modelError {
                _ = try recipe.fit(features: dependent, targets: sample.targets)
            }
            #expect(error?.code == .rankDeficient)
            #expect(error?.message.contains("linear in others") == true)
            let constant = modelError {
                _ = try recipe.fit(
                    features: with([Double](repeating: 4, count: count)), targets: sample.targets)
            }
            #expect(constant?.code == .rankDeficient)
            #expect(constant?.message.contains("feature 4 (x4) is constant") == true)
            let ridge = LinearRegression(penalty: .ridge(alpha: 1), solver: solver)
            let shrunk = try ridge.fit(features: dependent, targets: sample.targets)
            let isFinite = shrunk.coefficients.allSatisfy(\.isFinite)
            #expect(isFinite)
            let wide = try ridge.fit(
                features: sample.features.gatheringRows([0, 1]), targets: [1, 2])
            #expect(wide.coefficients.count == 4)
        }
        let few = modelError {
            _ = try LinearRegression().fit(
                features: sample.features.gatheringRows([0, 1, 2]), targets: [1, 2, 4])
        }
        #expect(few?.code == .rankDeficient)
    }

    @Test("as many rows as parameters leave a fit without inference")
    func saturated() throws {
        let rows = [0, 1, 2, 3, 4]
        let targets = rows.map { sample.targets[$0] }
        let model = try LinearRegression().fit(
            features: sample.features.gatheringRows(rows), targets: targets)
        expectClose(
            try model.predictions(sample.features.gatheringRows(rows)), targets, relative: 1e-9)
        #expect(model.inference == nil)
        #expect(
            modelError { _ = try model.intervals(sample.features) }?.code == .invalidRecipe)
    }

    @Test("HC2 and HC3 refuse a row that determines a coefficient alone")
    func leverage() throws {
        var features = Matrix<Double>.concatenated(
            [sample.features, .zeros(120, 1)], axis: 1)
        features[9, 4] = 1
        let data = try RegressionData(features: features, targets: sample.targets)
        let model = try LinearRegression().fit(data)
        let error = modelError { _ = try model.covariance(.hc3, on: data) }
        #expect(error?.code == .rankDeficient)
        #expect(error?.message.contains("row 9") == true)
        #expect(throws: Never.self) { try model.covariance(.hc0, on: data) }
    }

    @Test("values whose squares overflow are refused")
    func overflow() throws {
        var features = sample.features
        features[3, 1] = 1e200
        let error = modelError {
            _ = try LinearRegression().fit(features: features, targets: sample.targets)
        }
        #expect(error?.code == .nonFinite)
        let model = try LinearRegression().fit(features: sample.features, targets: sample.targets)
        let huge = Matrix<Double>(rowCount: 1, columnCount: 4) { _, _ in 1.5e308 }
        _ = modelError { _ = try model.predictions(huge) }.map { #expect($0.code == .nonFinite) }
    }

    @Test("95 % intervals of coefficients and rows cover as often as they say")
    func coverage() throws {
        var (covered, rows, total) = (0, 0, 0)
        for seed in UInt64(1)...250 {
            // The noise of a RegressionSample is uniform: with 120 rows
            // the mean is as good as normal.
            let sample = RegressionSample(rows: 121, columns: 2, seed: seed &* 7919)
            let training = Array(0..<120)
            let model = try LinearRegression().fit(
                features: sample.features.gatheringRows(training),
                targets: training.map { sample.targets[$0] })
            let estimates = try #require(model.estimates)
            for (estimate, truth) in zip(estimates, [5, 0.9, -0.6]) {
                if estimate.confidenceInterval().contains(truth) { covered += 1 }
                total += 1
            }
            let last = try model.intervals(sample.features.gatheringRows([120]))[0]
            // The noise stays within ±1, the interval is at about ±1.14.
            if last.predictionInterval().contains(sample.targets[120]) { rows += 1 }
            #expect(last.confidenceInterval().upperBound < last.predictionInterval().upperBound)
        }
        let share = Double(covered) / Double(total)
        #expect((0.92...0.98).contains(share), "\(share)")
        #expect(rows >= 245)
    }
}
