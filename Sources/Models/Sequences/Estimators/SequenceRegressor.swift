// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for a network that reads sequences and predicts numbers.
///
/// Inputs and targets are brought to mean 0 and standard deviation 1 for the training, which runs in
/// single precision. Weights scale the losses of rows; a row of weight 0 is left out.
public struct SequenceRegressor: Codable, Hashable, Sendable {
    /// What the training lowers.
    public enum Loss: Codable, Hashable, Sendable {
        /// The squared error.
        case squared
        /// Half the squared error up to `delta` standard deviations of the targets, and straight
        /// lines beyond.
        case huber(delta: Double)
    }

    /// The layers.
    public var network: SequenceNetwork

    /// How they are trained.
    public var training: NetworkTraining

    /// What the training lowers.
    public var loss: Loss

    /// A recipe; every fit checks it.
    public init(
        _ network: SequenceNetwork = SequenceNetwork(),
        training: NetworkTraining = NetworkTraining(), loss: Loss = .squared
    ) {
        self.network = network
        self.training = training
        self.loss = loss
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try network.validate()
        try training.validate()
        if case .huber(let delta) = loss, !(delta > 0 && delta.isFinite) {
            throw ModelError(.invalidRecipe, "the delta of the loss is \(delta), not above 0")
        }
    }

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - inputs: the rows.
    ///   - targets: the number of every row; of every step of every row, one row after the other,
    ///     where ``SequenceNetwork/pooling`` is `nil`.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - progress: sees every epoch.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidLabels`, `nonFinite`,
    ///   `invalidWeights`, `invalidSplit`, `diverged` (a loss that is not finite) or `cancelled`.
    /// - Complexity: O(epochs * steps * parameters).
    public func fit(
        _ inputs: SequenceInputs, targets: [Double], weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> SequenceRegressorModel {
        let (fit, scale) = try prepare(inputs, targets, weights)
        var trainer = SequenceRegressorTrainer(self, fit, scale)
        try trainer.run.finish(fit.problem, progress: progress)
        return trainer.model
    }

    /// Checks everything and brings the rows into the network's form.
    ///
    /// - Parameters:
    ///   - layout: that of a trainer which has begun; made of the rows where `nil`.
    ///   - scale: likewise.
    func prepare(
        _ inputs: SequenceInputs, _ targets: [Double], _ weights: [Double]?,
        layout: SequenceLayout? = nil, scale known: TargetMoments? = nil
    ) throws(ModelError) -> (fit: SequenceFit, scale: TargetMoments) {
        try validate()
        let owners = try network.targetOwners(inputs, count: targets.count, "targets")
        try checkTargets(targets, rows: targets.count)
        try ClassificationData.check(weights, rows: inputs.count)
        let rowWeights = weights ?? [Double](repeating: 1, count: inputs.count)
        let scale = known ?? TargetMoments(zip(targets, owners).map { ($0, rowWeights[$1]) })
        let output: NetworkHead =
            switch loss {
            case .squared: .squared
            case .huber(let delta): .huber(delta: delta)
            }
        let fit = try SequenceFit(
            inputs,
            targets: targets.map { ColumnScaling.scaled($0, scale.mean, scale.deviation) },
            weights: owners.map { Float(rowWeights[$0]) }, rowWeights: rowWeights,
            network: network, output: output, training: training, layout: layout)
        return (fit, scale)
    }
}
