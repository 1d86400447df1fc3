// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import Models

/// `pipeline.row`: n rows, one at a time, through imputation, standardisation, one-hot encoding and
/// a logistic regression: seven numbers and thirteen columns of levels.
struct PipelineRowBenchmark: FeatureBenchmark {
    let name = "pipeline.row"
    let sizes = ["500"]
    let smallSize = "200"

    func workload(size: String, directory: String) throws -> Workload {
        let table = try readTable(
            "\(directory)/rows_\(size).csv", rowCount: itemCount(size),
            schema: TableSchema(
                (0..<7).map { .numeric("x\($0)", missing: [""]) }
                    + (0..<13).map { .categorical("level\($0)") } + [.categorical("default")]))
        let model = try Pipeline(.impute(.median), .standardise(), .oneHot())
            .then(LogisticRegression()).fit(table, target: "default", positive: "1")
        let columns = try model.inputNames.map { try table[column: $0] }
        let rows = (0..<table.rowCount).map { row in columns.map { $0[row] } }
        var scorer = model.rowScorer()
        var probabilities = [Double](repeating: 0, count: rows.count)
        return Workload {
            for (index, row) in rows.enumerated() {
                probabilities[index] = try scorer.probability(of: row)
            }
        } check: {
            _ = try requireAgreement(
                name, probabilities, try model.probabilities(in: table), limit: 0
            ) { _ in 1 }
            return ["sum": probabilities.reduce(0, +)]
        }
    }
}
