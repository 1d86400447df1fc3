// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SE1: trees as ONNX files, scored by onnxruntime")
struct TreeONNXTests {
    struct Golden: Decodable {
        struct Outputs: Decodable {
            var probabilities: [Double]?
            var label: [String]?
            var predictions: [Double]?
        }
        /// `nil` for a missing value.
        var features: [[Double?]]
        var outputs: [String: Outputs]
    }

    /// A model that is fitted to the same bytes on every machine, its export and its outputs.
    struct Exported: Sendable {
        let name: String
        let bytes: [UInt8]
        let outputs: @Sendable (Matrix<Double>) throws -> Golden.Outputs

        init(_ name: String, _ bytes: [UInt8], _ model: some ClassifierModel) {
            self.name = name
            self.bytes = bytes
            outputs = { features in
                Golden.Outputs(
                    probabilities: try model.classProbabilities(features).elements,
                    label: try model.predictedClasses(features))
            }
        }

        init(_ name: String, _ bytes: [UInt8], _ model: some RegressorModel) {
            self.name = name
            self.bytes = bytes
            outputs = { Golden.Outputs(predictions: try model.predictions($0)) }
        }
    }

    static func exports() throws -> [Exported] {
        let sample = TreeSample(rows: 240, missing: true, seed: 51)
        let names = ["income", "age", "debt", "purpose"]
        let two = try ClassificationData(
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
        let counts = try RegressionData(
            features: sample.features, targets: sample.targets.map { max(0, $0.rounded()) },
            featureNames: names, allowsMissing: true)
        let growth = TreeGrowth(
            minimumLeafWeight: 4, features: .squareRoot, nominal: ["purpose"])
        let boosting = BoostingGrowth(roundCount: 6, leafLimit: 6, nominal: ["purpose"])
        let tree = try DecisionTreeClassifier(growth: growth).fit(three)
        let forest = try RandomForestClassifier(treeCount: 7, growth: growth).fit(two)
        let shares = try RandomForestClassifier(treeCount: 5, growth: growth).fit(three)
        let boosted = try GradientBoostingClassifier(boosting).fit(two)
        let scores = try GradientBoostingClassifier(boosting).fit(three)
        let oneTree = try DecisionTreeRegressor(growth: growth).fit(numbers)
        let manyTrees = try RandomForestRegressor(treeCount: 5, growth: growth).fit(numbers)
        let means = try GradientBoostingRegressor(boosting, loss: .poisson).fit(counts)
        // A tree without a split.
        let root = try RandomForestClassifier(
            treeCount: 2, growth: TreeGrowth(minimumLeafWeight: 200)
        ).fit(two)
        return [
            Exported("tree", tree.onnx(), tree), Exported("forest", forest.onnx(), forest),
            Exported("forest-of-three", shares.onnx(), shares),
            Exported("boosting", boosted.onnx(), boosted),
            Exported("boosting-of-three", scores.onnx(), scores),
            Exported("regression-tree", oneTree.onnx(), oneTree),
            Exported("regression-forest", manyTrees.onnx(), manyTrees),
            Exported("boosting-of-counts", means.onnx(), means),
            Exported("roots", root.onnx(), root),
        ]
    }

    private static func golden(_ name: String, _ kind: String) throws -> Data {
        try Data(
            contentsOf: #require(
                Bundle.module.url(
                    forResource: name, withExtension: kind, subdirectory: "Golden")))
    }

    @Test("exports are the files that onnxruntime has scored, and score alike")
    func parity() throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Self.golden("onnx_trees", "json"))
        let features = Matrix(rows: golden.features.map { $0.map { $0 ?? .nan } })
        #expect(features.elements.contains { $0.isNaN })
        for model in try Self.exports() {
            #expect(
                try Data(model.bytes) == Self.golden("\(model.name)-v1", "onnx"), "\(model.name)")
            let (own, found) = (
                try model.outputs(features), try #require(golden.outputs[model.name])
            )
            #expect(own.label == found.label, "\(model.name)")
            for (a, b) in [
                (own.probabilities, found.probabilities), (own.predictions, found.predictions),
            ] {
                #expect((a == nil) == (b == nil), "\(model.name)")
                if let a, let b {
                    expectClose(a, b, relative: 1e-12, absolute: 1e-15, "\(model.name)")
                }
            }
        }
    }
}
