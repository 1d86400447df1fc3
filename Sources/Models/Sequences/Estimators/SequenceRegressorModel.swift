// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A fitted network that reads sequences and predicts numbers.
///
/// The prediction of a row has the same bits alone and in every batch, and on every processor.
public struct SequenceRegressorModel: Codable, Hashable, Sendable {
    let core: SequenceModelCore
    let scale: TargetMoments

    /// The layers.
    public var network: SequenceNetwork { core.network }

    /// The names of the numbers of a step.
    public var stepNames: [String] { core.layout.stepNames }

    /// The names of the static columns.
    public var staticNames: [String] { core.layout.staticNames }

    /// The epochs of the training, for a chart of its losses, which are of scaled targets.
    public var history: [TrainingEpoch] { core.history }

    /// The predicted number of every row, or of every step of all rows where
    /// ``SequenceNetwork/pooling`` is `nil`.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    /// - Complexity: O(steps * parameters).
    public func predictions(_ inputs: SequenceInputs) throws(ModelError) -> [Double] {
        try core.outputs(inputs).map { scale.mean + scale.deviation * $0 }
    }
}
