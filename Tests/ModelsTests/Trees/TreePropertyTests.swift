// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// Random rows with numbers, levels and missing values.
struct TreeSample {
    var features: Matrix<Double>
    var labels: [Bool]
    var targets: [Double]

    init(rows: Int, missing: Bool = false, seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        var elements: [Double] = []
        labels = []
        targets = []
        for _ in 0..<rows {
            var row = (0..<3).map { _ in Double.random(in: -2...2, using: &generator) }
            // Levels without an order: 0, 3 and 6 are bad.
            row.append(Double(Int.random(in: 0..<8, using: &generator)))
            let isBad = [0.0, 3, 6].contains(row[3])
            let signal = row[0] - 0.7 * row[1] + (isBad ? 1.5 : -1)
            targets.append(signal + Double.random(in: -0.5...0.5, using: &generator))
            labels.append(signal + Double.random(in: -1...1, using: &generator) > 0)
            if missing {
                // The first column is missing more often where the loan is bad.
                if Double.random(in: 0...1, using: &generator) < (labels.last! ? 0.4 : 0.05) {
                    row[0] = .nan
                }
            }
            elements += row
        }
        features = Matrix(rowCount: rows, columnCount: 4, elements: elements)
    }

    func data(allowsMissing: Bool = false) throws -> ClassificationData {
        try ClassificationData(
            features: features, labels: ClassLabels(labels), allowsMissing: allowsMissing)
    }
}

/// The recipes that missing values, levels and directions are tried with.
enum TreeRecipe: CaseIterable, CustomTestStringConvertible {
    case tree, forest, extraTrees, boosting
    var testDescription: String { "\(self)" }

    func fit(
        _ data: ClassificationData, nominal: [String] = [],
        monotone: [MonotoneConstraint] = []
    ) throws -> any ClassifierModel {
        let growth = TreeGrowth(
            depthLimit: 5, minimumLeafWeight: 3, nominal: nominal, monotone: monotone)
        switch self {
        case .tree: return try DecisionTreeClassifier(growth: growth).fit(data)
        case .forest:
            return try RandomForestClassifier(treeCount: 15, growth: growth).fit(data)
        case .extraTrees:
            return try RandomForestClassifier.extraTrees(treeCount: 15, growth: growth).fit(data)
        case .boosting:
            return try GradientBoostingClassifier(
                BoostingGrowth(
                    roundCount: 15, leafLimit: 8, nominal: nominal, levelSmoothing: 1,
                    monotone: monotone)
            ).fit(data)
        }
    }
}

@Suite("RF3: missing values, levels and directions in trees")
struct TreePropertyTests {
    private func accuracy(_ model: some ClassifierModel, _ sample: TreeSample) throws -> Double {
        let right = zip(try model.probabilities(sample.features), sample.labels)
            .filter { ($0 > 0.5) == $1 }.count
        return Double(right) / Double(sample.labels.count)
    }

    @Test(
        "scores never fall along an increasing feature nor rise along a decreasing one",
        arguments: TreeRecipe.allCases, propertySeeds(3))
    func monotone(_ recipe: TreeRecipe, _ seed: UInt64) throws {
        let sample = TreeSample(rows: 250, seed: seed)
        let model = try recipe.fit(
            sample.data(), nominal: ["x3"],
            monotone: [.init("x0", .increasing), .init("x1", .decreasing)])
        let free = try recipe.fit(sample.data(), nominal: ["x3"])
        var freeRises = 0
        for row in stride(from: 0, to: 250, by: 10) {
            for (column, sign) in [(0, 1.0), (1, -1.0)] {
                let sweep = stride(from: -2.2, through: 2.2, by: 0.1).map { value in
                    var own = sample.features.row(row).elements
                    own[column] = value
                    return own
                }
                let scores = try model.probabilities(Matrix(rows: sweep)).map { sign * $0 }
                for (before, after) in zip(scores, scores.dropFirst()) {
                    #expect(after >= before - 1e-15, "seed \(seed), row \(row), column \(column)")
                }
                let others = try free.probabilities(Matrix(rows: sweep)).map { sign * $0 }
                freeRises += zip(others, others.dropFirst()).filter { $1 < $0 - 1e-9 }.count
            }
        }
        // Without the constraints the same sweeps do fall.
        #expect(freeRises > 0)
    }

    @Test("levels without an order are told apart", arguments: TreeRecipe.allCases)
    func nominal(_ recipe: TreeRecipe) throws {
        let sample = TreeSample(rows: 600, seed: 5)
        let held = TreeSample(rows: 600, seed: 6)
        let model = try recipe.fit(sample.data(), nominal: ["x3"])
        #expect(try accuracy(model, held) > 0.8)
        // A level that training has not seen goes somewhere, with a probability.
        var unknown = sample.features
        for row in 0..<unknown.rowCount { unknown[row, 3] = 99 }
        #expect(try model.probabilities(unknown).allSatisfy { (0...1).contains($0) })
        #expect(try type(of: model).init(fileBytes: model.fileBytes).digest == model.digest)
    }

