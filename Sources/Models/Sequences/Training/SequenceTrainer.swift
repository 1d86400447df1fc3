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

    let stepNames: [String]
    let staticNames: [String]
    let scaling: SequenceScaling
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
        let fit = try recipe.prepare(inputs, labels, weights, scaling: nil)
        self.init(recipe, inputs, labels, fit)
    }

    init(
        _ recipe: SequenceClassifier, _ inputs: SequenceInputs, _ labels: ClassLabels,
        _ fit: SequenceFit
    ) {
        self.init(
            recipe: recipe, classes: labels.classes, stepNames: inputs.stepNames,
            staticNames: inputs.staticNames, scaling: fit.scaling,
            run: TrainingRun(recipe.training, for: fit.problem))
    }

    init(
        recipe: SequenceClassifier, classes: [String], stepNames: [String],
        staticNames: [String], scaling: SequenceScaling, run: TrainingRun<Float>
    ) {
        self.recipe = recipe
        self.classes = classes
        self.stepNames = stepNames
        self.staticNames = staticNames
        self.scaling = scaling
        self.run = run
    }

    /// The epochs that are done.
    public var history: [TrainingEpoch] { run.history }

    /// Whether the last epoch is done, or the validation loss has not fallen for long enough.
    public var isFinished: Bool { run.isFinished }

    /// The model of the parameters so far: those of the lowest validation loss where training stops
    /// by it, else the last ones.
    public var model: SequenceClassifierModel {
        SequenceClassifierModel(
            classes,
            SequenceModelCore(
                network: recipe.network, training: recipe.training,
                output: SequenceClassifier.output(classes.count),
                stepNames: stepNames, staticNames: staticNames, scaling: scaling,
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
        guard inputs.stepNames == stepNames, inputs.staticNames == staticNames,
            labels.classes == classes
        else {
            throw ModelError(
                .incompatible,
                "rows of \(inputs.stepNames) with \(inputs.staticNames) and classes "
                    + "\(labels.classes), for a network of \(stepNames) with \(staticNames) and "
                    + "\(classes)")
        }
        let fit = try recipe.prepare(inputs, labels, weights, scaling: scaling)
        try run.advance(fit.problem)
        return run.history[run.history.count - 1]
    }
}
