// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted network that reads sequences and gives class probabilities.
///
/// The probabilities of a row have the same bits alone and in every batch, and on every processor.
public struct SequenceClassifierModel: Codable, Hashable, Sendable {
    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    let core: SequenceModelCore

    /// The layers.
    public var network: SequenceNetwork { core.network }

    /// The names of the numbers of a step.
    public var stepNames: [String] { core.layout.stepNames }

    /// The names of the static columns.
    public var staticNames: [String] { core.layout.staticNames }

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
        core.output.classProbabilities(try core.outputs(inputs))
    }

    /// The probability of the last class, the positive one of two: one for each row, or for each
    /// step of all rows.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    public func probabilities(_ inputs: SequenceInputs) throws(ModelError) -> [Double] {
        try classProbabilities(inputs).column(classes.count - 1).elements
    }

    /// The most probable class; of equal ones the first.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    public func predictedClasses(_ inputs: SequenceInputs) throws(ModelError) -> [String] {
        mostProbable(classes, try classProbabilities(inputs))
    }

    /// A stream of one row's events, which carries the network's state from event to event.
    ///
    /// - Parameter statics: what is known once for the row, in the order of ``staticNames``.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; `incompatible` for a network
    ///   of both directions, which needs the newest event first.
    public func stream(statics: [Double] = []) throws(ModelError) -> SequenceStream {
        try SequenceStream(core, statics: statics)
    }
}
