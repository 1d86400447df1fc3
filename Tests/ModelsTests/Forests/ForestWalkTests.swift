// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// The way from root to leaf, followed node by node with public symbols alone.
@Suite("RF4: a row has one score, alone and in every batch")
struct ForestWalkTests {
    private func leaf(_ nodes: [TreeNode], _ row: [Double], _ names: [String]) -> Int {
        var at = 0
        while let split = nodes[at].split {
            let isLeft: Bool
            switch split {
            case .threshold(let feature, let limit):
                let value = row[names.firstIndex(of: feature)!]
                isLeft = value.isNaN ? nodes[at].missingGoesLeft : value <= limit
            case .levels(let feature, let set):
                let value = row[names.firstIndex(of: feature)!]
                // Level 99 is in no training row: it goes the way of a missing one.
                isLeft =
                    value.isNaN || value == 99 ? nodes[at].missingGoesLeft : set.contains(value)
            }
            at = nodes[at].leftChild + (isLeft ? 0 : 1)
        }
        return at
    }

    @Test(
        "scores and leaves are those of a walk, for batches of 1 to 40 rows",
        arguments: [(false, false), (true, false), (false, true), (true, true)])
    func walks(_ hasMissing: Bool, _ hasLevels: Bool) throws {
        let sample = TreeSample(rows: 300, missing: hasMissing, seed: 21)
        let model = try RandomForestClassifier(
            treeCount: 37,
            growth: TreeGrowth(features: .squareRoot, nominal: hasLevels ? ["x3"] : []), seed: 3
        ).fit(sample.data(allowsMissing: hasMissing))
        var features = sample.features
        if hasLevels { for row in stride(from: 0, to: 300, by: 7) { features[row, 3] = 99 } }

        let walks = (0..<37).map { model.trees.nodes(ofTree: $0) }
        let expected = (0..<300).map { row in
            let values = features.row(row).elements
            return walks.reduce(0.0) { $0 + $1[leaf($1, values, model.featureNames)].values[0] }
                / 37
        }
        let all = try model.probabilities(features)
        #expect(all == expected)
        for count in 1...40 {
            let rows = Array(300 - count..<300)
            let own = try model.probabilities(features.gatheringRows(rows))
            #expect(own == rows.map { expected[$0] }, "\(count) rows")
        }
        let leaves = try model.trees.leafIndices(features)
        for (tree, nodes) in walks.enumerated() {
            // Leaves are numbered in an order of their own: one number for each node.
            let places = (0..<300).map { row in
                leaf(nodes, features.row(row).elements, model.featureNames)
            }
            let pairs = Set(zip(places, leaves[tree]).map { [$0, $1] })
            #expect(pairs.count == Set(places).count)
            #expect(pairs.count == Set(leaves[tree]).count)
        }
    }

    @Test("several outputs: three classes by large trees, more rows than a block")
    func classes() throws {
        let sample = TreeSample(rows: 3000, seed: 22)
        let codes = sample.targets.map { $0 < -0.8 ? 0 : $0 < 0.8 ? 1 : 2 }
        let model = try RandomForestClassifier(treeCount: 3, seed: 4).fit(
            ClassificationData(
                features: sample.features,
                labels: ClassLabels(codes: codes, classes: ["a", "b", "c"])))
        let walks = (0..<3).map { model.trees.nodes(ofTree: $0) }
        let all = try model.classProbabilities(sample.features)
        for row in stride(from: 0, to: 3000, by: 13) {
            let values = sample.features.row(row).elements
            let leaves = walks.map { $0[leaf($0, values, model.featureNames)].values }
            for k in 0..<3 {
                #expect(all[row, k] == leaves.reduce(0) { $0 + $1[k] } / 3)
            }
        }
    }

    @Test("thousands of rows have the scores that each has alone", arguments: propertySeeds(2))
    func manyRows(_ seed: UInt64) throws {
        let sample = TreeSample(rows: 2500, seed: seed)
        let model = try RandomForestClassifier(treeCount: 4, seed: seed).fit(sample.data())
        let all = try model.probabilities(sample.features)
        for row in stride(from: 0, to: 2500, by: 3) {
            let alone = try model.probabilities(sample.features.gatheringRows([row]))
            #expect(alone == [all[row]], "seed \(seed), row \(row)")
        }
    }
}
