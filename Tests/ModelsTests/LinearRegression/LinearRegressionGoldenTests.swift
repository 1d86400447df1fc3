// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR2: linear and ridge regression against statsmodels, scikit-learn and NIST")
struct LinearRegressionGoldenTests {
    private struct Golden: Decodable {
        struct Fit: Decodable {
            var values, standardErrors, t, p: [Double]
            var intervals: [[Double]]
            var rSquared, adjustedRSquared, fStatistic, fPValue, aic, bic: Double
            var logLikelihood, residualVariance: Double
            var means, meanErrors, meanLower, rowLower, rowUpper: [Double]
            var robust: [String: [Double]]
            var clusterP: [Double]
        }
        struct Ridge: Decodable {
            var alpha, intercept: Double
            var coefficients: [Double]
            var hasIntercept: Bool
        }
        struct Longley: Decodable {
            var features: [[Double]]
            var targets: [Double]
        }
        var features, new: [[Double]]
        var targets, weights: [Double]
        var groups: [Int]
        var ols, wls, origin: Fit
        var ridge: [Ridge]
        var longley: Longley
    }

    private let golden: Golden
    private let features: Matrix<Double>
    private let new: Matrix<Double>

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "linear_regression", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        features = Matrix(rows: golden.features)
        new = Matrix(rows: golden.new)
    }

    @Test("ordinary least squares by both solvers", arguments: LinearRegression.Solver.allCases)
    func ordinary(solver: LinearRegression.Solver) throws {
        let data = try RegressionData(features: features, targets: golden.targets)
        let model = try LinearRegression(solver: solver).fit(data)
        try expectSame(model, golden.ols, on: data, new)
        #expect(model.estimates?.map(\.name) == ["intercept", "x0", "x1", "x2", "x3"])
        // Without other weights than 1 both meanings say the same.
        let precise = try LinearRegression(weightMeaning: .precisions, solver: solver).fit(data)
        #expect(precise.inference == model.inference)
    }

    @Test("weighted least squares: weights as precisions")
    func weighted() throws {
        let data = try RegressionData(
            features: features, targets: golden.targets, weights: golden.weights)
        let model = try LinearRegression(weightMeaning: .precisions).fit(data)
        try expectSame(model, golden.wls, on: data, new)
    }

    @Test("without an intercept")
    func origin() throws {
        let data = try RegressionData(
            features: features.gatheringColumns([1, 2, 3]), targets: golden.targets)
        let model = try LinearRegression(fitsIntercept: false).fit(data)
        try expectSame(model, golden.origin, on: data, new.gatheringColumns([1, 2, 3]))
        #expect(model.intercept == 0)
    }

    private func expectSame(
        _ model: LinearRegressionModel, _ golden: Golden.Fit, on data: RegressionData,
        _ new: Matrix<Double>
    ) throws {
        let relative = 1e-8
        let estimates = try #require(model.estimates)
        let inference = try #require(model.inference)
        expectClose(estimates.map(\.value), golden.values, relative: relative)
        expectClose(estimates.map(\.standardError), golden.standardErrors, relative: relative)
        expectClose(estimates.map(\.t), golden.t, relative: relative)
        expectClose(estimates.map(\.pValue), golden.p, relative: relative)
        let intervals = estimates.map { $0.confidenceInterval() }
        expectClose(
            intervals.map(\.lowerBound), golden.intervals.map { $0[0] }, relative: 1e-7)
        expectClose(
            intervals.map(\.upperBound), golden.intervals.map { $0[1] }, relative: 1e-7)
        expectClose(inference.rSquared, golden.rSquared, relative: relative)
        expectClose(inference.adjustedRSquared, golden.adjustedRSquared, relative: relative)
        expectClose(inference.fStatistic, golden.fStatistic, relative: relative)
        expectClose(inference.fPValue, golden.fPValue, relative: relative)
        expectClose(inference.logLikelihood, golden.logLikelihood, relative: relative)
        expectClose(inference.aic, golden.aic, relative: relative)
        expectClose(inference.bic, golden.bic, relative: relative)
        expectClose(inference.residualVariance, golden.residualVariance, relative: relative)
        let predictions = try model.intervals(new)
        expectClose(predictions.map(\.mean), golden.means, relative: relative)
        expectClose(predictions.map(\.standardError), golden.meanErrors, relative: relative)
        expectClose(
            predictions.map { $0.confidenceInterval().lowerBound }, golden.meanLower,
            relative: 1e-7)
        let rows = predictions.map { $0.predictionInterval() }
        expectClose(rows.map(\.lowerBound), golden.rowLower, relative: 1e-7)
        expectClose(rows.map(\.upperBound), golden.rowUpper, relative: 1e-7)
        let kinds: [(String, CovarianceEstimator)] = [
            ("hc0", .hc0), ("hc1", .hc1), ("hc2", .hc2), ("hc3", .hc3),
            ("cluster", .cluster(self.golden.groups)),
        ]
        for (name, kind) in kinds {
            expectClose(
                try model.estimates(kind, on: data).map(\.standardError),
                try #require(golden.robust[name]), relative: relative, name)
        }
        let cluster = try model.estimates(.cluster(self.golden.groups), on: data)
        expectClose(cluster.map(\.pValue), golden.clusterP, relative: 1e-7)
    }

    @Test("ridge regression: scikit-learn's coefficients, with and without weights")
    func ridge() throws {
        for (index, expected) in golden.ridge.enumerated() {
            for solver in LinearRegression.Solver.allCases {
                let model = try LinearRegression(
                    penalty: .ridge(alpha: expected.alpha), fitsIntercept: expected.hasIntercept,
                    solver: solver
                ).fit(
                    features: expected.hasIntercept
                        ? features : features.gatheringColumns([1, 2, 3]),
                    targets: golden.targets, weights: index == 0 ? nil : golden.weights)
                expectClose(model.coefficients, expected.coefficients, relative: 1e-8)
                expectClose(model.intercept, expected.intercept, relative: 1e-8)
                #expect(model.inference == nil && model.estimates == nil)
            }
        }
    }

    @Test("NIST's certified values of Longley's data, whose columns nearly depend on each other")
    func longley() throws {
        // https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml
        let values = [
            -3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683,
            -1.03322686717359, -0.511041056535807e-01, 1829.15146461355,
        ]
        let errors = [
            890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699,
            0.214274163161675, 0.226073200069370, 455.478499142212,
        ]
        let longley = golden.longley
        for (solver, relative) in [
            (LinearRegression.Solver.automatic, 1e-11), (.qr, 1e-11), (.cholesky, 1e-10),
        ] {
            let model = try LinearRegression(solver: solver).fit(
                features: Matrix(rows: longley.features), targets: longley.targets)
            let estimates = try #require(model.estimates)
            expectClose(estimates.map(\.value), values, relative: relative)
            expectClose(estimates.map(\.standardError), errors, relative: relative)
            let inference = try #require(model.inference)
            expectClose(inference.residualVariance.squareRoot(), 304.854073561965, relative: 1e-11)
            expectClose(inference.rSquared, 0.995479004577296, relative: 1e-12)
            expectClose(inference.fStatistic, 330.285339234588, relative: 1e-10)
        }
    }
}
