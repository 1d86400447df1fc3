// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Centre and covariance of rows, and distances by them.
struct RowScatter: Sendable {
    let centre: [Double]
    let covariance: Matrix<Double>
    let logDeterminant: Double
    /// The Cholesky factor of the covariance.
    private let factor: Matrix<Double>

    /// Mean and covariance of some rows, with divisor `count - ddof`; `nil` if the columns depend
    /// linearly on each other in these rows.
    init?(_ rows: Matrix<Double>, ddof: Int) {
        let centre = (0..<rows.columnCount).map { rows.column($0).mean() }
        self.init(centre: centre, covariance: rows.covariance(ddof: ddof))
    }

    /// `nil` if the covariance is singular.
    init?(centre: [Double], covariance: Matrix<Double>) {
        guard let cholesky = try? covariance.cholesky() else { return nil }
        // The pivot is the variance that the columns before do not explain.
        for index in centre.indices {
            let pivot = cholesky.lower[index, index]
            guard pivot * pivot > 1e-12 * covariance[index, index] else { return nil }
        }
        self.centre = centre
        self.covariance = covariance
        logDeterminant = cholesky.logDeterminant
        factor = cholesky.lower
    }

    /// This covariance times `factor`; `nil` if it overflows.
    func scaled(by factor: Double) -> RowScatter? {
        RowScatter(centre: centre, covariance: covariance * factor)
    }

    /// `(x - m)^T S^-1 (x - m)` of each row.
    func squaredDistances(of rows: Matrix<Double>) -> [Double] {
        let width = centre.count
        let elements = rows.elements
        let lower = factor.elements
        var solved = [Double](repeating: 0, count: width)
        return (0..<rows.rowCount).map { row in
            var distance = 0.0
            for index in 0..<width {
                var rest = elements[row * width + index] - centre[index]
                for before in 0..<index { rest -= lower[index * width + before] * solved[before] }
                solved[index] = rest / lower[index * width + index]
                distance += solved[index] * solved[index]
            }
            return distance
        }
    }
}
