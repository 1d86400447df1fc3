// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The training of a ``SequenceRegressor``, epoch by epoch; see ``SequenceTrainer``.
///
/// It is a value: a copy is a checkpoint, and so is its file. A trainer that was written and read
/// goes on to the same bytes as one that was not. An epoch that fails, such as by an exploding loss,
/// leaves the trainer as it was before.
public struct SequenceRegressorTrainer: Codable, Equatable, Sendable {
    /// The recipe that is trained.
    public let recipe: SequenceRegressor

    let layout: SequenceLayout
    let scale: TargetMoments
    var run: TrainingRun<Float>

    /// A trainer before its first epoch.
    ///
    /// - Parameters:
    ///   - recipe: the network and its training.
    ///   - inputs: the rows that it will be trained on.
    ///   - targets: the number of every row, or of every step of every row, whose mean and spread
    ///     are taken out of all targets of the training.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` as ``SequenceRegressor/fit(_:targets:weights:progress:)``.
    public init(
        _ recipe: SequenceRegressor, _ inputs: SequenceInputs, targets: [Double],
        weights: [Double]? = nil
    ) throws(ModelError) {
        let (fit, scale) = try recipe.prepare(inputs, targets, weights)
        self.init(recipe, fit, scale)
    }

    init(_ recipe: SequenceRegressor, _ fit: SequenceFit, _ scale: TargetMoments) {
        self.recipe = recipe
        layout = fit.layout
        self.scale = scale
        run = TrainingRun(recipe.training, for: fit.problem)
    }

    /// The epochs that are done, whose losses are of scaled targets.
    public var history: [TrainingEpoch] { run.history }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    public var isFinished: Bool { run.isFinished }

    /// The model of the parameters so far: those of the lowest validation loss where training stops
    /// by it, else the last ones.
    public var model: SequenceRegressorModel {
        SequenceRegressorModel(
            core: SequenceModelCore(
                network: recipe.network, training: recipe.training, output: .squared,
                layout: layout, parameters: run.result.parameters, state: run.result.state,
                history: run.history), scale: scale)
    }

    /// Trains for one more epoch.
    ///
    /// - Parameters:
    ///   - inputs: the rows, of the same numbers as those that the trainer began with.
    ///   - targets: their numbers.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `incompatible` for rows of other numbers, `diverged` or
    ///   `cancelled`, and as the initialiser; the trainer is then unchanged.
    @discardableResult
    public mutating func advance(
        _ inputs: SequenceInputs, targets: [Double], weights: [Double]? = nil
    ) throws(ModelError) -> TrainingEpoch {
        try layout.checkNames(inputs)
        return try run.advance(
            recipe.prepare(inputs, targets, weights, layout: layout, scale: scale).fit.problem)
    }
}

extension SequenceRegressorTrainer: CanonicalContent {
    /// `sequence-regressor-trainer.1`.
    public static var kind: String { "sequence-regressor-trainer.1" }

    /// The canonical bytes of the recipe and of where its training stands.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a trainer and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the trainer as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        layout.encode(to: &encoder)
        scale.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try SequenceRegressor(from: &decoder)
        layout = try SequenceLayout(from: &decoder)
        scale = try TargetMoments(from: &decoder)
        let plan = layout.plan(recipe.network, output: .squared)
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: plan.parameterCount,
            stateCount: plan.stateCount)
    }
}
