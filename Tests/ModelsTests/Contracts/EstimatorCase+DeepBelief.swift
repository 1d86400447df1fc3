// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models

extension EstimatorCase {
    /// The sample with columns of mean 0 and deviation 1.
    private static var standardised: LogisticSample {
        var sample = LogisticSample()
        sample.features = sample.features.standardized()
        return sample
    }

    static let deepBelief: [EstimatorCase] = [
        EstimatorCase(
            name: "deep belief network",
            recipe: DeepBeliefNetwork(
                hiddenCounts: [6, 4], pretrainingEpochs: 2,
                fineTuning: NetworkTraining(
                    epochLimit: 20, optimiser: .adam(learningRate: 0.05))),
            reorderingTolerance: nil,
            invalid: [
                DeepBeliefNetwork(hiddenCounts: []),
                DeepBeliefNetwork(hiddenCounts: [3, 0]),
                DeepBeliefNetwork(hiddenCounts: [3], pretrainingEpochs: 0),
                DeepBeliefNetwork(
                    machines: [RestrictedBoltzmannMachine(hiddenCount: 2)], dropout: 1),
                DeepBeliefNetwork(
                    hiddenCounts: [3], fineTuning: NetworkTraining(epochLimit: 0)),
            ],
            sample: standardised)
    ]
}

extension RegressorCase {
    /// The sample with columns of mean 0 and deviation 1.
    private static var standardised: RegressionSample {
        var sample = RegressionSample()
        sample.features = sample.features.standardized()
        return sample
    }

    static let deepBelief: [RegressorCase] = [
        RegressorCase(
            name: "deep belief network",
            recipe: DeepBeliefRegressor(
                hiddenCounts: [8, 6], pretrainingEpochs: 2,
                fineTuning: NetworkTraining(
                    epochLimit: 60, batchSize: 16, optimiser: .adam(learningRate: 0.05))),
            reorderingTolerance: nil,
            invalid: [
                DeepBeliefRegressor(hiddenCounts: []),
                DeepBeliefRegressor(hiddenCounts: [3, 0]),
                DeepBeliefRegressor(
                    machines: [RestrictedBoltzmannMachine(hiddenCount: 2)],
                    loss: .huber(delta: 0)),
                DeepBeliefRegressor(
                    machines: [RestrictedBoltzmannMachine(hiddenCount: 2)], dropout: 1),
            ],
            sample: standardised)
    ]
}
