// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A network of hidden layers whose outputs are the log odds of two classes, or a score for each of
/// several.
///
/// ```swift
/// let recipe = MultilayerPerceptronClassifier(
///     hiddenLayers: [HiddenLayer(32, dropout: 0.2)],
///     training: NetworkTraining(
///         epochLimit: 200, earlyStopping: EarlyStopping(patience: 20, share: 0.15)))
/// let model = try recipe.fit(data)
/// let risk = try model.probabilities(applications)
/// ```
///
/// It is trained in single precision and asked in double. Features should have similar scales, such
/// as by ``StandardScaler`` in a pipeline. Model bytes are the same for the same seed on the same
/// BLAS; a row's probability never depends on the BLAS, the machine or the other rows. Class weights
/// and focal losses move probabilities away from the population's; calibrate them afterwards.
public struct MultilayerPerceptronClassifier: Classifier {
    /// The hidden layers, from the features on; none make a logistic regression.
    public var hiddenLayers: [HiddenLayer]

    /// Features that are codes of categories.
    public var embeddings: [CategoryEmbedding]

    /// Optimiser, epochs, early stopping and seed.
    public var training: NetworkTraining

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// The exponent of the focal loss, at least 0; 0 is the log loss.
    ///
    /// T.-Y. Lin et al., "Focal loss for dense object detection", ICCV 2017,
    /// DOI 10.1109/ICCV.2017.324.
    public var focalExponent: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        hiddenLayers: [HiddenLayer] = [HiddenLayer(32)], embeddings: [CategoryEmbedding] = [],
        training: NetworkTraining = NetworkTraining(), classWeighting: ClassWeighting = .equal,
        focalExponent: Double = 0
    ) {
        self.hiddenLayers = hiddenLayers
        self.embeddings = embeddings
        self.training = training
        self.classWeighting = classWeighting
        self.focalExponent = focalExponent
    }

    var design: PerceptronDesign {
        PerceptronDesign(hiddenLayers: hiddenLayers, embeddings: embeddings)
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try design.validate()
        try training.validate()
        try classWeighting.validate()
        guard focalExponent >= 0, focalExponent.isFinite else {
            throw ModelError(
                .invalidRecipe, "the focal exponent is \(focalExponent), not at least 0")
        }
    }

    /// Trains, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - progress: sees every epoch, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `nonFinite` (missing values), `invalidSplit`, `diverged` or `cancelled`.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> MultilayerPerceptronModel {
        try fit(data, validation: nil, progress: progress)
    }

    /// Trains, with early stopping by the loss of `validation`.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - validation: rows of the same features and classes, or `nil`.
    ///   - progress: sees every epoch, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `incompatible` for other features or classes, and those
    ///   of ``fit(_:progress:)``.
    public func fit(
        _ data: ClassificationData, validation: ClassificationData?,
        progress: FitObserver? = nil
    ) throws(ModelError) -> MultilayerPerceptronModel {
        let fit = try prepare(data, validation)
        var trainer = MultilayerPerceptronTrainer(self, fit, data.labels.classes)
        try trainer.run.finish(fit.problem, progress: progress)
        return trainer.model
    }

    /// Checks everything and brings the rows into the network's form.
    ///
    /// - Parameter trainer: one that has begun, whose features and classes the rows must have.
    func prepare(
        _ data: ClassificationData, _ validation: ClassificationData?,
        for trainer: MultilayerPerceptronTrainer? = nil
    ) throws(ModelError) -> PerceptronFit {
        try validate()
        let names = trainer?.featureNames ?? data.featureNames
        let classes = trainer?.classes ?? data.labels.classes
        for rows in [data, validation].compactMap({ $0 }) {
            guard rows.featureNames == names, rows.labels.classes == classes else {
                throw ModelError(
                    .incompatible,
                    "rows of the features \(rows.featureNames) and classes "
                        + "\(rows.labels.classes), for a network of \(names) and \(classes)")
            }
            try rows.requireComplete()
        }
        let factors = try classWeighting.factors(data.classWeights)
        func rows(_ data: ClassificationData) -> PerceptronFit.Rows {
            PerceptronFit.Rows(
                features: data.features, targets: data.labels.codes.map { Double($0) },
                weights: zip(data.weights, data.labels.codes).map { $0 * factors[$1] })
        }
        return try PerceptronFit(
            rows(data), validation: validation.map { rows($0) }, names: names, design: design,
            head: .classes(classes.count, focal: focalExponent), training: training,
            standardisesTargets: false, layout: trainer?.layout)
    }
}
