// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("EX1: Shapley values of trees")
struct TreeShapleyTests {
    /// The value of a tree for a row of which some features are known, the others following the
    /// weights of the training rows.
    private func expected(
        _ nodes: [TreeNode], _ names: [String], _ row: [Double], known: Int, at index: Int = 0
    ) -> Double {
        let node = nodes[index]
        guard case .threshold(let feature, let limit)? = node.split else { return node.values[0] }
        let column = names.firstIndex(of: feature)!
        func below(_ child: Int) -> Double {
            expected(nodes, names, row, known: known, at: child)
        }
        if known >> column & 1 == 1 {
            let isLeft = row[column].isNaN ? node.missingGoesLeft : row[column] <= limit
            return below(node.leftChild + (isLeft ? 0 : 1))
        }
        let (left, right) = (nodes[node.leftChild].cover, nodes[node.leftChild + 1].cover)
        return (left * below(node.leftChild) + right * below(node.leftChild + 1))
            / (left + right)
    }

    /// Shapley values by all subsets of a set function.
    private func bruteForce(
        _ count: Int, _ value: (Int) throws -> Double
    ) rethrows -> [Double] {
        func factorial(_ n: Int) -> Double { (1...max(1, n)).reduce(1) { $0 * Double($1) } }
        let all = try (0..<1 << count).map(value)
        return (0..<count).map { feature in
            (0..<1 << count).filter { $0 >> feature & 1 == 0 }.reduce(0) { sum, set in
                let size = set.nonzeroBitCount
                let weight =
                    factorial(size) * factorial(count - size - 1) / factorial(count)
                return sum + weight * (all[set | 1 << feature] - all[set])
            }
        }
    }

    @Test("the training rows' way equals all subsets", arguments: propertySeeds(3))
    func pathDependent(_ seed: UInt64) throws {
        let sample = TreeSample(rows: 150, missing: true, seed: seed)
        let model = try RandomForestClassifier(
            treeCount: 4, growth: TreeGrowth(minimumLeafWeight: 2, features: .count(2)),
            seed: seed
        ).fit(sample.data(allowsMissing: true))
        let rows = sample.features.gatheringRows(Array(0..<6))
        let values = try model.trees.shapleyValues(rows)[0]
        for row in 0..<6 {
            let own = rows.row(row).elements
            let brute = bruteForce(4) { known in
                (0..<4).reduce(0) { sum, tree in
                    sum + self.expected(
                        model.trees.nodes(ofTree: tree), model.featureNames, own, known: known) / 4
                }
            }
            expectClose(values.values.row(row).elements, brute, absolute: 1e-12)
        }
    }

    @Test("against background rows equals all subsets", arguments: propertySeeds(3))
    func interventional(_ seed: UInt64) throws {
        let sample = LogisticSample(rows: 200, columns: 5, seed: seed)
        let model = try GradientBoostingClassifier(BoostingGrowth(roundCount: 5, leafLimit: 8))
            .fit(sample.data)
        let rows = sample.features.gatheringRows(Array(0..<5))
        let background = sample.features.gatheringRows(Array(50..<62))
        let values = try model.trees.shapleyValues(rows, background: background)[0]
        for row in 0..<5 {
            let brute = try bruteForce(5) { known in
                var mixed = background
                for other in 0..<12 {
                    for column in 0..<5 where known >> column & 1 == 1 {
                        mixed[other, column] = rows[row, column]
                    }
                }
                return try model.scores(mixed).elements.reduce(0, +) / 12
            }
            expectClose(values.values.row(row).elements, brute, absolute: 1e-12)
        }
    }

    private func expectAdditive(
        _ all: [TreeShapleyValues], tolerance: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for values in all {
            for row in values.outputs.indices {
                expectClose(
                    values.values.row(row).elements.reduce(values.base, +), values.outputs[row],
                    absolute: tolerance, sourceLocation: sourceLocation)
            }
        }
    }

