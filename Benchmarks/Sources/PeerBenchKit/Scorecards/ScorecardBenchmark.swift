// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import Models

/// `scorecard`: optimal bins of 30 variables, their weights of evidence, and the regression, of the
/// first n training rows.
struct ScorecardBenchmark: FeatureBenchmark {
    let name = "scorecard"
    let sizes = ["50k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let data = try ScorecardData(rowCount: itemCount(size), directory: directory)
        var card: ScorecardModel?
        return Workload {
            card = try data.fit()
        } check: {
            guard let card else {
                throw BenchmarkError(code: .wrongResult, message: "\(name): no card")
            }
            let probabilities = try card.probabilities(in: data.training)
            // At a maximum of the likelihood the residuals sum to 0.
            let residual = zip(probabilities, data.labels).reduce(0) { $0 + $1.0 - $1.1 }
            _ = try requireAgreement(name, [residual], [0], limit: 1) { _ in
                1e-6 * Double(data.labels.count)
            }
            let likelihood = card.regression.inference?.logLikelihood ?? .nan
            return [
                "log_loss": -likelihood / Double(data.labels.count),
                "variables": Double(card.variables.count),
            ]
        }
    }
}

/// `scorecard.row`: one row through the card of `scorecard`, from values to points.
struct ScorecardRowBenchmark: FeatureBenchmark {
    let name = "scorecard.row"
    let sizes = ["50k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let data = try ScorecardData(rowCount: itemCount(size), directory: directory)
        let card = try data.fit()
        let rows = try data.training.selecting(card.inputNames)
        let values = (0..<1000).map { rows[$0].values }
        let expected = try card.scores(in: rows)
        var scores = [Double](repeating: .nan, count: values.count)
        var next = 0
        return Workload {
            scores[next] = try card.score(of: values[next])
            next = next + 1 == values.count ? 0 : next + 1
        } check: {
            let done = scores.indices.filter { !scores[$0].isNaN }
            _ = try requireAgreement(
                name, done.map { scores[$0] }, done.map { expected[$0] }, limit: 0
            ) { _ in 1 }
            return ["rows": Double(done.count), "score": scores[done[0]]]
        }
    }
}

/// The rows that peers of models share: `t200k30_Xtr_f64.bin` (rows x 30) and `t200k30_ytr_u8.bin`.
private struct ScorecardData {
    let training: Table
    let labels: [Double]

    init(rowCount: Int, directory: String) throws {
        let columnCount = 30
        let features = try BenchmarkData<Double>(directory: directory)
            .elements("t200k30_Xtr", count: rowCount * columnCount)
        let outcomes = try bytes(ofFile: "\(directory)/t200k30_ytr_u8.bin").prefix(rowCount)
        guard outcomes.count == rowCount else {
            throw BenchmarkError(
                code: .data, message: "\(outcomes.count) labels for \(rowCount) rows")
        }
        labels = outcomes.map(Double.init)
        var columns: [Column] = []
        for column in 0..<columnCount {
            let values = (0..<rowCount).map { features[$0 * columnCount + column] }
            columns.append(try .numeric("x\(column)", values))
        }
        columns.append(try .categorical("y", outcomes.map { $0 == 1 ? "1" : "0" }))
        training = try Table(columns)
    }

    /// A card of all variables, as the peers fit it.
    func fit() throws -> ScorecardModel {
        try Scorecard(
            BinningProcess(), scale: PointsScale(rounding: .exact), requiresAgreeingSigns: false
        ).fit(training, target: "y", positive: "1")
    }
}
