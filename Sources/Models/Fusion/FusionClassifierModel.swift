// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted network that reads several parts together and gives class probabilities.
///
/// The probabilities of a row have the same bits alone and in every batch.
public struct FusionClassifierModel: Codable, Hashable, Sendable {
    /// The recipe that was fitted.
    public let recipe: FusionClassifier

    let layout: FusionLayout
    let parameters: [Float]
    let state: [Float]

    /// The epochs of the training, for a chart of its losses.
    public let history: [TrainingEpoch]

    init(
        recipe: FusionClassifier, layout: FusionLayout, parameters: [Float], state: [Float],
        history: [TrainingEpoch]
    ) {
        self.recipe = recipe
        self.layout = layout
        self.parameters = parameters
        self.state = state
        self.history = history
    }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { layout.classes }

    /// The parts that the network reads.
    public var parts: [FusionInputs.Part] { layout.parts }

    /// The names of the numbers of a step; none where the network reads no sequences.
    public var stepNames: [String] { layout.steps?.names ?? [] }

    /// The names of the network's features; none where there are none.
    public var networkNames: [String] { layout.network?.names ?? [] }

    /// The names of the static columns; none where there are none.
    public var staticNames: [String] { layout.statics?.names ?? [] }

    /// The number of parameters.
    public var parameterCount: Int { parameters.count }

    /// The probability of every class, (rows x classes); each row sums to 1.
    ///
    /// - Parameter inputs: rows of the same parts and columns as those of the fit.
    /// - Throws: ``ModelError`` with code `incompatible` for other parts, `wrongWidth` for other
    ///   columns.
    /// - Complexity: O(steps * parameters of the sequence + terms * sums + rows * other parameters).
    public func classProbabilities(_ inputs: FusionInputs) throws(ModelError) -> Matrix<Double> {
        let source = try layout.source(inputs)
        let plan = layout.plan(recipe)
        let pass = FusionPass<Float>(plan)
        pass.pack(parameters, forBackward: false)
        let state = ScalarBuffer<Float>(state)
        let (width, columns) = (plan.output.width, classes.count)
        var results = [Double](repeating: 0, count: inputs.count * columns)
        for first in stride(from: 0, to: inputs.count, by: SequenceProblem.blockSize) {
            let last = min(first + SequenceProblem.blockSize, inputs.count)
            pass.arrange(Array(first..<last), of: source)
            let outputs = pass.forward(source, parameters: parameters, state: state.base)
            plan.output.activate(outputs, rows: pass.order.count)
            for (index, row) in pass.order.enumerated() {
                let values = UnsafeBufferPointer(start: outputs + index * width, count: width)
                for (column, value) in Self.probabilities(values.map { Double($0) }).enumerated() {
                    results[row * columns + column] = value
                }
            }
        }
        return Matrix(rowCount: inputs.count, columnCount: columns, elements: results)
    }

    /// The probabilities of all classes, of one output for two of them.
    static func probabilities(_ outputs: [Double]) -> [Double] {
        guard outputs.count > 1 else { return [1 - outputs[0], outputs[0]] }
        // Their sum was 1 in single precision.
        let sum = outputs.reduce(0, +)
        return outputs.map { $0 / sum }
    }

    /// The probability of the last class, the positive one of two, one for each row.
    ///
    /// - Throws: ``ModelError`` as ``classProbabilities(_:)``.
    public func probabilities(_ inputs: FusionInputs) throws(ModelError) -> [Double] {
        try classProbabilities(inputs).column(classes.count - 1).elements
    }

    /// The most probable class of every row; of equal ones the first.
    ///
    /// - Throws: ``ModelError`` as ``classProbabilities(_:)``.
    public func predictedClasses(_ inputs: FusionInputs) throws(ModelError) -> [String] {
        let probabilities = try classProbabilities(inputs)
        return (0..<probabilities.rowCount).map { row in
            let best = classes.indices.dropFirst().reduce(0) {
                probabilities[row, $1] > probabilities[row, $0] ? $1 : $0
            }
            return classes[best]
        }
    }
}
