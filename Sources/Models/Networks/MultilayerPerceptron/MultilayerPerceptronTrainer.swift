// SPDX-License-Identifier: Apache-2.0

/// The training of a ``MultilayerPerceptronClassifier``, epoch by epoch.
///
/// ```swift
/// var trainer = try MultilayerPerceptronTrainer(recipe, data: data)
/// while !trainer.isFinished {
///     let epoch = try trainer.advance(data)
///     try trainer.write(to: checkpoint)
/// }
/// let model = trainer.model
/// ```
///
/// It is a value: a copy is a checkpoint, and so is its file. A trainer that was written and read
/// goes on to the same bytes as one that was not. An epoch that fails, such as by an exploding loss,
/// leaves the trainer as it was before.
public struct MultilayerPerceptronTrainer: ModelFileContent, Codable, Equatable, Sendable {
    /// The recipe that is trained.
    public let recipe: MultilayerPerceptronClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    let layout: PerceptronLayout
    var run: TrainingRun<Float>

    /// A trainer before its first epoch.
    ///
    /// - Parameters:
    ///   - recipe: the network and its training.
    ///   - data: the rows that it will be trained on.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `nonFinite` or `invalidSplit`.
    public init(
        _ recipe: MultilayerPerceptronClassifier, data: ClassificationData
    ) throws(ModelError) {
        self.init(recipe, try recipe.prepare(data, nil), data.labels.classes)
    }

    init(_ recipe: MultilayerPerceptronClassifier, _ fit: PerceptronFit, _ classes: [String]) {
        self.recipe = recipe
        self.classes = classes
        layout = fit.layout
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
    public var model: MultilayerPerceptronModel {
        MultilayerPerceptronModel(
            recipe: recipe, classes: classes, layout: layout, parameters: run.result.parameters,
            state: run.result.state, history: run.history)
    }

    /// Trains for one more epoch.
    ///
    /// Other rows than those of the epoch before are taken too, as long as their features and classes
    /// are the same.
    ///
    /// - Parameters:
    ///   - data: the rows.
    ///   - validation: rows whose loss is reported and stops the training; held out of `data` by the
    ///     seed where it is `nil` and the recipe stops early.
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `incompatible` for rows of other features or classes,
    ///   `nonFinite`, `invalidSplit`, `diverged` or `cancelled`; the trainer is then unchanged.
    @discardableResult
    public mutating func advance(
        _ data: ClassificationData, validation: ClassificationData? = nil
    ) throws(ModelError) -> TrainingEpoch {
        try run.advance(recipe.prepare(data, validation, for: self).problem)
    }
}
