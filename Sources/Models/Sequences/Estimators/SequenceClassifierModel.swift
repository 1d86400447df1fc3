// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted network that reads sequences and gives class probabilities.
///
/// The probabilities of a row have the same bits alone and in every batch, and on every processor.
public struct SequenceClassifierModel: Codable, Hashable, Sendable {
    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    let core: SequenceModelCore

    init(_ classes: [String], _ core: SequenceModelCore) {
        self.classes = classes
        self.core = core
    }

    /// The layers.
    public var network: SequenceNetwork { core.network }

    /// The names of the numbers of a step.
    public var stepNames: [String] { core.stepNames }

    /// The names of the static columns.
    public var staticNames: [String] { core.staticNames }

    /// The epochs of the training, for a chart of its losses.
    public var history: [TrainingEpoch] { core.history }

    /// The number of parameters.
    public var parameterCount: Int { core.parameters.count }

    /// The probability of every class, (rows x classes), or (steps of all rows x classes) where
    /// ``SequenceNetwork/pooling`` is `nil`; each row sums to 1.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    /// - Complexity: O(steps * parameters).
    public func classProbabilities(_ inputs: SequenceInputs) throws(ModelError) -> Matrix<Double> {
        let outputs = try core.outputs(inputs)
        guard classes.count == 2 else {
            return Matrix(
                rowCount: outputs.rowCount, columnCount: classes.count,
                elements: normalised(outputs.elements))
        }
        var elements = [Double](repeating: 0, count: 2 * outputs.rowCount)
        for (row, probability) in outputs.elements.enumerated() {
            elements[2 * row] = 1 - probability
            elements[2 * row + 1] = probability
        }
        return Matrix(rowCount: outputs.rowCount, columnCount: 2, elements: elements)
    }

    /// The probability of the last class, the positive one of two: one for each row, or for each
    /// step of all rows.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    public func probabilities(_ inputs: SequenceInputs) throws(ModelError) -> [Double] {
        let probabilities = try classProbabilities(inputs)
        return (0..<probabilities.rowCount).map { probabilities[$0, classes.count - 1] }
    }

    /// The most probable class; of equal ones the first.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    public func predictedClasses(_ inputs: SequenceInputs) throws(ModelError) -> [String] {
        let probabilities = try classProbabilities(inputs)
        return (0..<probabilities.rowCount).map { row in
            let best = classes.indices.dropFirst().reduce(0) {
                probabilities[row, $1] > probabilities[row, $0] ? $1 : $0
            }
            return classes[best]
        }
    }

    /// A stream of one row's events, which carries the network's state from event to event.
    ///
    /// - Parameter statics: what is known once for the row, in the order of ``staticNames``.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; `incompatible` for a network
    ///   of both directions, which needs the newest event first.
    public func stream(statics: [Double] = []) throws(ModelError) -> SequenceStream {
        try SequenceStream(core, statics: statics)
    }

    /// Probabilities whose sum was 1 in single precision, in double precision.
    private func normalised(_ values: [Double]) -> [Double] {
        var values = values
        for start in stride(from: 0, to: values.count, by: classes.count) {
            let sum = values[start..<start + classes.count].reduce(0, +)
            for index in start..<start + classes.count { values[index] /= sum }
        }
        return values
    }
}
