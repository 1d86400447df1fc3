// SPDX-License-Identifier: Apache-2.0

/// The training of a ``FusionClassifier``, epoch by epoch.
///
/// ```swift
/// var trainer = try FusionTrainer(recipe, inputs, labels: labels)
/// while !trainer.isFinished {
///     let epoch = try trainer.advance(inputs, labels: labels)
///     try trainer.write(to: checkpoint)
/// }
/// let model = trainer.model
/// ```
///
/// It is a value: a copy is a checkpoint, and so is its file. A trainer that was written and read
/// goes on to the same bytes as one that was not. An epoch that fails, such as by an exploding loss,
/// leaves the trainer as it was before.
public struct FusionTrainer: Codable, Equatable, Sendable {
    /// The recipe that is trained.
    public let recipe: FusionClassifier

    let layout: FusionLayout
    var run: TrainingRun<Float>

    /// A trainer before its first epoch.
    ///
    /// - Parameters:
    ///   - recipe: the network and its training.
    ///   - inputs: the rows that it will be trained on; the vocabulary of texts and all scales come
    ///     from them.
    ///   - labels: the class of every row.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` as ``FusionClassifier/fit(_:labels:weights:progress:)``.
    public init(
        _ recipe: FusionClassifier, _ inputs: FusionInputs, labels: ClassLabels,
        weights: [Double]? = nil
    ) throws(ModelError) {
        self.init(recipe, try FusionFit(recipe, inputs, labels, weights))
    }

    init(_ recipe: FusionClassifier, _ fit: FusionFit) {
        self.recipe = recipe
        layout = fit.layout
        run = TrainingRun(recipe.training, for: fit.problem)
    }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { layout.classes }

    /// The epochs that are done.
    public var history: [TrainingEpoch] { run.history }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    public var isFinished: Bool { run.isFinished }

    /// The model of the parameters so far: those of the lowest validation loss where training stops
    /// by it, else the last ones.
    public var model: FusionClassifierModel {
        FusionClassifierModel(
            recipe: recipe, layout: layout, parameters: run.result.parameters,
            state: run.result.state, history: run.history)
    }

    /// Trains for one more epoch.
    ///
    /// - Parameters:
    ///   - inputs: rows of the parts and columns that the trainer began with.
    ///   - labels: their classes.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `incompatible` for rows of other parts or classes,
    ///   `wrongWidth` for other columns, `diverged` or `cancelled`, and as the initialiser; the
    ///   trainer is then unchanged.
    @discardableResult
    public mutating func advance(
        _ inputs: FusionInputs, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) -> TrainingEpoch {
        try run.advance(FusionFit(recipe, inputs, labels, weights, layout: layout).problem)
    }
}
