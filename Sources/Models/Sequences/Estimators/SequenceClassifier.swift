// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for a network that reads sequences and gives class probabilities.
///
/// Inputs are brought to mean 0 and standard deviation 1 before the network reads them. Two classes
/// have one logistic output, more have a softmax. Training runs in single precision. Weights scale
/// the losses of rows; a row of weight 0 is left out.
///
/// ```swift
/// let recipe = SequenceClassifier(
///     SequenceNetwork(.lstm, hiddenCount: 32, pooling: .attention),
///     training: NetworkTraining(
///         epochLimit: 40, earlyStopping: EarlyStopping(patience: 5, share: 0.1), seed: 7))
/// let model = try recipe.fit(inputs, labels: ClassLabels(hasDefaulted))
/// let risk = try model.probabilities(applications)
/// ```
public struct SequenceClassifier: Codable, Hashable, Sendable {
    /// The layers.
    public var network: SequenceNetwork

    /// How they are trained.
    public var training: NetworkTraining

    /// How much the classes count.
    public var classWeighting: ClassWeighting

    /// The exponent of the focal loss, at least 0; 0 is the log loss.
    public var focal: Double

    /// A recipe; every fit checks it.
    public init(
        _ network: SequenceNetwork = SequenceNetwork(),
        training: NetworkTraining = NetworkTraining(), classWeighting: ClassWeighting = .equal,
        focal: Double = 0
    ) {
        self.network = network
        self.training = training
        self.classWeighting = classWeighting
        self.focal = focal
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try network.validate()
        try training.validate()
        try classWeighting.validate()
        guard focal >= 0 && focal.isFinite else {
            throw ModelError(.invalidRecipe, "the focal exponent is \(focal), not at least 0")
        }
    }

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - inputs: the rows.
    ///   - labels: the class of every row; of every step of every row, one row after the other,
    ///     where ``SequenceNetwork/pooling`` is `nil`.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - progress: sees every epoch.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidLabels`, `invalidWeights`,
    ///   `oneClass`, `invalidSplit`, `diverged` (a loss that is not finite) or `cancelled`.
    /// - Complexity: O(epochs * steps * parameters).
    public func fit(
        _ inputs: SequenceInputs, labels: ClassLabels, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> SequenceClassifierModel {
        let fit = try prepare(inputs, labels, weights)
        var trainer = SequenceTrainer(self, fit, labels.classes)
        try trainer.run.finish(fit.problem, progress: progress)
        return trainer.model
    }

    /// Checks everything and brings the rows into the network's form.
    ///
    /// - Parameter layout: that of a trainer which has begun; made of the rows where `nil`.
    func prepare(
        _ inputs: SequenceInputs, _ labels: ClassLabels, _ weights: [Double]?,
        layout: SequenceLayout? = nil
    ) throws(ModelError) -> SequenceFit {
        try validate()
        let owners = try network.targetOwners(inputs, count: labels.count, "labels")
        try ClassificationData.check(weights, rows: inputs.count)
        let rowWeights = weights ?? [Double](repeating: 1, count: inputs.count)
        let labelWeights = owners.map { rowWeights[$0] }
        let factors = try classWeighting.factors(labels.presentWeights(labelWeights))
        return try SequenceFit(
            inputs, targets: labels.codes.map { Float($0) },
            weights: zip(labels.codes, labelWeights).map { Float(factors[$0] * $1) },
            rowWeights: rowWeights, network: network,
            output: .classes(labels.classes.count, focal: focal), training: training,
            layout: layout)
    }
}