    @Test("values add up at a depth of 120 and more")
    func deep() throws {
        // Each split takes one row off: a chain as deep as there are rows.
        let rows = 140
        let features = Matrix(
            rowCount: rows, columnCount: rows - 1,
            elements: (0..<rows).flatMap { row in
                (0..<rows - 1).map { $0 == row ? 1.0 : 0 }
            })
        let targets = (0..<rows).map { $0.isMultiple(of: 2) ? 1000.0 + Double($0) : -Double($0) }
        let model = try DecisionTreeRegressor().fit(features: features, targets: targets)
        #expect(model.trees.depth(ofTree: 0) > 120)
        let values = try model.trees.shapleyValues(
            features.gatheringRows([0, 1, 60, 138, 139]))
        expectAdditive(values, tolerance: 1e-9)
        #expect(values[0].values.elements.allSatisfy { abs($0) < 2000 })
    }

    @Test("values of a forest add up where its trees are more than 100 deep")
    func deepForest() throws {
        let rows = 400
        let features = Matrix(
            rowCount: rows, columnCount: rows - 1,
            elements: (0..<rows).flatMap { row in
                (0..<rows - 1).map { $0 == row ? 1.0 : 0 }
            })
        let targets = (0..<rows).map { $0.isMultiple(of: 2) ? 1000.0 + Double($0) : -Double($0) }
        let model = try RandomForestRegressor(treeCount: 3, seed: 2)
            .fit(features: features, targets: targets)
        for tree in 0..<3 { #expect(model.trees.depth(ofTree: tree) > 100) }
        expectAdditive(
            try model.trees.shapleyValues(features.gatheringRows([0, 7, 200])), tolerance: 1e-9)
    }

    @Test("three classes: one explanation each, both kinds additive")
    func severalOutputs() throws {
        let sample = RegressionSample(rows: 200, columns: 4, seed: 6)
        let data = try ClassificationData(
            features: sample.features,
            labels: ClassLabels(
                codes: sample.targets.map { $0 < 4 ? 0 : $0 < 7 ? 1 : 2 },
                classes: ["a", "b", "c"]))
        let rows = sample.features.gatheringRows(Array(0..<8))
        let forest = try RandomForestClassifier(
            treeCount: 5, growth: TreeGrowth(depthLimit: 5, features: .squareRoot)
        ).fit(data)
        let boosted = try GradientBoostingClassifier(BoostingGrowth(roundCount: 4)).fit(data)
        for trees in [forest.trees, boosted.trees] {
            let values = try trees.shapleyValues(rows)
            #expect(values.count == 3)
            expectAdditive(values, tolerance: 1e-12)
            expectAdditive(
                try trees.shapleyValues(rows, background: sample.features), tolerance: 1e-12)
        }
    }

    @Test("interactions add up to the features' values and are those of all subsets")
    func interactions() throws {
        let sample = LogisticSample(rows: 150, columns: 4, seed: 12)
        let model = try DecisionTreeClassifier(growth: TreeGrowth(minimumLeafWeight: 4))
            .fit(sample.data)
        let rows = sample.features.gatheringRows([0, 1, 2])
        let values = try model.trees.shapleyValues(rows)[0]
        let pairs = try model.trees.shapleyInteractions(rows)[0]
        let nodes = model.trees.nodes(ofTree: 0)
        for row in 0..<3 {
            for feature in 0..<4 {
                expectClose(
                    pairs[row].row(feature).elements.reduce(0, +), values.values[row, feature],
                    absolute: 1e-12)
            }
            // Of 4 features, i and j: subsets of the two others.
            let own = rows.row(row).elements
            func value(_ known: Int) -> Double {
                expected(nodes, model.featureNames, own, known: known)
            }
            var sum = 0.0
            for (set, weight) in [(0, 2.0), (4, 1), (8, 1), (12, 2)] {
                sum += weight / 12 * (value(set | 3) - value(set | 1) - value(set | 2) + value(set))
            }
            expectClose(pairs[row][0, 1], sum, absolute: 1e-12)
            expectClose(pairs[row][1, 0], sum, absolute: 1e-12)
        }
    }
}
