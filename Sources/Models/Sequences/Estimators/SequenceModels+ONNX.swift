// SPDX-License-Identifier: Apache-2.0

extension SequenceClassifierModel {
    /// The model in the format of ONNX; the network computes in single precision.
    ///
    /// The inputs are `sequences` (steps x rows x numbers of a step, padded behind the last steps),
    /// `lengths` (rows x 1), the steps of each row, at least 1, and `statics` (rows x static columns)
    /// where there are any. The outputs are `probabilities` (rows x classes) and `label` (rows), the
    /// first of the most probable classes; where ``SequenceNetwork/pooling`` is `nil` they are (steps
    /// x rows x classes) and (steps x rows), of which those behind the last step of a row mean
    /// nothing. The metadata hold the names of the inputs, one a line, and the
    /// ``ModelFileContent/digest`` of this model. Runtimes have exponentials and orders of sums of
    /// their own, so probabilities agree to about 1e-6.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "sequence-classifier") -> [UInt8] {
        var writer = SequenceGraphWriter(core: core, graph: ONNXGraph(name: name))
        let outputs = writer.network()
        let isStepwise = network.pooling == nil
        let probabilities =
            classes.count == 2
            ? writer.graph.binaryProbabilities(outputs, isStepwise: isStepwise)
            : writer.graph.node("Softmax", [outputs], [("axis", .int(isStepwise ? 2 : 1))])
        writer.graph.classify(probabilities, classes, isStepwise: isStepwise)
        return writer.graph.bytes(metadata: core.metadata(of: self))
    }
}

extension SequenceRegressorModel {
    /// The model in the format of ONNX; the network computes in single precision.
    ///
    /// The inputs are those of ``SequenceClassifierModel/onnx(name:)``; the output is `predictions`,
    /// (rows x 1), or (steps x rows x 1) where ``SequenceNetwork/pooling`` is `nil`. Runtimes have
    /// exponentials and orders of sums of their own, so predictions agree to about 1e-6 of the
    /// targets' spread.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    public func onnx(name: String = "sequence-regressor") -> [UInt8] {
        var writer = SequenceGraphWriter(core: core, graph: ONNXGraph(name: name))
        let outputs = writer.network()
        let spread = writer.graph.constant([scale.deviation], [1, 1])
        let scaled = writer.graph.node("Mul", [outputs, spread])
        writer.graph.output(
            "predictions",
            writer.graph.node("Add", [scaled, writer.graph.constant([scale.mean], [1, 1])]),
            .double, columns: 1, isStepwise: network.pooling == nil)
        return writer.graph.bytes(metadata: core.metadata(of: self))
    }
}

extension SequenceModelCore {
    fileprivate func metadata(of model: some ModelFileContent) -> [(String, String)] {
        [
            ("steps", layout.stepNames.joined(separator: "\n")),
            ("statics", layout.staticNames.joined(separator: "\n")),
            ("digest", model.digest.description),
        ]
    }
}
