// SPDX-License-Identifier: Apache-2.0

import Models

extension EstimatorCase {
    private static let members = [
        EnsembleMember("lr", LogisticRegression()), EnsembleMember("nb", NaiveBayes(.gaussian())),
        EnsembleMember("knn", NearestNeighbourClassifier(NeighbourSearch(.count(40)))),
    ]

    static let ensembles: [EstimatorCase] = [
        EstimatorCase(
            name: "any classifier", recipe: AnyClassifier(LogisticRegression(penalty: .none)),
            reorderingTolerance: 1e-10,
            invalid: [
                AnyClassifier(LogisticRegression(penalty: .l2(C: 0))),
                AnyClassifier(VotingClassifier(members)),
            ]),
        EstimatorCase(
            name: "voting", recipe: VotingClassifier(members, weights: [1, 2, 0.5]),
            reorderingTolerance: 1e-10,
            invalid: [
                VotingClassifier([]), VotingClassifier(members, weights: [1, 2]),
                VotingClassifier(members, weights: [1, 0, 1]),
                VotingClassifier([members[0], members[0]]),
                VotingClassifier([EnsembleMember("", LogisticRegression())]),
                VotingClassifier([EnsembleMember("v", StackingClassifier(members))]),
                VotingClassifier([EnsembleMember("lr", LogisticRegression(iterationLimit: 0))]),
            ]),
        EstimatorCase(
            name: "stacking", recipe: StackingClassifier(members, foldCount: 4, seed: 3),
            reorderingTolerance: nil,
            invalid: [
                StackingClassifier(members, foldCount: 1),
                StackingClassifier(members, final: NaiveBayes(.bernoulli(smoothing: -1))),
                StackingClassifier([]),
            ]),
        EstimatorCase(
            name: "stacking with features",
            recipe: StackingClassifier(
                Array(members.prefix(2)), foldCount: 3, passesFeatures: true),
            reorderingTolerance: nil, invalid: []),
    ]
}
