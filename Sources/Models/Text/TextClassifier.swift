// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for a network that reads texts and gives class probabilities: tf-idf or hashed terms,
/// or learned vectors of terms, and hidden layers over them.
///
/// ```swift
/// let recipe = TextClassifier(
///     TextNetwork(.weighted(.tfidf(.words(1...2), minimumDocuments: .count(3)))),
///     training: NetworkTraining(
///         epochLimit: 30, earlyStopping: EarlyStopping(patience: 4, share: 0.15), seed: 7))
/// let model = try recipe.fit(purposes, labels: ClassLabels(hasDefaulted))
/// let risk = try model.probabilities(["car repair, paid in cash before"])
/// ```
///
/// Two classes have one logistic output, more have a softmax. Without layers it is a
/// logistic regression on the terms. Training runs in single precision. Weights scale the
/// losses of rows; a row of weight 0 is left out, of the vocabulary too. The same seed gives
/// the same bytes on the same BLAS.
public struct TextClassifier: Codable, Hashable, Sendable {
    /// The terms and the layers over them.
    public var network: TextNetwork

    /// Optimiser, epochs, early stopping and seed.
    public var training: NetworkTraining

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// The exponent of the focal loss, at least 0; 0 is the log loss.
    public var focalExponent: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ network: TextNetwork = TextNetwork(), training: NetworkTraining = NetworkTraining(),
        classWeighting: ClassWeighting = .equal, focalExponent: Double = 0
    ) {
        self.network = network
        self.training = training
        self.classWeighting = classWeighting
        self.focalExponent = focalExponent
    }

    /// The fusion of texts alone.
    var fusion: FusionClassifier {
        FusionClassifier(
            texts: network, hiddenLayers: [], training: training, classWeighting: classWeighting,
            focalExponent: focalExponent)
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) { try fusion.validate() }

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - texts: one for each row; `nil` is a missing one and counts as empty.
    ///   - labels: the class of every row.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - progress: sees every epoch, and the steps of learning a vocabulary.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `invalidLabels`,
    ///   `invalidWeights`, `oneClass`, `features` (no term is left), `invalidSplit`, `diverged` (a
    ///   loss that is not finite) or `cancelled`.
    /// - Complexity: O(epochs * (terms of all texts * sums + steps of the optimiser * parameters)).
    public func fit(
        _ texts: [String?], labels: ClassLabels, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> TextClassifierModel {
        TextClassifierModel(
            self,
            try fusion.fit(
                FusionInputs(texts: texts), labels: labels, weights: weights, progress: progress))
    }
}
