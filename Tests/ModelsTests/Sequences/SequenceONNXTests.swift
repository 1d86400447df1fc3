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
            var probabilities: [Double]
            var label: [String]
        }
        var steps: [[[Double]]]
        var statics: [[Double]]
        var models: [String: Outputs]
    }

    /// The networks by the names of their files.
    static let recipes: [(name: String, recipe: SequenceClassifier)] = [
        ("sequence-lstm-v1", quickRecipe(.lstm, isBidirectional: true)),
        ("sequence-gru-v1", quickRecipe(.gru, pooling: .mean, isBidirectional: true)),
        ("sequence-attention-v1", quickRecipe(.lstm, pooling: .attention)),
    ]

    private func url(_ name: String, _ ending: String) throws -> URL {
        try #require(
            Bundle.module.url(forResource: name, withExtension: ending, subdirectory: "Golden"))
    }

    @Test("probabilities and labels are onnxruntime's", arguments: recipes.map(\.name))
    func probabilities(_ name: String) throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: url("sequence_onnx", "json")))
        let model = try SequenceClassifierModel(contentsOf: url(name, "credit"))
        #expect(try model.onnx() == Array(Data(contentsOf: url(name, "onnx"))))
        let offsets = golden.steps.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        let inputs = try SequenceInputs(
            SequenceBatch(
                elements: golden.steps.flatMap { $0.flatMap { $0 } }, offsets: offsets,
                names: model.stepNames),
            statics: Matrix(rows: golden.statics), staticNames: model.staticNames)
        let expected = try #require(golden.models[name])
        let probabilities = try model.classProbabilities(inputs).elements
        for (value, expected) in zip(probabilities, expected.probabilities) {
            #expect(abs(value - expected) < 2e-6)
        }
        #expect(try model.predictedClasses(inputs) == expected.label)
        // The models differ by row, so equal numbers are no accident.
        #expect(Set(probabilities.map { ($0 * 1e4).rounded() }).count > 8)
    }

    @Test("outputs at every step are refused")
    func everyStep() throws {
        let sample = try SequenceSample(rows: 40, seed: 4)
        let model = try quickRecipe(pooling: nil, epochs: 1)
            .fit(sample.inputs, labels: sample.stepLabels)
        #expect(modelError { _ = try model.onnx() }?.code == .incompatible)
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
            let model = try recipe.fit(sample.inputs, labels: sample.labels)
            try model.write(to: folder.appending(path: "\(name).credit"))
            try Data(model.onnx()).write(to: folder.appending(path: "\(name).onnx"))
        }
    }
}
