// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// The rows that peers of models share: `<name>_Xtr_f64.bin` (rows x columns) and
/// `<name>_ytr_u8.bin`.
struct LabelledRows {
    let features: Matrix<Double>
    let labels: [Bool]

    init(_ name: String, _ rowCount: Int, _ columnCount: Int, directory: String) throws {
        features = try BenchmarkData<Double>(directory: directory)
            .matrix("\(name)_Xtr", rowCount, columnCount)
        let outcomes = try bytes(ofFile: "\(directory)/\(name)_ytr_u8.bin").prefix(rowCount)
        guard outcomes.count == rowCount else {
            throw BenchmarkError(
                code: .data, message: "\(outcomes.count) labels for \(rowCount) rows")
        }
        labels = outcomes.map { $0 == 1 }
    }

    /// Fits `recipe`; a model that knows no more than a coin is a wrong result.
    func workload<Recipe: Classifier>(_ name: String, _ recipe: Recipe) -> Workload {
        var model: Recipe.Model?
        return Workload {
            model = try recipe.fit(features: features, labels: labels)
        } check: {
            let loss = try logLoss(try model.latest(name).probabilities(features))
            guard loss < 0.7 else {
                throw BenchmarkError(
                    code: .wrongResult, message: "\(name): a log loss of \(loss)")
            }
            return ["log_loss": loss]
        }
    }

    /// The mean of `-log(probability of the true class)`.
    func logLoss(_ probabilities: [Double]) throws -> Double {
        try FoldScores(labels: labels, probabilities: probabilities).logLoss
    }
}

extension Optional {
    /// The result of the latest run.
    ///
    /// - Throws: ``BenchmarkError/Code/wrongResult`` where there was none.
    func latest(_ name: String) throws(BenchmarkError) -> Wrapped {
        guard let self else {
            throw BenchmarkError(code: .wrongResult, message: "\(name): no result")
        }
        return self
    }
}
