// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing

@Suite("SE1, LS1: ONNX files of networks that read sequences, scored by onnxruntime")
struct SequenceONNXTests {
    struct Golden: Decodable {
        struct Outputs: Decodable {
            /// Of a regression there are predictions.
            var probabilities, predictions: [Double]?
            var label: [String]?
        }
        var steps: [[[Double]]]
        var statics: [[Double]]
        var models: [String: Outputs]

        func inputs(_ stepNames: [String], _ staticNames: [String]) throws -> SequenceInputs {
            let offsets = steps.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
            return try SequenceInputs(
                SequenceBatch(
                    elements: steps.flatMap { $0.flatMap { $0 } }, offsets: offsets,
                    names: stepNames),
                statics: Matrix(rows: statics), staticNames: staticNames)
        }

        /// Where the runtime has the output of every row, or of every step of every row.
        func places(isStepwise: Bool) -> [Int] {
            guard isStepwise else { return Array(steps.indices) }
            return steps.indices.flatMap { row in
                steps[row].indices.map { $0 * steps.count + row }
            }
        }
    }

    /// The networks by the names of their files.
    static let recipes: [(name: String, recipe: SequenceClassifier)] = [
        ("sequence-lstm-v1", quickRecipe(.lstm, isBidirectional: true)),
        ("sequence-gru-v1", quickRecipe(.gru, pooling: .mean, isBidirectional: true)),
        ("sequence-attention-v1", quickRecipe(.lstm, pooling: .attention)),
        ("sequence-steps-v1", quickRecipe(.lstm, pooling: nil, isBidirectional: true)),
    ]

    /// Regressions by the names of their files.
    static let regressions: [(name: String, recipe: SequenceRegressor)] = [
        ("sequence-number-v1", regression(.gru, .last)),
        ("sequence-numbers-v1", regression(.lstm, nil)),
    ]

    private static func regression(
        _ cell: RecurrentCell, _ pooling: SequencePooling?
    ) -> SequenceRegressor {
        SequenceRegressor(
            SequenceNetwork(cell, hiddenCount: 6, pooling: pooling, denseCounts: [5]),
            training: NetworkTraining(
                epochLimit: 4, batchSize: 40, optimiser: .adam(learningRate: 0.02), seed: 3))
    }

    private func url(_ name: String, _ ending: String) throws -> URL {
        try #require(
            Bundle.module.url(forResource: name, withExtension: ending, subdirectory: "Golden"))
    }

    @Test("probabilities and labels are onnxruntime's", arguments: recipes.map(\.name))
    func probabilities(_ name: String) throws {
        let golden = try golden()
        let model = try SequenceClassifierModel(contentsOf: url(name, "credit"))
        #expect(model.onnx() == Array(try Data(contentsOf: url(name, "onnx"))))
        let expected = try #require(golden.models[name])
        let inputs = try golden.inputs(model.stepNames, model.staticNames)
        let probabilities = try model.classProbabilities(inputs).elements
        let width = model.classes.count
        let places = golden.places(isStepwise: model.network.pooling == nil)
        let others = try #require(expected.probabilities)
        #expect(probabilities.count == places.count * width)
        for (row, place) in places.enumerated() {
            for column in 0..<width {
                let value = probabilities[row * width + column]
                #expect(abs(value - others[place * width + column]) < 2e-6)
            }
        }
        let labels = try #require(expected.label)
        #expect(try model.predictedClasses(inputs) == places.map { labels[$0] })
        // The models differ by row, so equal numbers are no accident.
        #expect(Set(probabilities.map { ($0 * 1e4).rounded() }).count > 8)
    }

    @Test("predictions are onnxruntime's", arguments: regressions.map(\.name))
    func predictions(_ name: String) throws {
        let golden = try golden()
        let model = try SequenceRegressorModel(contentsOf: url(name, "credit"))
        #expect(model.onnx() == Array(try Data(contentsOf: url(name, "onnx"))))
        let inputs = try golden.inputs(model.stepNames, model.staticNames)
        let predictions = try model.predictions(inputs)
        let places = golden.places(isStepwise: model.network.pooling == nil)
        let expected = try #require(golden.models[name]?.predictions)
        #expect(predictions.count == places.count)
        for (value, place) in zip(predictions, places) {
            #expect(abs(value - expected[place]) < 1e-5)
        }
        #expect(Set(predictions.map { ($0 * 100).rounded() }).count > 4)
    }

    private func golden() throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url("sequence_onnx", "json")))
    }

    /// Writes the golden files anew: `CREDIT_WRITE_GOLDEN=folder swift test --filter SequenceONNX`.
    @Test(
        "golden files can be written anew",
        .enabled(if: ProcessInfo.processInfo.environment["CREDIT_WRITE_GOLDEN"] != nil))
    func write() throws {
        let folder = URL(
            filePath: ProcessInfo.processInfo.environment["CREDIT_WRITE_GOLDEN"] ?? "")
        let sample = try SequenceSample(rows: 200, seed: 6)
        for (name, recipe) in Self.recipes {
            let isStepwise = recipe.network.pooling == nil
            let labels = isStepwise ? sample.stepLabels : sample.labels
            let model = try recipe.fit(sample.inputs, labels: labels)
            try model.write(to: folder.appending(path: "\(name).credit"))
            try Data(model.onnx()).write(to: folder.appending(path: "\(name).onnx"))
        }
        for (name, recipe) in Self.regressions {
            let isStepwise = recipe.network.pooling == nil
            let targets =
                isStepwise
                ? sample.stepLabels.codes.map { 10 + 5 * Double($0) } : sample.targets
            let model = try recipe.fit(sample.inputs, targets: targets)
            try model.write(to: folder.appending(path: "\(name).credit"))
            try Data(model.onnx()).write(to: folder.appending(path: "\(name).onnx"))
        }
    }
}
