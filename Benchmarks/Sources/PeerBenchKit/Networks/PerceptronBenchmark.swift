// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `mlp`: a perceptron of 64 and 32 rectified units on n rows of twenty columns, from the check of the
/// rows to the model after ten epochs of Adam in batches of 128.
struct PerceptronBenchmark: FeatureBenchmark {
    let name = "mlp"
    let sizes = ["50k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t50k20", itemCount(size), 20, directory: directory)
        let recipe = MultilayerPerceptronClassifier(
            hiddenLayers: [HiddenLayer(64, activation: .relu), HiddenLayer(32, activation: .relu)],
            training: NetworkTraining(
                epochLimit: 10, batchSize: 128, optimiser: .adam(learningRate: 0.001)))
        return rows.workload(name, recipe)
    }
}
