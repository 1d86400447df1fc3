// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `rbm`: a machine of 64 bits with persistent chains, five epochs in batches of 100, from the
/// check of the rows to the model.
struct BoltzmannBenchmark: FeatureBenchmark {
    let name = "rbm"
    let sizes = ["64x256"]
    let smallSize = "64x16"

    func workload(size: String, directory: String) throws -> Workload {
        let units = unitCounts(size)
        let rowCount = shapedRowCount(size == smallSize)
        let bits = try BenchmarkData<Float>(directory: directory)
            .matrix("rbm_Xtr", rowCount, units[0])
        let rows = Matrix<Double>(bits)
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: units[1], negativePhase: .persistent(), learningRate: 0.05,
            batchSize: 100, epochCount: 5)
        var model: RestrictedBoltzmannModel?
        return Workload {
            model = try recipe.fit(rows)
        } check: {
            let model = try model.latest(name)
            let means = try model.reconstruction(rows).elements
            let errors = zip(means, rows.elements).map { ($0 - $1) * ($0 - $1) }
            let average = Double(bits.elements.reduce(0, +)) / Double(errors.count)
            let error = errors.reduce(0, +) / Double(errors.count)
            // Units that have learned nothing give the means of the columns.
            guard error < average * (1 - average) else {
                throw BenchmarkError(
                    code: .wrongResult, message: "\(name): a reconstruction error of \(error)")
            }
            return ["reconstruction_error": error]
        }
    }
}

/// The numbers of units in `64x256` or `8-64-32-2`.
func unitCounts(_ size: String) -> [Int] {
    size.split { $0 == "x" || $0 == "-" }.compactMap { Int($0) }
}

/// The rows of workloads whose size is a shape.
func shapedRowCount(_ isSmall: Bool) -> Int { isSmall ? 1000 : 50_000 }
