// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RF2: importances out of the bag and by dropped columns")
struct ForestImportanceTests {
    @Test("the mean loss of a tree is that over all pairs of rows that it did not see")
    func expectation() throws {
        let sample = LogisticSample(rows: 120, columns: 4, seed: 41)
        let data = try sample.data
        let model = try RandomForestClassifier(
            treeCount: 1, growth: TreeGrowth(minimumLeafWeight: 3, features: .squareRoot), seed: 5
        ).fit(data)
        let rows = try model.outOfBag(data).rows
        let held = sample.features.gatheringRows(rows)
        func hits(_ features: Matrix<Double>) throws -> Double {
            zip(try model.probabilities(features), rows)
                .reduce(0) { $0 + (($1.0 > 0.5) == sample.labels[$1.1] ? 1 : 0) }
        }
        let count = Double(rows.count)
        let score = try hits(held) / count
        let repeats = 300
        let importances = try model.outOfBagImportances(data, repeatCount: repeats, seed: 2)
        expectClose(importances.score, score, relative: 1e-14)
        for column in 0..<4 {
            // In a random order each row gets the value of each row equally often.
            var sum = 0.0
            for source in rows.indices {
                var changed = held
                for row in rows.indices { changed[row, column] = held[source, column] }
                sum += try hits(changed)
            }
            let expected = score - sum / (count * count)
            let found = importances.features[column].importance
            // Of one order the deviation is below half a share of the rows.
            let error = 0.5 / (count * Double(repeats)).squareRoot()
            #expect(abs(found - expected) < 4 * error, "column \(column)")
        }
    }

    @Test("noise is worth nothing, out of the bag and dropped; groups share what they say")
    func noise() throws {
        var generator = TestGenerator(seed: 43)
        let rows = (0..<500).map { _ -> [Double] in
            let row = (0..<5).map { _ in Double.random(in: -1...1, using: &generator) }
            return row + [row[0]]
        }
        let labels = rows.map { row in
            2 * row[0] + row[1] + .random(in: -1...1, using: &generator) > 0
        }
        let data = try ClassificationData(
            features: Matrix(rows: rows), labels: ClassLabels(labels))
        let recipe = RandomForestClassifier(
            treeCount: 25, growth: TreeGrowth(depthLimit: 5, features: .count(3)), seed: 1)
        let model = try recipe.fit(data)
        let own = try model.outOfBagImportances(data, seed: 7)
        #expect(own.features.allSatisfy { $0.losses.count == 25 })
        #expect(own.features[4].importance < own.features[0].importance)
        #expect(abs(own.features[4].importance) < 0.02)
        #expect(try model.outOfBagImportances(data, seed: 7) == own)

        let dropped = try DropColumnImportance(foldCount: 3).importances(
            of: recipe, on: data, groups: [FeatureGroup("twins", ["x0", "x5"])])
        #expect(dropped.features.map(\.name) == ["twins", "x1", "x2", "x3", "x4"])
        #expect(dropped.features.allSatisfy { $0.losses.count == 3 })
        #expect(dropped.features[0].importance > 0.02)
        #expect(abs(dropped.features[4].importance) < 0.02)
        let alone = try DropColumnImportance(foldCount: 3).importances(of: recipe, on: data)
        #expect(alone.features[0].importance < dropped.features[0].importance)
    }

    @Test("dropping is fitting without the column")
    func withoutColumn() throws {
        let sample = LogisticSample(rows: 200, columns: 3, seed: 44)
        let recipe = DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 3))
        let data = try sample.data
        let found = try DropColumnImportance(foldCount: 4, seed: 3)
            .importances(of: recipe, on: data, score: .logLoss)
        let narrow = try ClassificationData(
            features: Matrix(
                rowCount: 200, columnCount: 2,
                elements: (0..<200).flatMap { [sample.features[$0, 1], sample.features[$0, 2]] }),
            labels: ClassLabels(sample.labels))
        func loss(_ data: ClassificationData) throws -> [Double] {
            try StratifiedKFold(foldCount: 4, seed: 3).folds(of: data.labels).map { fold in
                let model = try recipe.fit(data.selecting(rows: fold.training))
                let held = try data.selecting(rows: fold.validation)
                return try ImportanceScore.logLoss.of(model, held)
            }
        }
        let expected = zip(try loss(narrow), try loss(data)).map { $0 - $1 }
        expectClose(found.features[0].losses, expected, absolute: 1e-12)
    }

    @Test("regression forests: the error grows; more trees; other rows are refused")
    func regression() throws {
        let sample = RegressionSample(rows: 300, columns: 4, seed: 45)
        let data = try RegressionData(features: sample.features, targets: sample.targets)
        let recipe = RandomForestRegressor(
            treeCount: 12, growth: TreeGrowth(depthLimit: 6), seed: 3)
        let model = try recipe.fit(data)
        let importances = try model.outOfBagImportances(data)
        #expect(importances.features.allSatisfy { $0.importance > 0.1 })
        var shorter = recipe
        shorter.treeCount = 5
        let grown = try shorter.fit(data).adding(trees: 7, from: data)
        #expect(grown.fileBytes == model.fileBytes)
        let extra = try RandomForestRegressor.extraTrees(treeCount: 3).fit(data)
        #expect(modelError { _ = try extra.outOfBagImportances(data) }?.code == .incompatible)
        #expect(
            modelError { _ = try model.outOfBagImportances(data, repeatCount: 0) }?.code
                == .invalidRecipe)
        #expect(
            modelError {
                _ = try model.outOfBagImportances(
                    RegressionData(
                        features: sample.features, targets: sample.targets,
                        featureNames: ["a", "b", "c", "d"]))
            }?.code == .incompatible)
    }
}

extension ImportanceScore {
    /// The mean of `-log(probability of the true class)`, at least 1e-15 each, by its definition.
    fileprivate func of(
        _ model: some ClassifierModel, _ data: ClassificationData
    ) throws -> Double {
        let probabilities = try model.classProbabilities(data.features)
        let sum = data.labels.codes.enumerated().reduce(0.0) { sum, row in
            sum + (-Vector([max(probabilities[row.offset, row.element], 1e-15)]).log())[0]
        }
        return sum / Double(data.rowCount)
    }
}
