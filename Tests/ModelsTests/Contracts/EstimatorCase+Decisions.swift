// SPDX-License-Identifier: Apache-2.0

import Metrics
import Models

extension EstimatorCase {
    private static let costs = try? CostMatrix(falsePositive: 1, falseNegative: 4)

    static let decisions: [EstimatorCase] = [
        EstimatorCase(
            name: "decisions by the least cost",
            recipe: LogisticRegression().deciding(
                by: costs.map { .leastCost($0) } ?? .balancedAccuracy, foldCount: 3),
            invalid: [
                LogisticRegression().deciding(by: .fMeasure(beta: -1)),
                LogisticRegression().deciding(by: .balancedAccuracy, foldCount: 1),
                LogisticRegression(penalty: .l2(C: -1)).deciding(by: .fixed(0.5)),
            ], predictsMostProbable: false),
        EstimatorCase(
            name: "decisions by a given threshold",
            recipe: NaiveBayes(.gaussian()).deciding(by: .fixed(0.3)),
            reorderingTolerance: 1e-12,
            invalid: [NaiveBayes().deciding(by: .fixed(2))], predictsMostProbable: false),
    ]
}
