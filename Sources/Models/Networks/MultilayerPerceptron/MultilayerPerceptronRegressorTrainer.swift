// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The training of a ``MultilayerPerceptronRegressor``, epoch by epoch; see
/// ``MultilayerPerceptronTrainer``.
///
/// It is a value: a copy is a checkpoint, and so is its file. A trainer that was written and read
/// goes on to the same bytes as one that was not. An epoch that fails, such as by an exploding loss,
/// leaves the trainer as it was before.
public struct MultilayerPerceptronRegressorTrainer: ModelFileContent, Codable, Equatable, Sendable {
    /// The recipe that is trained.
    public let recipe: MultilayerPerceptronRegressor

    let layout: PerceptronLayout
    let scale: TargetMoments
    var run: TrainingRun<Float>

    /// A trainer before its first epoch.
    ///
    /// - Parameters:
    ///   - recipe: the network and its training.
    ///   - data: the rows that it will be trained on; their targets are those that are standardised.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `nonFinite`, `invalidLabels` (negative
    ///   counts) or `invalidSplit`.
    public init(
        _ recipe: MultilayerPerceptronRegressor, data: RegressionData
    ) throws(ModelError) {
        self.init(recipe, try recipe.prepare(data, nil))
    }

    init(_ recipe: MultilayerPerceptronRegressor, _ fit: PerceptronFit) {
        self.recipe = recipe
        layout = fit.layout
        scale = fit.scale
        run = TrainingRun(recipe.training, for: fit.problem)
    }

    /// The names of the features, in column order.
    public var featureNames: [String] { layout.featureNames }

    /// The epochs that are done.
    public var history: [TrainingEpoch] { run.history }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    public var isFinished: Bool { run.isFinished }

    /// The model of the parameters so far: those of the lowest validation loss where training stops
    /// by it, else the last ones.
    public var model: MultilayerPerceptronRegressorModel {
        MultilayerPerceptronRegressorModel(
            recipe: recipe, layout: layout, scale: scale, parameters: run.result.parameters,
            state: run.result.state, history: run.history)
    }

    /// Trains for one more epoch.
    ///
    /// Other rows than those of the epoch before are taken too, as long as their features are the
    /// same; targets stay in the units of the first ones.
    ///
    /// - Parameters:
    ///   - data: the rows.
    ///   - validation: rows whose loss is reported and stops the training; held out of `data` by the
    ///     seed where it is `nil` and the recipe stops early.
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `incompatible` for rows of other features, `nonFinite`,
    ///   `invalidLabels`, `invalidSplit`, `diverged` or `cancelled`; the trainer is then unchanged.
    @discardableResult
    public mutating func advance(
        _ data: RegressionData, validation: RegressionData? = nil
    ) throws(ModelError) -> TrainingEpoch {
        try run.advance(recipe.prepare(data, validation, for: self).problem)
    }
}

extension MultilayerPerceptronRegressorTrainer: CanonicalContent {
    /// `multilayer-perceptron-regression-trainer.1`.
    public static var kind: String { "multilayer-perceptron-regression-trainer.1" }

    /// The canonical bytes of the recipe, the network and the optimiser's memory.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a trainer and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the trainer as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a trainer's file and checks them as when reading a file.
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
        recipe = try MultilayerPerceptronRegressor(from: &decoder)
        layout = try PerceptronLayout(from: &decoder, recipe.design, outputWidth: 1)
        scale = try TargetMoments(from: &decoder)
        let stack = layout.stack
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: stack.parameterCount,
            stateCount: stack.stateCount)
    }
}
