// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `logreg`: a logistic regression with an L2 penalty, C = 1, of fifty variables, from the check of
/// the rows to the model.
struct LogisticBenchmark: FeatureBenchmark {
    let name = "logreg"
    let sizes = ["200k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t200k50", itemCount(size), 50, directory: directory)
        var model: LogisticRegressionModel?
        return Workload {
            model = try LogisticRegression(penalty: .l2(C: 1), gradientTolerance: 1e-6)
                .fit(features: rows.features, labels: rows.labels)
        } check: {
            let model = try model.latest(name)
            let probabilities = try model.probabilities(rows.features)
            // Where the penalised likelihood is largest, residuals times features are coefficients.
            let residuals = zip(rows.labels, probabilities).map { ($0 ? 1 : 0) - $1 }
            let slopes = rows.features.transposed.matmul(Vector(residuals)).elements
            _ = try requireAgreement(
                name, [residuals.reduce(0, +)] + slopes, [0] + model.coefficients, limit: 1
            ) { _ in 1e-5 * Double(rows.labels.count) }
            let loss = try rows.logLoss(probabilities)
            let size = model.coefficients.reduce(0) { $0 + $1 * $1 }
            return ["objective": loss * Double(rows.labels.count) + size / 2]
        }
    }
}

/// `logreg.row`: one row through the model of `logreg`, from its values to the probability.
struct LogisticRowBenchmark: FeatureBenchmark {
    let name = "logreg.row"
    let sizes = ["200k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t200k50", itemCount(size), 50, directory: directory)
        let model = try LogisticRegression().fit(features: rows.features, labels: rows.labels)
        let values = (0..<1000).map { rows.features.row($0).elements }
        let expected = try model.probabilities(rows.features)
        var scores = [Double](repeating: .nan, count: values.count)
        var next = 0
        return Workload {
            scores[next] = try model.probability(values[next])
            next = next + 1 == values.count ? 0 : next + 1
        } check: {
            let done = scores.indices.filter { !scores[$0].isNaN }
            _ = try requireAgreement(
                name, done.map { scores[$0] }, done.map { expected[$0] }, limit: 0
            ) { _ in 1 }
            return ["score": scores[done[0]]]
        }
    }
}