    @Test("one split finds the set of levels that a search of all sets finds")
    func bestSet() throws {
        let sample = TreeSample(rows: 400, seed: 7)
        let column = Matrix(
            rowCount: 400, columnCount: 1, elements: sample.features.column(3).elements)
        let model = try DecisionTreeClassifier(
            growth: TreeGrowth(depthLimit: 1, nominal: ["x0"])
        ).fit(features: column, labels: sample.labels)
        func impurity(_ isLeft: (Double) -> Bool) -> Double {
            var counts = [[0.0, 0.0], [0.0, 0.0]]
            for (value, label) in zip(column.elements, sample.labels) {
                counts[isLeft(value) ? 0 : 1][label ? 1 : 0] += 1
            }
            return counts.reduce(0) { sum, side in
                let total = side[0] + side[1]
                return total == 0 ? sum : sum + 2 * side[0] * side[1] / total
            }
        }
        let best = (1..<255).map { set in impurity { set >> Int($0) & 1 == 1 } }.min()!
        guard case .levels(_, let set)? = model.trees.nodes(ofTree: 0)[0].split else {
            Issue.record("the root does not split by levels")
            return
        }
        expectClose(impurity { set.contains($0) }, best, relative: 1e-12)
    }

    @Test("missing values go where they gain", arguments: TreeRecipe.allCases)
    func missing(_ recipe: TreeRecipe) throws {
        let sample = TreeSample(rows: 600, missing: true, seed: 8)
        #expect(modelError { _ = try sample.data() }?.code == .nonFinite)
        let data = try sample.data(allowsMissing: true)
        let model = try recipe.fit(data)
        #expect(try accuracy(model, sample) > 0.75)
        // That a value is missing speaks for a bad loan.
        var some = sample.features
        var none = sample.features
        for row in 0..<600 {
            some[row, 0] = 0
            none[row, 0] = .nan
        }
        let known = try model.probabilities(some).reduce(0, +) / 600
        let unknown = try model.probabilities(none).reduce(0, +) / 600
        #expect(unknown > known + 0.05)
        #expect(try type(of: model).init(fileBytes: model.fileBytes).digest == model.digest)
        // A model of complete rows refuses what it has not learned.
        let complete = try recipe.fit(TreeSample(rows: 200, seed: 9).data())
        #expect(modelError { _ = try complete.probabilities(none) }?.code == .nonFinite)
        #expect(modelError { _ = try LogisticRegression().fit(data) }?.code == .nonFinite)
    }

    @Test("the missing direction is the better of the two", arguments: propertySeeds(5))
    func missingDirection(_ seed: UInt64) throws {
        let sample = TreeSample(rows: 300, missing: true, seed: seed)
        let column = Matrix(
            rowCount: 300, columnCount: 1, elements: sample.features.column(0).elements)
        let model = try DecisionTreeClassifier(
            growth: TreeGrowth(depthLimit: 1, cuts: .exact)
        ).fit(
            ClassificationData(
                features: column, labels: ClassLabels(sample.labels), allowsMissing: true))
        let values = column.elements.filter { !$0.isNaN }.sorted()
        func impurity(_ limit: Double, _ missingLeft: Bool) -> Double {
            var counts = [[0.0, 0.0], [0.0, 0.0]]
            for (value, label) in zip(column.elements, sample.labels) {
                let isLeft = value.isNaN ? missingLeft : value <= limit
                counts[isLeft ? 0 : 1][label ? 1 : 0] += 1
            }
            return counts.reduce(0) { sum, side in
                let total = side[0] + side[1]
                return total == 0 ? sum : sum + 2 * side[0] * side[1] / total
            }
        }
        let best = values.flatMap { [impurity($0, true), impurity($0, false)] }.min()!
        let root = model.trees.nodes(ofTree: 0)[0]
        guard case .threshold(_, let limit)? = root.split else {
            Issue.record("seed \(seed): the root does not split")
            return
        }
        expectClose(impurity(limit, root.missingGoesLeft), best, relative: 1e-12)
    }

    @Test("names that no feature has and exact cuts of too many values are refused")
    func refusals() throws {
        let data = try TreeSample(rows: 50, seed: 1).data()
        for growth in [
            TreeGrowth(nominal: ["y"]), TreeGrowth(monotone: [.init("y", .increasing)]),
        ] {
            #expect(
                modelError { _ = try DecisionTreeClassifier(growth: growth).fit(data) }?.code
                    == .invalidRecipe)
        }
        let three = try ClassificationData(
            features: data.features,
            labels: ClassLabels(codes: (0..<50).map { $0 % 3 }, classes: ["a", "b", "c"]))
        let directed = TreeGrowth(monotone: [.init("x0", .increasing)])
        #expect(
            modelError { _ = try DecisionTreeClassifier(growth: directed).fit(three) }?.code
                == .tooManyClasses)
        #expect(
            modelError {
                _ = try GradientBoostingClassifier(
                    BoostingGrowth(interactions: [["x0", "y"]])
                ).fit(data)
            }?.code == .invalidRecipe)
    }
}
