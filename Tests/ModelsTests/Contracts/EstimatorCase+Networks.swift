// SPDX-License-Identifier: Apache-2.0

import Models

extension EstimatorCase {
    static let networks: [EstimatorCase] = [
        EstimatorCase(
            name: "multilayer perceptron",
            recipe: MultilayerPerceptronClassifier(
                hiddenLayers: [HiddenLayer(6)],
                training: NetworkTraining(epochLimit: 4, optimiser: .adam(learningRate: 0.02))),
            reorderingTolerance: nil,
            invalid: [
                MultilayerPerceptronClassifier(hiddenLayers: [HiddenLayer(0)]),
                MultilayerPerceptronClassifier(hiddenLayers: [HiddenLayer(2, dropout: 1)]),
                MultilayerPerceptronClassifier(training: NetworkTraining(epochLimit: 0)),
                MultilayerPerceptronClassifier(training: NetworkTraining(batchSize: 0)),
                MultilayerPerceptronClassifier(training: NetworkTraining(batchesPerStep: 0)),
                MultilayerPerceptronClassifier(training: NetworkTraining(gradientNormLimit: 0)),
                MultilayerPerceptronClassifier(
                    training: NetworkTraining(optimiser: .adam(learningRate: -1))),
                MultilayerPerceptronClassifier(
                    training: NetworkTraining(
                        schedule: LearningRateSchedule(.cosine(epochs: 0, floor: 0)))),
                MultilayerPerceptronClassifier(
                    training: NetworkTraining(earlyStopping: EarlyStopping(patience: 0))),
                MultilayerPerceptronClassifier(
                    embeddings: [
                        CategoryEmbedding("x0", width: 2), CategoryEmbedding("x0", width: 3),
                    ]),
                MultilayerPerceptronClassifier(embeddings: [CategoryEmbedding("x0", width: 0)]),
                MultilayerPerceptronClassifier(classWeighting: .factors([0, 1])),
                MultilayerPerceptronClassifier(focalExponent: -1),
            ]),
        EstimatorCase(
            name: "multilayer perceptron, normalised, with dropout and early stopping",
            recipe: MultilayerPerceptronTests.recipe, reorderingTolerance: nil, invalid: []),
    ]
}

extension RegressorCase {
    static let networks: [RegressorCase] = [
        RegressorCase(
            name: "multilayer perceptron",
            recipe: MultilayerPerceptronRegressor(
                hiddenLayers: [HiddenLayer(8, normalisation: .layer)],
                training: NetworkTraining(
                    epochLimit: 30, batchSize: 16, optimiser: .adam(learningRate: 0.02))),
            reorderingTolerance: nil,
            invalid: [
                MultilayerPerceptronRegressor(hiddenLayers: [HiddenLayer(-1)]),
                MultilayerPerceptronRegressor(loss: .huber(delta: 0)),
                MultilayerPerceptronRegressor(
                    training: NetworkTraining(optimiser: .rmsProp(momentum: 1))),
            ])
    ]
}
