// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `dbn`: two layers that are trained without labels for five epochs each, then ten epochs of Adam by
/// the labels, all in batches of 100, from the check of the rows to the model.
struct DeepBeliefBenchmark: FeatureBenchmark {
    let name = "dbn"
    let sizes = ["8-64-32-2"]
    let smallSize = "8-16-8-2"

    func workload(size: String, directory: String) throws -> Workload {
        let units = unitCounts(size)
        let rows = try LabelledRows(
            "dbn8", shapedRowCount(size == smallSize), units[0], directory: directory)
        let recipe = DeepBeliefNetwork(
            hiddenCounts: Array(units[1..<(units.count - 1)]), pretrainingEpochs: 5,
            fineTuning: NetworkTraining(
                epochLimit: 10, batchSize: 100, optimiser: .adam(learningRate: 0.001)))
        return rows.workload(name, recipe)
    }
}
