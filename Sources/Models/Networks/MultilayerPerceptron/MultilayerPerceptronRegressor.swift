// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A network of hidden layers whose output is a number, such as a loss given default.
///
/// Targets are standardised for training where the loss is squared or Huber's, so that learning
/// rates need not know their scale; predictions are in the targets' unit. Features should have
/// similar scales. Model bytes are the same for the same seed on the same BLAS; a row's prediction
/// never depends on the BLAS, the machine or the other rows.
public struct MultilayerPerceptronRegressor: Regressor {
    /// What a wrong prediction costs.
    public enum Loss: Codable, Hashable, Sendable {
        /// The squared difference; the network estimates means.
        case squared
        /// Half the squared difference up to `delta` standard deviations of the targets, and in
        /// proportion to the difference beyond.
        ///
        /// P. J. Huber, "Robust estimation of a location parameter", Annals of Mathematical
        /// Statistics 35 (1964), DOI 10.1214/aoms/1177703732.
        case huber(delta: Double)
        /// The log loss of counts; the network estimates the logarithm of means.
        case poisson
    }

    /// The hidden layers, from the features on; none make a linear model.
    public var hiddenLayers: [HiddenLayer]

    /// Features that are codes of categories.
    public var embeddings: [CategoryEmbedding]

    /// Optimiser, epochs, early stopping and seed.
    public var training: NetworkTraining

    /// What a wrong prediction costs.
    public var loss: Loss

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        hiddenLayers: [HiddenLayer] = [HiddenLayer(32)], embeddings: [CategoryEmbedding] = [],
        training: NetworkTraining = NetworkTraining(), loss: Loss = .squared
    ) {
        self.hiddenLayers = hiddenLayers
        self.embeddings = embeddings
        self.training = training
        self.loss = loss
    }

    var design: PerceptronDesign {
        PerceptronDesign(hiddenLayers: hiddenLayers, embeddings: embeddings)
    }

    var head: NetworkHead {
        switch loss {
        case .squared: .squared
        case .huber(let delta): .huber(delta: delta)
        case .poisson: .poisson
        }
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try design.validate()
        try training.validate()
        if case .huber(let delta) = loss, !(delta > 0 && delta.isFinite) {
            throw ModelError(.invalidRecipe, "the Huber loss has a delta of \(delta)")
        }
    }

    /// Trains, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows with numbers; 0 or more where the loss is Poisson's.
    ///   - progress: sees every epoch, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `nonFinite` (missing values), `invalidLabels` (negative counts), `invalidSplit`,
    ///   `diverged` or `cancelled`.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> MultilayerPerceptronRegressorModel {
        try fit(data, validation: nil, progress: progress)
    }

    /// Trains, with early stopping by the loss of `validation`.
    ///
    /// - Parameters:
    ///   - data: rows with numbers.
    ///   - validation: rows of the same features, or `nil`.
    ///   - progress: sees every epoch, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `incompatible` for other features, and those of
    ///   ``fit(_:progress:)``.
    public func fit(
        _ data: RegressionData, validation: RegressionData?, progress: FitObserver? = nil
    ) throws(ModelError) -> MultilayerPerceptronRegressorModel {
        let fit = try prepare(data, validation)
        var trainer = MultilayerPerceptronRegressorTrainer(self, fit)
        try trainer.run.finish(fit.problem, progress: progress)
        return trainer.model
    }

    /// Checks everything and brings the rows into the network's form.
    ///
    /// - Parameter trainer: one that has begun, whose features the rows must have.
    func prepare(
        _ data: RegressionData, _ validation: RegressionData?,
        for trainer: MultilayerPerceptronRegressorTrainer? = nil
    ) throws(ModelError) -> PerceptronFit {
        try validate()
        let names = trainer?.featureNames ?? data.featureNames
        for rows in [data, validation].compactMap({ $0 }) {
            guard rows.featureNames == names else {
                throw ModelError(
                    .incompatible,
                    "rows of the features \(rows.featureNames), for a network of \(names)")
            }
            try rows.requireComplete()
            if loss == .poisson, let row = rows.targets.firstIndex(where: { $0 < 0 }) {
                throw ModelError(
                    .invalidLabels, "the count of row \(row) is \(rows.targets[row])")
            }
        }
        func rows(_ data: RegressionData) -> PerceptronFit.Rows {
            PerceptronFit.Rows(
                features: data.features, targets: data.targets, weights: data.weights)
        }
        return try PerceptronFit(
            rows(data), validation: validation.map { rows($0) }, names: names, design: design,
            head: head, training: training, standardisesTargets: loss != .poisson,
            layout: trainer?.layout, scale: trainer?.scale)
    }
}
