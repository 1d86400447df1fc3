// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The rows' scores in a design that is centred where the information is block diagonal.
struct SandwichScores {
    /// The columns, that of the intercept first where there is one (rows x parameters).
    let design: Matrix<Double>
    /// The inverse of the information (parameters x parameters).
    let bread: Matrix<Double>
    /// By row what times its design is its score, without the weight.
    let residuals: Vector<Double>
    /// By row what times its outer product is its information, without the weight.
    let rowCurvatures: Vector<Double>
    /// What was subtracted from the features.
    let mean: Vector<Double>
    let hasIntercept: Bool

    func covariance(
        _ estimator: CovarianceEstimator, weights: [Double]
    ) throws(ModelError) -> Matrix<Double> {
        let (rows, parameters) = (weights.reduce(0, +), Double(bread.rowCount))
        let weights = Vector(weights)
        let squares = weights * residuals * residuals
        let meat: Matrix<Double>
        switch estimator {
        case .observedInformation: return uncentred(bread)
        case .hc0: meat = design.gram(weights: squares)
        case .hc1: meat = design.gram(weights: squares) * (rows / (rows - parameters))
        case .hc2: meat = design.gram(weights: squares / (try remainders(weights)))
        case .hc3:
            let rest = try remainders(weights)
            meat = design.gram(weights: squares / (rest * rest))
        case .cluster(let groups):
            let sums = try groupedScores(weights * residuals, groups)
            let count = Double(sums.rowCount)
            let factor = count / (count - 1) * (rows - 1) / (rows - parameters)
            meat = sums.gram() * factor
        }
        return uncentred(bread.matmul(meat).matmul(bread))
    }

    /// 1 minus the leverage of every row.
    private func remainders(_ weights: Vector<Double>) throws(ModelError) -> Vector<Double> {
        var remainders = 1 - rowCurvatures * (design.matmul(bread) * design).sum(.alongRows)
        for row in remainders.indices {
            // A row that is not there may be as far out as it likes.
            if weights[row] == 0 { remainders[row] = 1 }
            guard remainders[row] > 1e-12 else {
                throw ModelError(
                    .rankDeficient,
                    "row \(row) alone determines a coefficient: its leverage is 1")
            }
        }
        return remainders
    }

    private func groupedScores(
        _ residuals: Vector<Double>, _ groups: [Int]
    ) throws(ModelError) -> Matrix<Double> {
        guard groups.count == residuals.count else {
            throw ModelError(
                .invalidRecipe, "\(groups.count) group numbers for \(residuals.count) rows")
        }
        let places = Dictionary(
            uniqueKeysWithValues: Set(groups).sorted().enumerated().map { ($1, $0) })
        guard places.count > 1 else {
            throw ModelError(.invalidRecipe, "all rows are of one group, at least 2 are needed")
        }
        var sums = Matrix<Double>.zeros(places.count, design.columnCount)
        for (row, group) in groups.enumerated() {
            guard let place = places[group] else { continue }
            for column in 0..<design.columnCount {
                sums[place, column] += residuals[row] * design[row, column]
            }
        }
        return sums
    }

    /// The covariance of the intercept at features of 0, from that at their means.
    private func uncentred(_ centred: Matrix<Double>) -> Matrix<Double> {
        let count = centred.rowCount
        var result = centred
        if hasIntercept {
            var move = Matrix<Double>.zeros(count, count)
            for index in 0..<count { move[index, index] = 1 }
            for index in 1..<max(count, 1) { move[0, index] = -mean[index - 1] }
            result = move.matmul(centred).matmul(move.transposed)
        }
        // Rounding must not make it unsymmetric.
        for row in 0..<count {
            for column in 0..<row { result[column, row] = result[row, column] }
        }
        return result
    }
}
