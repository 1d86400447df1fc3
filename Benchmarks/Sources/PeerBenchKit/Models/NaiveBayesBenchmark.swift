// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `gnb`: Gaussian naive Bayes of fifty variables, from the check of the rows to the model.
struct NaiveBayesBenchmark: FeatureBenchmark {
    let name = "gnb"
    let sizes = ["1m"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t1m50", itemCount(size), 50, directory: directory)
        var model: NaiveBayesModel?
        return Workload {
            model = try NaiveBayes(.gaussian())
                .fit(features: rows.features, labels: rows.labels)
        } check: {
            let model = try model.latest(name)
            // The densities of the first row by their definition.
            let first = rows.features.gatheringRows([0])
            let expected = [false, true].map { density(rows, of: first.row(0).elements, $0) }
            _ = try requireAgreement(
                name, Array(try model.jointLogLikelihoods(first).elements), expected, limit: 1e-7
            ) { abs(expected[$0]) }
            return ["log_loss": try rows.logLoss(try model.probabilities(rows.features))]
        }
    }

    private func density(_ rows: LabelledRows, of values: [Double], _ label: Bool) -> Double {
        let own = rows.labels.indices.filter { rows.labels[$0] == label }
        let count = Double(own.count)
        var sum = Vector([count / Double(rows.labels.count)]).log()[0]
        for (column, value) in values.enumerated() {
            let mean = own.reduce(0) { $0 + rows.features[$1, column] } / count
            let variance =
                own.reduce(0) {
                    $0 + (rows.features[$1, column] - mean) * (rows.features[$1, column] - mean)
                } / count
            let logarithm = Vector([2 * Double.pi * variance]).log()[0]
            sum -= (logarithm + (value - mean) * (value - mean) / variance) / 2
        }
        return sum
    }
}
