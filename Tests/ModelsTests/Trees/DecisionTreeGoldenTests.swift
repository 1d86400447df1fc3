// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RF1: decision trees with exact cuts against scikit-learn")
struct DecisionTreeGoldenTests {
    struct Golden: Decodable {
        struct Case: Decodable {
            var nodes, probabilities: [[Double]]
            var importances: [Double]
        }
        struct Path: Decodable { var costs, impurities: [Double] }
        struct Regression: Decodable {
            var nodes: [[Double]]
            var predictions, importances: [Double]
        }
        var features: [[Double]]
        var two, three: [Int]
        var target, weights, fractions: [Double]
        var cases: [String: Case]
        var path: Path
        var regression: Regression
    }

    let golden: Golden
    private var features: Matrix<Double> { Matrix(rows: golden.features) }

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "decision_trees", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    /// A tree's nodes as in the file: depth first, each with feature, threshold, weight and values.
    private func nodes(_ trees: TreeEnsemble, root: Int = 0) -> [[Double]] {
        let all = trees.nodes(ofTree: 0)
        func walk(_ index: Int) -> [[Double]] {
            let node = all[index]
            guard case .threshold(let feature, let limit)? = node.split else {
                return [[-1, 0, node.cover]]
            }
            let position = Double(trees.featureNames.firstIndex(of: feature) ?? -1)
            return [[position, limit, node.cover]]
                + walk(node.leftChild) + walk(node.leftChild + 1)
        }
        return walk(root)
    }

    private func expectNodes(
        _ trees: TreeEnsemble, _ expected: [[Double]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let found = nodes(trees)
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        #expect(
            found.map { $0[0] } == expected.map { $0[0] }, sourceLocation: sourceLocation)
        // scikit-learn keeps the middle of two values in double precision.
        expectClose(
            found.map { $0[1] }, expected.map { $0[1] }, relative: 1e-12,
            sourceLocation: sourceLocation)
        expectClose(
            found.map { $0[2] }, expected.map { $0[2] }, relative: 1e-9,
            sourceLocation: sourceLocation)
    }

    static let recipes: [(String, DecisionTreeClassifier)] = [
        ("gini", DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 4, cuts: .exact))),
        (
            "giniWeighted",
            DecisionTreeClassifier(
                growth: TreeGrowth(depthLimit: 4, minimumLeafWeight: 11.86, cuts: .exact))
        ),
        ("giniFractions", DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 4, cuts: .exact))),
        (
            "entropy",
            DecisionTreeClassifier(
                growth: TreeGrowth(depthLimit: 4, cuts: .exact), criterion: .entropy)
        ),
        ("threeGini", DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 4, cuts: .exact))),
        (
            "threeEntropy",
            DecisionTreeClassifier(
                growth: TreeGrowth(depthLimit: 4, cuts: .exact), criterion: .entropy)
        ),
        (
            "balanced",
            DecisionTreeClassifier(
                growth: TreeGrowth(depthLimit: 3, cuts: .exact), classWeighting: .balanced)
        ),
        ("pruned", DecisionTreeClassifier(growth: TreeGrowth(cuts: .exact), pruning: 0.01)),
        ("leaves", DecisionTreeClassifier(growth: TreeGrowth(leafLimit: 9, cuts: .exact))),
        (
            "minimumGain",
            DecisionTreeClassifier(growth: TreeGrowth(minimumGain: 0.01, cuts: .exact))
        ),
    ]

    private func data(_ name: String) throws -> ClassificationData {
        let isThree = name.hasPrefix("three")
        let weights: [Double]? =
            switch name {
            case "giniWeighted", "entropy", "threeGini": golden.weights
            case "giniFractions": golden.fractions
            default: nil
            }
        return try ClassificationData(
            features: features,
            labels: ClassLabels(
                codes: isThree ? golden.three : golden.two,
                classes: isThree ? ["0", "1", "2"] : ["0", "1"]),
            weights: weights)
    }

    @Test("the same splits, probabilities and importances", arguments: recipes.indices)
    func parity(_ index: Int) throws {
        var (name, recipe) = Self.recipes[index]
        let expected = try #require(golden.cases[name])
        if name == "giniWeighted" {
            recipe.growth.minimumLeafWeight = 0.02 * golden.weights.reduce(0, +)
        }
        let model = try recipe.fit(data(name))
        expectNodes(model.trees, expected.nodes)
        expectClose(
            try model.classProbabilities(features).elements,
            expected.probabilities.flatMap { $0 }, relative: 1e-12, absolute: 1e-12)
        expectClose(
            model.trees.impurityImportances, expected.importances, relative: 1e-6, absolute: 1e-9)
    }

    @Test("a tree without limits separates all rows and has as many leaves")
    func full() throws {
        let expected = try #require(golden.cases["full"])
        let model = try DecisionTreeClassifier(growth: TreeGrowth(cuts: .exact))
            .fit(data("full"))
        expectClose(
            try model.classProbabilities(features).elements,
            expected.probabilities.flatMap { $0 }, absolute: 0)
        let leaves = Double(model.trees.leafCount(ofTree: 0))
        let others = Double(expected.nodes.filter { $0[0] < 0 }.count)
        // Where two splits gain the same, either may be taken.
        #expect(abs(leaves - others) <= 0.05 * others)
    }

    @Test("the pruning path")
    func path() throws {
        let path = try DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 5, cuts: .exact))
            .pruningPath(data("gini"))
        expectClose(path.map { $0.cost }, golden.path.costs, relative: 1e-9, absolute: 1e-12)
        expectClose(
            path.map { $0.impurity }, golden.path.impurities, relative: 1e-9, absolute: 1e-12)
    }

    @Test("a regression tree with fractional weights")
    func regression() throws {
        let model = try DecisionTreeRegressor(growth: TreeGrowth(depthLimit: 5, cuts: .exact))
            .fit(features: features, targets: golden.target, weights: golden.fractions)
        expectNodes(model.trees, golden.regression.nodes)
        expectClose(
            try model.predictions(features), golden.regression.predictions, relative: 1e-12,
            absolute: 1e-12)
        expectClose(
            model.trees.impurityImportances, golden.regression.importances, relative: 1e-5,
            absolute: 1e-7)
    }
}
