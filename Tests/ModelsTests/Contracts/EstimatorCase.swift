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

    /// Whether a row gets its most probable class; `false` where a threshold decides.
    var predictsMostProbable = true

    var testDescription: String { name }

    func iterationLimit() throws {
        guard let unfinished else { return }
        let error = modelError {
            _ = try unfinished.fit(features: sample.features, labels: sample.labels)
        }
        #expect(error?.code == .notConverged)
        #expect(error?.message.contains("iterations") == true)
        #expect(error?.message.contains("gradient norm") == true)
    }

    static let all =
        logisticRegression + naiveBayes + nearestNeighbours + calibration + resampling + ensembles
        + supportVectors + trees + networks + decisions + deepBelief

    private static let logisticRegression: [EstimatorCase] = [
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
        EstimatorCase(
            name: "logistic regression, L1",
            recipe: LogisticRegression(penalty: .l1(C: 0.8), classWeighting: .balanced),
            reorderingTolerance: 1e-9,
            unfinished: LogisticRegression(penalty: .l1(C: 0.8), iterationLimit: 1),
            invalid: [
                LogisticRegression(penalty: .l1(C: 0)),
                LogisticRegression(penalty: .elasticNet(C: 1, l1Ratio: 1.5)),
                LogisticRegression(penalty: .elasticNet(C: .nan, l1Ratio: 0.5)),
                LogisticRegression(penalty: .l1(C: 1), solver: .newton),
                LogisticRegression(classWeighting: .factors([1, -1])),
            ]),
        EstimatorCase(
            name: "logistic regression, elastic net",
            recipe: LogisticRegression(penalty: .elasticNet(C: 2, l1Ratio: 0.3)),
            reorderingTolerance: 1e-9, invalid: []),
        EstimatorCase(
            name: "logistic regression, L-BFGS",
            recipe: LogisticRegression(penalty: .l2(C: 0.7), solver: .lbfgs),
            reorderingTolerance: 1e-5, invalid: []),
        EstimatorCase(
            name: "logistic regression, SAGA",
            recipe: LogisticRegression(
                penalty: .elasticNet(C: 0.7, l1Ratio: 0.4), solver: .saga, gradientTolerance: 1e-7,
                seed: 3),
            unfinished: LogisticRegression(penalty: .l1(C: 1), solver: .saga, iterationLimit: 1),
            invalid: [LogisticRegression(penalty: .none, solver: .saga)]),
        EstimatorCase(
            name: "logistic regression, Firth", recipe: LogisticRegression(penalty: .firth),
            reorderingTolerance: 1e-8,
            unfinished: LogisticRegression(penalty: .firth, iterationLimit: 1),
            invalid: [LogisticRegression(penalty: .firth, solver: .lbfgs)]),
        EstimatorCase(
            name: "ordinal regression", recipe: OrdinalRegression(penalty: .none),
            reorderingTolerance: 1e-9,
            unfinished: OrdinalRegression(iterationLimit: 1),
            invalid: [
                OrdinalRegression(penalty: .l2(C: -1)), OrdinalRegression(iterationLimit: 0),
                OrdinalRegression(gradientTolerance: .infinity),
            ]),
        EstimatorCase(
            name: "multinomial regression", recipe: MultinomialRegression(penalty: .l2(C: 2)),
            reorderingTolerance: 1e-9,
            unfinished: MultinomialRegression(iterationLimit: 1),
            invalid: [
                MultinomialRegression(penalty: .l2(C: .nan)),
                MultinomialRegression(classWeighting: .factors([0, 1])),
                MultinomialRegression(iterationLimit: 0),
            ]),
    ]
}
