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
        let width = plan.output.width
        var results = [Double](repeating: 0, count: inputs.count * width)
        for first in stride(from: 0, to: inputs.count, by: FusionPass<Float>.blockSize) {
            let last = min(first + FusionPass<Float>.blockSize, inputs.count)
            pass.arrange(Array(first..<last), of: source)
            let outputs = pass.forward(source, parameters: parameters, state: state.base)
            plan.output.activate(outputs, rows: pass.targetRows.count)
            for (index, row) in pass.targetRows.enumerated() {
                for column in 0..<width {
                    results[row * width + column] = Double(outputs[index * width + column])
                }
            }
        }
        return plan.output.classProbabilities(results)
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
        mostProbable(classes, try classProbabilities(inputs))
    }
}
