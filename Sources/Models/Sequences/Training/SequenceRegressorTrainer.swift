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

    let stepNames: [String]
    let staticNames: [String]
    let scaling: SequenceScaling
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
        self.init(recipe, inputs, fit, scale)
    }

    init(
        _ recipe: SequenceRegressor, _ inputs: SequenceInputs, _ fit: SequenceFit,
        _ scale: TargetMoments
    ) {
        self.recipe = recipe
        stepNames = inputs.stepNames
        staticNames = inputs.staticNames
        scaling = fit.scaling
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
            scale,
            SequenceModelCore(
                network: recipe.network, training: recipe.training, output: .squared,
                stepNames: stepNames, staticNames: staticNames, scaling: scaling,
                parameters: run.result.parameters, state: run.result.state, history: run.history))
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
        guard inputs.stepNames == stepNames, inputs.staticNames == staticNames else {
            throw ModelError(
                .incompatible,
                "rows of \(inputs.stepNames) with \(inputs.staticNames), for a network of "
                    + "\(stepNames) with \(staticNames)")
        }
        let (fit, _) = try recipe.prepare(
            inputs, targets, weights, scaling: scaling, scale: scale)
        try run.advance(fit.problem)
        return run.history[run.history.count - 1]
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
        encoder.encode(strings: stepNames)
        encoder.encode(strings: staticNames)
        scaling.encode(to: &encoder)
        scale.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try SequenceRegressor(from: &decoder)
        stepNames = try decoder.decodeStrings()
        staticNames = try decoder.decodeStrings()
        scaling = try SequenceScaling(
            from: &decoder, stepCount: stepNames.count, staticCount: staticNames.count)
        guard !stepNames.isEmpty, Set(stepNames).count == stepNames.count else {
            throw decoder.error("the numbers of a step are \(stepNames)")
        }
        scale = try TargetMoments(from: &decoder)
        let plan = recipe.network.plan(
            stepCount: stepNames.count, staticCount: staticNames.count, output: .squared)
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: plan.parameterCount,
            stateCount: plan.head.stateCount)
    }
}

extension TargetMoments {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(mean)
        encoder.encode(deviation)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(mean: try decoder.decodeDouble(), deviation: try decoder.decodeDouble())
        guard mean.isFinite, deviation > 0, deviation.isFinite else {
            throw decoder.error("targets of mean \(mean) and deviation \(deviation)")
        }
    }
}
