// SPDX-License-Identifier: Apache-2.0

import Models

extension EstimatorCase {
    static let trees: [EstimatorCase] = [
        EstimatorCase(
            name: "decision tree",
            recipe: DecisionTreeClassifier(
                growth: TreeGrowth(depthLimit: 3, minimumLeafWeight: 20), pruning: 0.001),
            reorderingTolerance: 1e-12,
            invalid: [
                DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 0)),
                DecisionTreeClassifier(growth: TreeGrowth(leafLimit: 1)),
                DecisionTreeClassifier(growth: TreeGrowth(minimumLeafWeight: -1)),
                DecisionTreeClassifier(growth: TreeGrowth(minimumGain: .nan)),
                DecisionTreeClassifier(growth: TreeGrowth(features: .fraction(0))),
                DecisionTreeClassifier(growth: TreeGrowth(features: .count(0))),
                DecisionTreeClassifier(growth: TreeGrowth(cuts: .quantiles(bins: 256))),
                DecisionTreeClassifier(growth: TreeGrowth(nominal: ["a", "a"])),
                DecisionTreeClassifier(
                    growth: TreeGrowth(nominal: ["a"], monotone: [.init("a", .increasing)])),
                DecisionTreeClassifier(pruning: -1),
            ]),
        EstimatorCase(
            name: "decision tree, entropy and exact cuts",
            recipe: DecisionTreeClassifier(
                growth: TreeGrowth(leafLimit: 5, minimumLeafWeight: 20, cuts: .exact),
                criterion: .entropy, classWeighting: .balanced),
            reorderingTolerance: 1e-12, invalid: []),
        EstimatorCase(
            name: "random forest",
            recipe: RandomForestClassifier(
                treeCount: 12, growth: TreeGrowth(minimumLeafWeight: 12, features: .squareRoot)),
            reorderingTolerance: nil,
            invalid: [
                RandomForestClassifier(treeCount: 0),
                RandomForestClassifier(rows: .bootstrap(share: 0)),
                RandomForestClassifier(rows: .subsample(share: 1.5)),
                RandomForestClassifier(classWeighting: .balanced, balancesEachTree: true),
            ]),
        EstimatorCase(
            name: "extremely randomised trees",
            recipe: RandomForestClassifier.extraTrees(
                treeCount: 12, growth: TreeGrowth(minimumLeafWeight: 12, features: .logarithm)),
            reorderingTolerance: nil, invalid: []),
        EstimatorCase(
            name: "gradient boosting",
            recipe: GradientBoostingClassifier(
                BoostingGrowth(roundCount: 8, leafLimit: 6, minimumLeafCurvature: 2)),
            reorderingTolerance: 1e-9,
            invalid: [
                GradientBoostingClassifier(BoostingGrowth(roundCount: 0)),
                GradientBoostingClassifier(BoostingGrowth(learningRate: 0)),
                GradientBoostingClassifier(BoostingGrowth(leafLimit: 1)),
                GradientBoostingClassifier(BoostingGrowth(l2: -1)),
                GradientBoostingClassifier(BoostingGrowth(rowShare: 1.1)),
                GradientBoostingClassifier(BoostingGrowth(bins: 1)),
                GradientBoostingClassifier(BoostingGrowth(interactions: [[]])),
                GradientBoostingClassifier(
                    BoostingGrowth(earlyStopping: EarlyStopping(patience: 0))),
                GradientBoostingClassifier(classWeighting: .factors([1, -1])),
            ]),
        EstimatorCase(
            name: "gradient boosting by depth, with draws",
            recipe: GradientBoostingClassifier(
                BoostingGrowth(
                    roundCount: 8, order: .byDepth, depthLimit: 3, l1: 0.01, rowShare: 0.7,
                    featureShare: 0.6, seed: 3), classWeighting: .balanced),
            reorderingTolerance: nil, invalid: []),
        EstimatorCase(
            name: "gradient boosting, a loss of one's own",
            recipe: CustomBoostingClassifier(
                OwnLogLoss.right,
                growth: BoostingGrowth(roundCount: 8, leafLimit: 6, minimumLeafCurvature: 2)),
            reorderingTolerance: 1e-9,
            invalid: [
                CustomBoostingClassifier(
                    OwnLogLoss.right, growth: BoostingGrowth(learningRate: 0))
            ]),
    ]
}

extension RegressorCase {
    static let trees: [RegressorCase] = [
        RegressorCase(
            name: "regression tree",
            recipe: DecisionTreeRegressor(growth: TreeGrowth(depthLimit: 4, minimumLeafWeight: 5)),
            reorderingTolerance: 1e-12,
            invalid: [
                DecisionTreeRegressor(growth: TreeGrowth(depthLimit: 0)),
                DecisionTreeRegressor(pruning: .infinity),
            ]),
        RegressorCase(
            name: "regression forest",
            recipe: RandomForestRegressor(
                treeCount: 10, growth: TreeGrowth(minimumLeafWeight: 3)),
            reorderingTolerance: nil,
            invalid: [
                RandomForestRegressor(treeCount: 0),
                RandomForestRegressor(rows: .bootstrap(share: .nan)),
            ]),
        RegressorCase(
            name: "extremely randomised regression trees",
            recipe: RandomForestRegressor.extraTrees(
                treeCount: 10, growth: TreeGrowth(minimumLeafWeight: 3)),
            reorderingTolerance: nil, invalid: []),
        RegressorCase(
            name: "gradient boosting, a loss of one's own",
            recipe: CustomBoostingRegressor(
                ShortfallLoss(),
                growth: BoostingGrowth(roundCount: 8, leafLimit: 6, minimumLeafCurvature: 5)),
            reorderingTolerance: 1e-9, invalid: [CustomBoostingRegressor(ShortfallLoss(factor: -1))]
        ),
        RegressorCase(
            name: "gradient boosting, squared error",
            recipe: GradientBoostingRegressor(
                BoostingGrowth(roundCount: 8, leafLimit: 6, minimumLeafCurvature: 5)),
            reorderingTolerance: 1e-9,
            invalid: [
                GradientBoostingRegressor(BoostingGrowth(l1: .nan)),
                GradientBoostingRegressor(loss: .quantile(1)),
            ]),
        RegressorCase(
            name: "gradient boosting, median",
            recipe: GradientBoostingRegressor(
                BoostingGrowth(roundCount: 8, leafLimit: 6, minimumLeafCurvature: 5),
                loss: .quantile(0.5)),
            reorderingTolerance: 1e-9, invalid: []),
    ]
}
