// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `knn`: the probabilities of a fifth as many rows by their ten nearest neighbours of twenty
/// variables.
struct NeighbourBenchmark: FeatureBenchmark {
    let name = "knn"
    let sizes = ["50k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t50k20", itemCount(size), 20, directory: directory)
        let queries = try BenchmarkData<Double>(directory: directory)
            .matrix("t50k20_Xte", itemCount(size) / 5, 20)
        let model = try NearestNeighbourClassifier(
            NeighbourSearch(.count(10), algorithm: .bruteForce)
        ).fit(features: rows.features, labels: rows.labels)
        var probabilities: [Double] = []
        return Workload {
            probabilities = try model.probabilities(queries)
        } check: {
            let expected = (0..<20).map { row -> Double in
                let differences = rows.features.subtractingFromRows(queries.row(row))
                let distances = (differences * differences).sum(.alongRows).elements
                let nearest = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(10)
                return Double(nearest.count { rows.labels[$0] }) / 10
            }
            _ = try requireAgreement(
                name, Array(probabilities.prefix(20)), expected, limit: 1e-12
            ) { _ in 1 }
            return ["mean": probabilities.reduce(0, +) / Double(probabilities.count)]
        }
    }
}
