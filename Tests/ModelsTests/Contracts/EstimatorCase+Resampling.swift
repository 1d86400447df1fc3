// SPDX-License-Identifier: Apache-2.0

import Models

extension EstimatorCase {
    static let resampling: [EstimatorCase] = [
        EstimatorCase(
            name: "resampled by SMOTE and Tomek links",
            recipe: ResampledClassifier(
                LogisticRegression(),
                by: [Resampling(.smote(neighbours: 3)), Resampling(.tomekLinks)], seed: 3),
            invalid: [
                ResampledClassifier(LogisticRegression(), by: []),
                ResampledClassifier(LogisticRegression(), by: [Resampling(.randomOver, ratio: 0)]),
                ResampledClassifier(
                    LogisticRegression(), by: [Resampling(.smote(neighbours: 0))]),
                ResampledClassifier(
                    LogisticRegression(), by: [Resampling(.smoteNominal(["a", "a"]))]),
                ResampledClassifier(
                    LogisticRegression(), by: [Resampling(.borderline(around: 0))]),
                ResampledClassifier(
                    LogisticRegression(), by: [Resampling(.editedNeighbours(count: -1))]),
                ResampledClassifier(
                    LogisticRegression(), by: [Resampling(.adasyn(), ratio: .nan)]),
            ]),
        EstimatorCase(
            name: "balanced bagging",
            recipe: BalancedBagging(NaiveBayes(.gaussian()), memberCount: 3, seed: 5),
            invalid: [
                BalancedBagging(NaiveBayes(), memberCount: 0),
                BalancedBagging(NaiveBayes(), ratio: 2),
            ]),
        EstimatorCase(
            name: "conformal",
            recipe: ConformalClassifier(LogisticRegression(), score: .cumulative),
            invalid: [
                ConformalClassifier(LogisticRegression(), calibrationShare: 1),
                ConformalClassifier(LogisticRegression(penalty: .l2(C: -1))),
            ]),
    ]
}
