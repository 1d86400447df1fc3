// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SE1, NN1: files and ONNX of networks, scored by onnxruntime")
struct NetworkExportTests {
    struct Golden: Decodable {
        struct Outputs: Decodable {
            var values: [Double]
            var label: [String]?
        }
        var features: [[Double]]
        var binary, classes, number: Outputs
    }

    private func url(_ name: String, _ suffix: String) throws -> URL {
        try #require(
            Bundle.module.url(forResource: name, withExtension: suffix, subdirectory: "Golden"))
    }

    private func golden() throws -> Golden {
        try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: url("networks_onnx", "json")))
    }

    private func model<Model: ModelFileContent>(_ name: String) throws -> Model {
        let file = try url("multilayer-perceptron-\(name)-model-v1", "credit")
        let model = try Model(contentsOf: file)
        #expect(try model.fileBytes == Array(Data(contentsOf: file)))
        return model
    }

    private func expectFile(_ name: String, _ bytes: [UInt8]) throws {
        let file = try url("multilayer-perceptron-\(name)-v1", "onnx")
        #expect(try Data(bytes) == Data(contentsOf: file), "\(name)")
    }

    @Test("normalisations, an embedding and dropout: the probabilities of onnxruntime")
    func binary() throws {
        let golden = try golden()
        let model: MultilayerPerceptronModel = try model("binary")
        try expectFile("binary", model.onnx())
        let features = Matrix(rows: golden.features)
        expectClose(
            try model.classProbabilities(features).elements, golden.binary.values,
            relative: 1e-12, absolute: 1e-15)
        #expect(try model.predictedClasses(features) == golden.binary.label)
    }

    @Test("several classes and gelu: the probabilities of onnxruntime")
    func classes() throws {
        let golden = try golden()
        let model: MultilayerPerceptronModel = try model("classes")
        try expectFile("classes", model.onnx())
        let features = Matrix(rows: golden.features)
        // onnxruntime has the error function in single precision only.
        expectClose(
            try model.classProbabilities(features).elements, golden.classes.values,
            relative: 1e-5, absolute: 1e-6)
        #expect(try model.predictedClasses(features) == golden.classes.label)
    }

    @Test("a number: the predictions of onnxruntime")
    func number() throws {
        let golden = try golden()
        let model: MultilayerPerceptronRegressorModel = try model("number")
        try expectFile("number", model.onnx())
        expectClose(
            try model.predictions(Matrix(rows: golden.features)), golden.number.values,
            relative: 1e-12)
    }
}
