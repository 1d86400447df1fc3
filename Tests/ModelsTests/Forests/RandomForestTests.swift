// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("RF1 and RF2: random forests")
struct RandomForestTests {
    private func sample(_ seed: UInt64 = 3) -> LogisticSample {
        LogisticSample(rows: 400, columns: 6, seed: seed)
    }

    private let recipe = RandomForestClassifier(
        treeCount: 30, growth: TreeGrowth(minimumLeafWeight: 4, features: .squareRoot), seed: 9)

    @Test("probabilities are the means of the trees' leaf shares")
    func means() throws {
        let sample = sample()
        let model = try recipe.fit(sample.data)
        let probabilities = try model.probabilities(sample.features)
        for row in stride(from: 0, to: 400, by: 37) {
            var mean = 0.0
            for tree in 0..<30 {
                let nodes = model.trees.nodes(ofTree: tree)
                var at = 0
                while case .threshold(let feature, let limit)? = nodes[at].split {
                    let column = model.featureNames.firstIndex(of: feature)!
                    at = nodes[at].leftChild + (sample.features[row, column] <= limit ? 0 : 1)
                }
                mean += nodes[at].values[0]
            }
            expectClose(mean / 30, probabilities[row], relative: 1e-12)
        }
    }

    @Test("out-of-bag probabilities come from the trees that did not draw the row")
    func outOfBag() throws {
        let sample = sample()
        let model = try recipe.fit(sample.data)
        let estimate = try model.outOfBag(sample.data)
        #expect(estimate.rows.count > 395)
        let share = Double(estimate.treeCounts.reduce(0, +)) / Double(30 * 400)
        #expect(abs(share - 0.368) < 0.02)
        let labels = estimate.rows.map { sample.labels[$0] }
        let honest = try ROC(
            labels: labels, scores: estimate.probabilities.column(1).elements
        ).auc
        let seen = try ROC(
            labels: sample.labels, scores: model.probabilities(sample.features)
        ).auc
        let fresh = LogisticSample(rows: 2000, columns: 6, seed: 77)
        let new = try ROC(
            labels: fresh.labels, scores: model.probabilities(fresh.features)
        ).auc
        #expect(seen > honest + 0.05)
        #expect(abs(honest - new) < 0.05)
        let all = try RandomForestClassifier.extraTrees(treeCount: 2).fit(sample.data)
        #expect(modelError { _ = try all.outOfBag(sample.data) }?.code == .incompatible)
    }

    @Test("adding trees gives the forest of that many trees")
    func adding() throws {
        let sample = sample()
        var shorter = recipe
        shorter.treeCount = 12
        let grown = try shorter.fit(sample.data).adding(trees: 18, from: sample.data)
        #expect(grown.fileBytes == (try recipe.fit(sample.data).fileBytes))
        let other = LogisticSample(rows: 50, columns: 5, seed: 1)
        #expect(
            modelError { _ = try grown.adding(trees: 1, from: other.data) }?.code == .incompatible)
    }

    @Test("class weights raise the probability of the rarer class; each tree can be balanced")
    func classWeights() throws {
        var sample = sample()
        // One positive row in eight.
        var seen = 0
        let kept = (0..<400).filter { row in
            guard sample.labels[row] else { return true }
            seen += 1
            return seen.isMultiple(of: 5)
        }
        sample.features = sample.features.gatheringRows(kept)
        sample.labels = kept.map { sample.labels[$0] }
        var balanced = recipe
        balanced.classWeighting = .balanced
        var each = recipe
        each.balancesEachTree = true
        let mean = try [recipe, balanced, each].map { recipe in
            try recipe.fit(sample.data).probabilities(sample.features).reduce(0, +)
                / Double(kept.count)
        }
        #expect(mean[1] > mean[0] + 0.03)
        #expect(mean[2] > mean[0] + 0.03)
    }

    @Test("importances add up to 1 and favour the features that matter")
    func importances() throws {
        var sample = sample()
        var generator = TestGenerator(seed: 4)
        for row in 0..<400 { sample.features[row, 5] = .random(in: -1...1, using: &generator) }
        let importances = try recipe.fit(sample.data).trees.impurityImportances
        expectClose(importances.reduce(0, +), 1, absolute: 1e-12)
        #expect(importances[5] < importances[..<5].max()!)
        #expect(importances.allSatisfy { $0 >= 0 })
    }

    @Test("proximities are shares of common leaves")
    func proximities() throws {
        let sample = sample()
        let rows = sample.features.gatheringRows(Array(0..<20))
        let model = try recipe.fit(sample.data)
        let proximities = try model.trees.proximities(rows)
        let leaves = try model.trees.leafIndices(rows)
        for row in 0..<20 {
            #expect(proximities[row, row] == 1)
            for other in 0..<20 {
                let common = leaves.filter { $0[row] == $0[other] }.count
                expectClose(proximities[row, other], Double(common) / 30, absolute: 1e-15)
            }
        }
    }

    @Test("three classes, and a forest of numbers")
    func otherTargets() throws {
        let sample = RegressionSample(rows: 500, columns: 4, seed: 2)
        let codes = sample.targets.map { target in
            let sorted = sample.targets.sorted()
            return target < sorted[166] ? 0 : target < sorted[333] ? 1 : 2
        }
        let data = try ClassificationData(
            features: sample.features,
            labels: ClassLabels(codes: codes, classes: ["low", "middle", "high"]))
        let model = try RandomForestClassifier(
            treeCount: 20, growth: TreeGrowth(features: .squareRoot), criterion: .entropy
        ).fit(data)
        let estimate = try model.outOfBag(data)
        let right = estimate.rows.indices.filter { index in
            let row = estimate.probabilities.row(index).elements
            return row.firstIndex(of: row.max()!) == codes[estimate.rows[index]]
        }
        #expect(Double(right.count) / Double(estimate.rows.count) > 0.65)
        let numbers = try RegressionData(features: sample.features, targets: sample.targets)
        let regression = try RandomForestRegressor(treeCount: 20).fit(numbers)
        let predictions = try regression.outOfBagPredictions(numbers)
        let mean = sample.targets.reduce(0, +) / 500
        let total = sample.targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let rest = zip(predictions, sample.targets).filter { !$0.0.isNaN }
            .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(1 - rest / total > 0.6)
    }
}

@Suite(
    "RF1: forests on German and Australian credit",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct ForestCreditTests {
    /// Ten seeds and 300 trees are in `Documentation/Papers/ForestsAndMachines.md`.
    private func meanAUC(
        _ growth: TreeGrowth, _ table: Table, positive: String
    ) throws -> Double {
        let recipe = Pipeline(.impute(.median), .oneHot(unknown: .ignore)).then(
            RandomForestClassifier(treeCount: 100, growth: growth, seed: 1))
        let report = try CrossValidation(foldCount: 10, seeds: [0]).evaluate(
            recipe, on: table, target: "class", positive: positive)
        return report.summary(of: \.rocAUC).mean
    }

    @Test("ten-fold AUC on German credit is at least 0.792")
    func german() throws {
        let growth = TreeGrowth(minimumLeafWeight: 3, features: .squareRoot)
        #expect(try meanAUC(growth, GermanTable.load(), positive: "2") >= 0.792)
    }

    @Test("ten-fold AUC on Australian credit is at least 0.930")
    func australian() throws {
        let table = try Table(
            csv: SharedData.url("australian/australian.dat"), schema: .australianCredit)
        #expect(try meanAUC(TreeGrowth(features: .squareRoot), table, positive: "1") >= 0.930)
    }
}
