// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RF4: the same model bytes with every BLAS")
struct TreeBytesTests {
    /// Digests of model files, written down once: any BLAS and processor must give them again.
    private static let digests = [
        "boosting of numbers":
            "642d1b475d39828dfbf2f66142e2f9ad9db3cf90ef80dcfc20d717cd4a45d0fc",
        "boosting of three":
            "026b60102fc022a1e39623e926ca40860bd737c1e33e176dac674c6aacab683e",
        "boosting":
            "8b7bb30ad16f7268deb0fac2f7bde28f86b5b082d4f9cbc497dc5cb258fda2a7",
        "extra trees":
            "f6ebbc1b4c64f942d68d198fb60f05205a32fd160170e43fc0be0900b9a08a51",
        "forest":
            "b15e9adaeb2578b5b78485f158e1f55cd848b4a8cdc1b9258de5bbb8b6c1a40f",
        "regression forest":
            "2c68f14d166b55816cd63795518ee009cac9c0b72fd61c086b1b1f37c4486f13",
        "tree":
            "72b17e78165d57b8dd803ea06958a3f46cfa0c67540b150f9158d16b4628066c",
    ]

    @Test("the files of all models of trees have the digests that are written down")
    func digests() throws {
        let sample = TreeSample(rows: 700, missing: true, seed: 61)
        let names = ["income", "age", "debt", "purpose"]
        let data = try ClassificationData(
            features: sample.features, labels: ClassLabels(sample.labels), featureNames: names,
            allowsMissing: true)
        let three = try ClassificationData(
            features: sample.features,
            labels: ClassLabels(
                codes: sample.targets.map { $0 < -1 ? 0 : $0 < 1 ? 1 : 2 },
                classes: ["low", "middle", "high"]),
            featureNames: names, allowsMissing: true)
        let numbers = try RegressionData(
            features: sample.features, targets: sample.targets, featureNames: names,
            allowsMissing: true)
        let growth = TreeGrowth(minimumLeafWeight: 2, features: .squareRoot, nominal: ["purpose"])
        let boosting = BoostingGrowth(
            roundCount: 12, leafLimit: 8, rowShare: 0.8, nominal: ["purpose"],
            monotone: [MonotoneConstraint("debt", .decreasing)])
        var several = boosting
        several.monotone = []
        let found = [
            "tree": try DecisionTreeClassifier(growth: growth, criterion: .entropy).fit(three)
                .digest,
            "forest": try RandomForestClassifier(treeCount: 9, growth: growth).fit(data).digest,
            "extra trees": try RandomForestClassifier.extraTrees(treeCount: 9, growth: growth)
                .fit(data).digest,
            "boosting": try GradientBoostingClassifier(boosting).fit(data).digest,
            "boosting of three": try GradientBoostingClassifier(several).fit(three).digest,
            "regression forest": try RandomForestRegressor(treeCount: 5, growth: growth)
                .fit(numbers).digest,
            "boosting of numbers": try GradientBoostingRegressor(boosting).fit(numbers).digest,
        ].mapValues(\.description)
        #expect(found == Self.digests)
    }
}
