// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RF4: the same model bytes for any number of threads", .serialized)
struct TreeDeterminismTests {
    private func digests(_ threads: Int, _ seed: UInt64) throws -> [String] {
        let before = LoopThreads.limit
        LoopThreads.limit = threads
        defer { LoopThreads.limit = before }
        let sample = LogisticSample(rows: 1500, columns: 12, seed: seed)
        let data = try sample.data
        let regression = RegressionSample(rows: 1500, columns: 12, seed: seed)
        return [
            try RandomForestClassifier(
                treeCount: 6, growth: TreeGrowth(depthLimit: 7, features: .squareRoot)
            ).fit(data).digest.description,
            try RandomForestClassifier.extraTrees(
                treeCount: 6, growth: TreeGrowth(depthLimit: 7)
            ).fit(data).digest.description,
            try GradientBoostingClassifier(
                BoostingGrowth(roundCount: 5, rowShare: 0.8, featureShare: 0.9)
            ).fit(data).digest.description,
            try GradientBoostingRegressor(BoostingGrowth(roundCount: 5)).fit(
                features: regression.features, targets: regression.targets
            ).digest.description,
            try RandomForestRegressor(treeCount: 4, growth: TreeGrowth(depthLimit: 6)).fit(
                features: regression.features, targets: regression.targets
            ).digest.description,
        ]
    }

    @Test("one, two and five threads", arguments: propertySeeds(2))
    func threads(_ seed: UInt64) throws {
        let one = try digests(1, seed)
        #expect(try digests(2, seed) == one, "seed \(seed)")
        #expect(try digests(5, seed) == one, "seed \(seed)")
        #expect(Set(one).count == one.count)
    }
}
