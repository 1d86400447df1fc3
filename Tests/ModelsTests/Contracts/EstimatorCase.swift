// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing

/// An estimator with what its contract tests need to know; a new estimator adds one to `all`.
struct EstimatorCase: Sendable, CustomTestStringConvertible {
    /// The name in the test report.
    var name: String

    /// The recipe under test, fitted to `sample`.
    var recipe: any Classifier

    /// Relative and absolute difference of probabilities that a permutation of the rows, or a
    /// weight in the place of repeated rows, may make; `nil` where the fit is random in the rows.
    var reorderingTolerance: Double?

    /// The difference between a row alone and in a batch; 0 means equal bits.
    var batchTolerance: Double = 0

    /// A recipe that stops at its iteration limit on `sample`; `nil` where there is no limit.
    var unfinished: (any Classifier)?

    /// Recipes that ``Classifier/validate()`` refuses.
    var invalid: [any Classifier]

    /// Rows of two classes that overlap.
    var sample = LogisticSample()

    var testDescription: String { name }

    static let all: [EstimatorCase] = [
        EstimatorCase(
            name: "logistic regression, maximum likelihood",
            recipe: LogisticRegression(penalty: .none), reorderingTolerance: 1e-10,
            unfinished: LogisticRegression(penalty: .none, iterationLimit: 2),
            invalid: [
                LogisticRegression(penalty: .none, iterationLimit: 0),
                LogisticRegression(penalty: .none, gradientTolerance: 0),
                LogisticRegression(penalty: .none, gradientTolerance: .nan),
            ]),
        EstimatorCase(
            name: "logistic regression, L2", recipe: LogisticRegression(penalty: .l2(C: 0.7)),
            reorderingTolerance: 1e-10,
            unfinished: LogisticRegression(penalty: .l2(C: 0.7), iterationLimit: 1),
            invalid: [
                LogisticRegression(penalty: .l2(C: 0)), LogisticRegression(penalty: .l2(C: -1)),
                LogisticRegression(penalty: .l2(C: .infinity)),
                LogisticRegression(penalty: .l2(C: .nan)),
            ]),
        EstimatorCase(
            name: "logistic regression, no intercept",
            recipe: LogisticRegression(penalty: .none, fitsIntercept: false),
            reorderingTolerance: 1e-10,
            unfinished: LogisticRegression(fitsIntercept: false, iterationLimit: 1), invalid: []),
    ]
}
