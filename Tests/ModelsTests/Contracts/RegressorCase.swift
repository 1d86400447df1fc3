// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// A regressor with what its contract tests need to know; a new one adds a case to `all`.
struct RegressorCase: Sendable, CustomTestStringConvertible {
    /// The name in the test report.
    var name: String

    /// The recipe under test, fitted to `sample`.
    var recipe: any Regressor

    /// Relative and absolute difference of predictions that a permutation of the rows, or a weight
    /// in the place of repeated rows, may make; `nil` where the fit is random in the rows.
    var reorderingTolerance: Double?

    /// The difference between a row alone and in a batch; 0 means equal bits.
    var batchTolerance: Double = 0

    /// Recipes that ``Regressor/validate()`` refuses.
    var invalid: [any Regressor]

    /// Rows with a target that depends on them.
    var sample = RegressionSample()

    var testDescription: String { name }

    static let all =
        nearestNeighbours + linear + supportVectors + trees + networks + deepBelief

    private static let linear: [RegressorCase] = [
        RegressorCase(
            name: "linear regression", recipe: LinearRegression(), reorderingTolerance: 1e-10,
            invalid: []),
        RegressorCase(
            name: "ridge regression, QR",
            recipe: LinearRegression(penalty: .ridge(alpha: 3), solver: .qr),
            reorderingTolerance: 1e-10,
            invalid: [
                LinearRegression(penalty: .ridge(alpha: 0)),
                LinearRegression(penalty: .ridge(alpha: .nan)),
                LinearRegression(penalty: .ridge(alpha: .infinity)),
            ]),
        RegressorCase(
            name: "linear regression without an intercept",
            recipe: LinearRegression(
                fitsIntercept: false, weightMeaning: .precisions, solver: .cholesky),
            reorderingTolerance: 1e-10, invalid: []),
    ]

    private static let nearestNeighbours: [RegressorCase] = [
        RegressorCase(
            name: "nearest neighbours, brute force",
            recipe: NearestNeighbourRegressor(
                NeighbourSearch(.count(10), algorithm: .bruteForce)),
            reorderingTolerance: 1e-12,
            invalid: [
                NearestNeighbourRegressor(NeighbourSearch(.count(0))),
                NearestNeighbourRegressor(NeighbourSearch(.radius(.nan))),
                NearestNeighbourRegressor(window: 0),
            ]),
        RegressorCase(
            name: "nearest neighbours, KD-tree",
            recipe: NearestNeighbourRegressor(
                NeighbourSearch(
                    .count(10), weighting: .inverseDistance, scaling: .minMax, algorithm: .kdTree,
                    leafSize: 4)),
            reorderingTolerance: 1e-12, invalid: []),
    ]
}

/// The rows of a ``LogisticSample`` with a number each.
struct RegressionSample {
    var features: Matrix<Double>
    var targets: [Double]

    init(rows: Int = 120, columns: Int = 4, seed: UInt64 = 17) {
        features = LogisticSample(rows: rows, columns: columns, seed: seed).features
        var generator = TestGenerator(seed: seed + 1)
        let features = features
        targets = (0..<rows).map { row in
            let signal = (0..<columns).reduce(5.0) { sum, column in
                sum + (column.isMultiple(of: 2) ? 0.9 : -0.6) * features[row, column]
            }
            return signal + Double.random(in: -1...1, using: &generator)
        }
    }
}
