// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models

extension EstimatorCase {
    private static let exact = SupportVectorSolver(tolerance: 1e-8)

    static let supportVectors: [EstimatorCase] = [
        EstimatorCase(
            name: "support vectors, C",
            recipe: SupportVectorClassifier(
                .c(0.5), probabilities: .logistic, solver: exact),
            reorderingTolerance: 1e-6,
            invalid: [
                SupportVectorClassifier(.c(0)), SupportVectorClassifier(.c(.nan)),
                SupportVectorClassifier(kernel: .radialBasis(gamma: .value(0))),
                SupportVectorClassifier(kernel: .polynomial(degree: 0)),
                SupportVectorClassifier(kernel: .sigmoid(offset: .infinity)),
                SupportVectorClassifier(solver: .init(tolerance: 0)),
                SupportVectorClassifier(solver: .init(cacheBytes: -1)),
                SupportVectorClassifier(solver: .init(iterationLimit: 0)),
                SupportVectorClassifier(probabilities: .platt(folds: 1)),
                SupportVectorClassifier(classWeighting: .factors([1, -1])),
            ]),
        EstimatorCase(
            name: "support vectors, nu, Platt",
            recipe: SupportVectorClassifier(
                .nu(0.7), probabilities: .platt(folds: 3), solver: .init(tolerance: 1e-4)),
            invalid: [SupportVectorClassifier(.nu(0)), SupportVectorClassifier(.nu(1.5))]),
        EstimatorCase(
            name: "linear support vectors, Newton",
            recipe: LinearSupportVectorClassifier(
                c: 0.1, probabilities: .logistic, tolerance: 1e-9),
            reorderingTolerance: 1e-6,
            unfinished: LinearSupportVectorClassifier(
                c: 0.1, probabilities: .logistic, tolerance: 1e-9, iterationLimit: 1),
            invalid: [
                LinearSupportVectorClassifier(c: 0),
                LinearSupportVectorClassifier(loss: .hinge, solver: .trustRegionNewton),
                LinearSupportVectorClassifier(interceptScale: .nan),
                LinearSupportVectorClassifier(tolerance: 0),
                LinearSupportVectorClassifier(iterationLimit: 0),
                LinearSupportVectorClassifier(probabilities: .platt(folds: 1)),
            ]),
        EstimatorCase(
            name: "linear support vectors, coordinate descent, Platt",
            recipe: LinearSupportVectorClassifier(
                c: 0.001, loss: .hinge, probabilities: .platt(folds: 2), tolerance: 0.01,
                iterationLimit: 20_000),
            invalid: []),
    ]
}

extension RegressorCase {
    static let supportVectors: [RegressorCase] = [
        RegressorCase(
            name: "support vector regression",
            recipe: SupportVectorRegressor(
                .epsilon(c: 2, width: 0.2), kernel: .radialBasis(gamma: .value(0.05)),
                solver: .init(tolerance: 1e-8)),
            reorderingTolerance: 1e-6,
            invalid: [
                SupportVectorRegressor(.epsilon(c: 0, width: 0.1)),
                SupportVectorRegressor(.epsilon(c: 1, width: -1)),
                SupportVectorRegressor(.nu(c: 1, nu: 2)),
                SupportVectorRegressor(kernel: .sigmoid(gamma: .value(.nan))),
            ]),
        RegressorCase(
            name: "support vector regression, nu",
            recipe: SupportVectorRegressor(
                .nu(c: 5, nu: 0.5), kernel: .radialBasis(gamma: .value(0.05)),
                solver: .init(tolerance: 1e-5)),
            reorderingTolerance: 1e-2, invalid: []),
        RegressorCase(
            name: "linear support vector regression",
            recipe: LinearSupportVectorRegressor(c: 0.1, tolerance: 1e-9),
            reorderingTolerance: 1e-6,
            invalid: [
                LinearSupportVectorRegressor(c: 0), LinearSupportVectorRegressor(width: -1),
                LinearSupportVectorRegressor(interceptScale: .nan),
                LinearSupportVectorRegressor(tolerance: .infinity),
                LinearSupportVectorRegressor(iterationLimit: 0),
            ]),
    ]
}
