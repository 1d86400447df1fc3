// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `svc_rbf`: a machine with a radial kernel, C = 1 and gamma = 0.05, of twenty variables, from the
/// check of the rows to the model.
struct SupportVectorBenchmark: FeatureBenchmark {
    let name = "svc_rbf"
    let sizes = ["5k", "20k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t50k20", itemCount(size), 20, directory: directory)
        var model: SupportVectorModel?
        return Workload {
            model = try SupportVectorClassifier(
                .c(1), kernel: .radialBasis(gamma: .value(0.05)), probabilities: .logistic
            ).fit(features: rows.features, labels: rows.labels)
        } check: {
            let model = try model.latest(name)
            let decisions = try model.decisionValues(rows.features).elements
            var factors = [Double](repeating: 0, count: decisions.count)
            for (row, factor) in zip(model.supportRows, model.dualCoefficients.elements) {
                factors[row] = factor
            }
            // The objective of the dual problem by its definition.
            let objective = zip(factors, decisions).reduce(0) { sum, row in
                sum + row.0 * (row.1 - model.intercepts[0]) / 2 - abs(row.0)
            }
            _ = try requireAgreement(name, model.objectives, [objective], limit: 1e-5) { _ in
                abs(objective)
            }
            return ["objective": objective, "support": Double(model.supportRows.count)]
        }
    }
}

/// `linsvm`: a linear machine with the squared hinge loss, C = 1, of fifty variables, from the
/// check of the rows to the model.
struct LinearSupportVectorBenchmark: FeatureBenchmark {
    let name = "linsvm"
    let sizes = ["200k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try LabelledRows("t200k50", itemCount(size), 50, directory: directory)
        var model: LinearSupportVectorModel?
        return Workload {
            model = try LinearSupportVectorClassifier(probabilities: .logistic)
                .fit(features: rows.features, labels: rows.labels)
        } check: {
            let model = try model.latest(name)
            let decisions = try model.decisionValues(rows.features).elements
            let shortfalls = zip(rows.labels, decisions).map { max(1 - ($0 ? $1 : -$1), 0) }
            let pulls = zip(rows.labels, shortfalls).map { $0 ? 2 * $1 : -2 * $1 }
            // At the minimum each coefficient is the pull of all rows on it.
            let expected = rows.features.transposed.matmul(Vector(pulls)).elements
            _ = try requireAgreement(
                name, model.coefficients.elements, expected, limit: 1
            ) { _ in 1e-3 * Double(rows.labels.count) }
            let loss = shortfalls.reduce(0) { $0 + $1 * $1 }
            let parameters = model.coefficients.elements + model.intercepts
            return ["objective": loss + parameters.reduce(0) { $0 + $1 * $1 } / 2]
        }
    }
}
