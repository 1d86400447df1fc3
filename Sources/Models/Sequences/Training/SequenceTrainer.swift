// SPDX-License-Identifier: Apache-2.0

/// The training of a ``SequenceClassifier``, epoch by epoch.
///
/// ```swift
/// var trainer = try SequenceTrainer(recipe, inputs, labels: labels)
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
public struct SequenceTrainer: Codable, Equatable, Sendable {
    /// The recipe that is trained.
    public let recipe: SequenceClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    let layout: SequenceLayout
    var run: TrainingRun<Float>

    /// A trainer before its first epoch.
    ///
    /// - Parameters:
    ///   - recipe: the network and its training.
    ///   - inputs: the rows that it will be trained on.
    ///   - labels: the class of every row, or of every step of every row.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Throws: ``ModelError`` as ``SequenceClassifier/fit(_:labels:weights:progress:)``.
    public init(
        _ recipe: SequenceClassifier, _ inputs: SequenceInputs, labels: ClassLabels,
        weights: [Double]? = nil
    ) throws(ModelError) {
        self.init(recipe, try recipe.prepare(inputs, labels, weights), labels.classes)
    }

    init(_ recipe: SequenceClassifier, _ fit: SequenceFit, _ classes: [String]) {
        self.recipe = recipe
        self.classes = classes
        layout = fit.layout
        run = TrainingRun(recipe.training, for: fit.problem)
    }

    /// The epochs that are done.
    public var history: [TrainingEpoch] { run.history }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    public var isFinished: Bool { run.isFinished }

    /// The model of the parameters so far: those of the lowest validation loss where training stops
    /// by it, else the last ones.
    public var model: SequenceClassifierModel {
        SequenceClassifierModel(
            classes: classes,
            core: SequenceModelCore(
                network: recipe.network, training: recipe.training,
                output: .classes(classes.count), layout: layout,
                parameters: run.result.parameters, state: run.result.state, history: run.history))
    }

    /// Trains for one more epoch.
    ///
    /// - Parameters:
    ///   - inputs: the rows, of the same numbers as those that the trainer began with.
    ///   - labels: their classes.
    ///   - weights: one per row; 1 for all where `nil`.
    /// - Returns: what the epoch has done.
    /// - Throws: ``ModelError`` with code `incompatible` for rows of other numbers or classes,
    ///   `diverged` or `cancelled`, and as the initialiser; the trainer is then unchanged.
    @discardableResult
    public mutating func advance(
        _ inputs: SequenceInputs, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) -> TrainingEpoch {
        try layout.checkNames(inputs)
        guard labels.classes == classes else {
            throw ModelError(
                .incompatible, "rows of the classes \(labels.classes) for a network of \(classes)")
        }
        return try run.advance(
            recipe.prepare(inputs, labels, weights, layout: layout).problem)
    }
}
