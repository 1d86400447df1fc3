// SPDX-License-Identifier: Apache-2.0

internal import Behavioral

/// `behav.cpt_alloc`: the best share of wealth to lend, for n lenders with
/// preferences and a loan of their own.
struct ShareBenchmark: FeatureBenchmark {
    let name = "behav.cpt_alloc"
    let sizes = ["100k"]
    let smallSize = "1k"

    private static let severities = [1, 0.75, 0.5, 0.3, 0.1]
    private static let probabilities = [0.15, 0.25, 0.3, 0.2, 0.1]
    private static let riskFreeReturn = 0.02

    func workload(size: String, directory: String) throws -> Workload {
        let count = itemCount(size)
        let rows = try BenchmarkData<Double>(directory: directory)
            .elements("behav_params", count: count * 8)
        let columns = (0..<8).map { column in (0..<count).map { rows[$0 * 8 + column] } }
        var best: LenderBatch.Shares?
        return Workload {
            best = try LenderBatch(
                gainExponents: columns[0], lossExponents: columns[1], lossAversions: columns[2],
                gainGammas: columns[3], lossGammas: columns[4], references: columns[7]
            ).bestShares(
                defaultProbabilities: columns[5], rates: columns[6], severities: Self.severities,
                severityProbabilities: Self.probabilities, riskFreeReturn: Self.riskFreeReturn)
        } check: {
            guard let best else {
                throw BenchmarkError(code: .wrongResult, message: "\(name): no shares")
            }
            let expected = try (0..<count).map { row in
                try Self.value(columns.map { $0[row] })
            }
            _ = try requireAgreement(name, best.values, expected, limit: 1) { _ in 1e-9 }
            let meanValue = best.values.reduce(0, +) / Double(count)
            return [
                "mean_share": best.shares.reduce(0, +) / Double(count),
                "mean_value": meanValue, "check": meanValue,
            ]
        }
    }

    /// The greatest value of one lender, without vectors.
    private static func value(_ x: [Double]) throws -> Double {
        let theory = CumulativeProspectTheory(
            valueFunction: try .power(
                gainExponent: x[0], lossExponent: x[1], lossAversion: x[2]
            ).relative(to: x[7]),
            gainWeighting: try .tverskyKahneman(gamma: x[3]),
            lossWeighting: try .tverskyKahneman(gamma: x[4]))
        let loan = try Prospect(
            outcomes: severities.map { -$0 } + [x[6]],
            probabilities: probabilities.map { $0 * x[5] } + [1 - x[5]])
        return try theory.bestShare(of: loan, riskFreeReturn: riskFreeReturn).value
    }
}
