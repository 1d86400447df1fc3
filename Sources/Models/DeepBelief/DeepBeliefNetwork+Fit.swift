// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension DeepBeliefNetwork {
    /// Trains the layers one after the other on rows without labels.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), as the first machine takes them.
    ///   - weights: one per row, 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - progress: sees every epoch with the reconstruction error; its stage is the layer.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `wrongWidth` (names),
    ///   `nonFinite`, `invalidValue` (a Bernoulli value beyond 0...1), `invalidWeights`, `diverged`
    ///   (the message names layer, epoch and batch) or `cancelled`.
    /// - Complexity: O(epochs * rows * weights of the layers).
    public func pretrain(
        _ features: Matrix<Double>, weights: [Double]? = nil, featureNames: [String]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> DeepBeliefFeatures {
        try validate()
        return try pretrained(
            machines, features, weights: weights, featureNames: featureNames, progress: progress)
    }

    /// Fits trained layers, and the outputs on top of them, to labels.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes, which may be others and fewer than those without
    ///     labels.
    ///   - features: what ``pretrain(_:weights:featureNames:progress:)`` of this recipe has made.
    ///   - validation: rows whose loss stops the training; held out of `data` by the seed where it
    ///     is `nil` and the recipe stops early.
    ///   - progress: sees every epoch, with the validation loss where there is one; its stage is
    ///     `fine-tuning`.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `incompatible` (layers of another recipe,
    ///   other features), `nonFinite`, `invalidSplit`, `diverged` or `cancelled`.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: ClassificationData, pretrained features: DeepBeliefFeatures,
        validation: ClassificationData? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> DeepBeliefModel {
        try validate()
        try features.check(machines, data.featureNames)
        let fit = try perceptron.prepare(data, validation)
        var trainer = MultilayerPerceptronTrainer(perceptron, fit, data.labels.classes)
        trainer.run = features.start(of: trainer.run)
        try trainer.run.finish(fit.problem, stage: "fine-tuning", progress: progress)
        return DeepBeliefModel(recipe: self, network: trainer.model)
    }
}

/// The names of the hidden units of a layer, from 0, as features of the next one.
func unitNames(layer: Int, count: Int) -> [String] {
    (0..<count).map { "layer\(layer + 1).unit\($0)" }
}
