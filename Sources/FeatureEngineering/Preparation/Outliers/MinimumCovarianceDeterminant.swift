// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import LinearAlgebra

/// The half of the rows whose covariance has the smallest determinant, and what follows from it.
///
/// 100 random subsets of p + 1 rows each get two concentration steps on at most 1,500 rows; the ten
/// best that differ go on with all rows, until the determinant does not fall any more.
struct MinimumCovarianceDeterminant {
    private static let startCount = 100
    private static let bestCount = 10
    private static let sampleLimit = 1500
    private static let stepLimit = 30

    /// All rows in ascending order, so that their order does not matter.
    private let rows: Matrix<Double>
    private let seed: UInt64

    init(_ rows: Matrix<Double>, seed: UInt64) {
        self.rows = rows
        self.seed = seed
    }

    /// Centre and covariance of the rows within the 0.975 quantile of the distances by the best
    /// half, both covariances scaled to be right for normal rows; `nil` if half of the rows lie in
    /// a hyperplane.
    func estimate(
        report: (_ step: Int, _ limit: Int) throws(FeatureError) -> Void
    ) throws(FeatureError) -> RowScatter? {
        let limit = Self.startCount + Self.bestCount
        var stream = RandomStream(seed: seed).child("minimum covariance determinant")
        let order = stream.permutation(rows.rowCount)
        let sample = rows.gatheringRows(Array(order.prefix(Self.sampleLimit)).sorted())
        var best: [RowScatter] = []
        for start in 0..<Self.startCount {
            if start % 10 == 9 { try report(start + 1, limit) }
            guard var scatter = firstScatter(sample, &stream) else { continue }
            for _ in 0..<2 {
                guard let next = concentrated(scatter, sample) else { return nil }
                scatter = next
            }
            // Equal rows have equal bits, so the same half is found twice here.
            if best.contains(where: { $0.logDeterminant == scatter.logDeterminant }) { continue }
            let place = best.firstIndex { $0.logDeterminant > scatter.logDeterminant }
            best.insert(scatter, at: place ?? best.count)
            if best.count > Self.bestCount { best.removeLast() }
        }
        var least: RowScatter?
        for (index, start) in best.enumerated() {
            var scatter = start
            for step in 0..<Self.stepLimit {
                guard let next = concentrated(scatter, rows) else { return nil }
                // The first step goes over from the sample to all rows.
                let hasConverged = step > 0 && next.logDeterminant >= scatter.logDeterminant
                scatter = next
                if hasConverged { break }
            }
            if scatter.logDeterminant < least?.logDeterminant ?? .infinity { least = scatter }
            try report(Self.startCount + index + 1, limit)
        }
        return least.flatMap(reweighted)
    }

    /// p + 1 random rows, and more until their covariance is not singular.
    private func firstScatter(
        _ sample: Matrix<Double>, _ stream: inout RandomStream
    ) -> RowScatter? {
        let order = stream.permutation(sample.rowCount)
        var count = sample.columnCount + 1
        while count <= sample.rowCount {
            let chosen = sample.gatheringRows(Array(order.prefix(count)))
            if let scatter = RowScatter(chosen, ddof: 0) { return scatter }
            count += 1
        }
        return nil
    }

    /// Mean and covariance of the half of the rows that is nearest.
    private func concentrated(_ scatter: RowScatter, _ rows: Matrix<Double>) -> RowScatter? {
        let distances = scatter.squaredDistances(of: rows)
        let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
        return RowScatter(rows.gatheringRows(nearest.prefix(halfCount(of: rows)).sorted()), ddof: 0)
    }

    private func reweighted(_ raw: RowScatter) -> RowScatter? {
        let share = Double(halfCount(of: rows)) / Double(rows.rowCount)
        guard let consistent = raw.scaled(by: consistencyFactor(share)) else { return nil }
        let distances = consistent.squaredDistances(of: rows)
        let limit = ChiSquareDistribution.quantile(0.975, degreesOfFreedom: freedom)
        let near = distances.indices.filter { distances[$0] < limit }
        return RowScatter(rows.gatheringRows(near), ddof: 0)?.scaled(by: consistencyFactor(0.975))
    }

    private var freedom: Double { Double(rows.columnCount) }

    private func halfCount(of rows: Matrix<Double>) -> Int {
        (rows.rowCount + rows.columnCount + 2) / 2
    }

    /// By what the covariance of the nearest `share` of normal rows is too small.
    ///
    /// C. Croux and G. Haesbroeck, Influence Function and Efficiency of the Minimum Covariance
    /// Determinant Scatter Matrix Estimator, 1999, doi:10.1006/jmva.1999.1839.
    private func consistencyFactor(_ share: Double) -> Double {
        guard share < 1 else { return 1 }
        let limit = ChiSquareDistribution.quantile(share, degreesOfFreedom: freedom)
        return share / ChiSquareDistribution.cumulative(limit, degreesOfFreedom: freedom + 2)
    }
}
