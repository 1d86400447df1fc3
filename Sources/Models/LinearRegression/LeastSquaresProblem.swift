// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Least squares in standardised columns, each row multiplied by the root of its weight.
///
/// With an intercept, features and targets are measured from their weighted means, so that it is
/// found apart from the coefficients.
struct LeastSquaresProblem {
    /// Coefficients in standard deviations and what they were found with.
    struct Solution {
        var scaled: Vector<Double>
        /// The inverse of the Gram matrix of the columns, ridge included.
        var inverse: Matrix<Double>
        /// The largest factor by which the others inflate the variance of a coefficient.
        var largestInflation: Double
    }

    /// The columns (rows x features).
    let columns: Matrix<Double>
    let response: Vector<Double>
    /// The weighted means of the features; zeros without an intercept.
    let centre: Vector<Double>
    /// That of the targets.
    let responseCentre: Double
    /// The standard deviations; 1 for a constant feature.
    let scales: Vector<Double>
    let totalWeight: Double
    let observationCount: Double
    let sumOfLogPrecisions: Double
    let hasIntercept: Bool
    private let featureNames: [String]
    private let isConstant: [Bool]

    /// A column of which the others leave no larger part of its length is linear in them.
    private static let rankTolerance = 1e-10

    init(
        _ data: RegressionData, offsets: [Double]?, hasIntercept: Bool,
        meaning: LinearRegression.WeightMeaning
    ) throws(ModelError) {
        try data.requireComplete()
        try checkOffsets(offsets, rows: data.rowCount)
        let weights = Vector(data.weights)
        let total = weights.sum()
        var targets = Vector(data.targets)
        if let offsets { targets -= Vector(offsets) }
        var columns = data.features
        if hasIntercept {
            centre = columns.transposed.matmul(weights) / total
            responseCentre = weights.orderedDot(targets) / total
            columns.subtractFromRows(centre)
            targets -= responseCentre
        } else {
            centre = .zeros(columns.columnCount)
            responseCentre = 0
        }
        let squares = (columns * columns).transposed.matmul(weights) / total
        guard squares.sum().isFinite, weights.orderedDot(targets * targets).isFinite else {
            throw ModelError(.nonFinite, "features or targets are too large for least squares")
        }
        let deviations = squares.squareRoot()
        // What centring leaves of a constant is rounding error.
        isConstant = zip(deviations.elements, centre.elements).map { !($0 > 1e-12 * abs($1)) }
        scales = Vector(zip(deviations.elements, isConstant).map { $1 ? 1 : $0 })
        columns.divideRows(by: scales)
        if data.weights.contains(where: { $0 != 1 }) {
            let roots = weights.squareRoot()
            columns.multiplyColumns(by: roots)
            targets *= roots
        }
        self.columns = columns
        response = targets
        totalWeight = total
        self.hasIntercept = hasIntercept
        featureNames = data.featureNames
        switch meaning {
        case .repetitions:
            observationCount = total
            sumOfLogPrecisions = 0
        case .precisions:
            let positive = data.weights.filter { $0 > 0 }
            observationCount = Double(positive.count)
            sumOfLogPrecisions = Vector(positive).log().sum()
        }
    }

    /// - Throws: ``ModelError`` with code `rankDeficient` that names the constant features.
    func requireVaryingFeatures() throws(ModelError) {
        guard let first = isConstant.firstIndex(of: true) else { return }
        throw ModelError(
            .rankDeficient,
            "feature \(first) (\(featureNames[first])) is \(hasIntercept ? "constant" : "zero")")
    }

    func solvedByCholesky(ridge: Double) throws(ModelError) -> Solution {
        let ridges = ridges(ridge)
        var gram = columns.gram()
        for (index, ridge) in ridges.enumerated() { gram[index, index] += ridge }
        do {
            let factor = try gram.cholesky()
            var scaled = try factor.solve(columns.transposed.matmul(response))
            let residuals = response - columns.matmul(scaled)
            let rest = columns.transposed.matmul(residuals) - Vector(ridges) * scaled
            scaled += try factor.solve(rest)
            let inverse = try factor.inverse()
            let inflations = scales.indices.map { gram[$0, $0] * inverse[$0, $0] }
            return Solution(
                scaled: scaled, inverse: inverse, largestInflation: inflations.max() ?? 1)
        } catch {
            throw .singular(error)
        }
    }

    /// - Throws: ``ModelError`` with code `rankDeficient` that names the dependent features.
    func solvedByQR(ridge: Double) throws(ModelError) -> Solution {
        let count = columns.columnCount
        var rows = columns
        var targets = response
        if ridge > 0 {
            let roots = ridges(ridge).map { $0.squareRoot() }
            let added = Matrix(rowCount: count, columnCount: count) { $0 == $1 ? roots[$0] : 0 }
            rows = .concatenated([rows, added], axis: 0)
            targets = Vector(targets.elements + [Double](repeating: 0, count: count))
        }
        guard rows.rowCount >= count else {
            throw ModelError(
                .rankDeficient, "\(rows.rowCount) rows for \(count) coefficients")
        }
        do {
            let factor = try rows.qr(pivoting: true)
            let rank = factor.rank(tolerance: Self.rankTolerance)
            guard rank == count else {
                let names = factor.columnOrder[rank...].sorted().map { featureNames[$0] }
                throw ModelError(
                    .rankDeficient,
                    "\(names.count) of \(count) features are linear in others: "
                        + names.prefix(8).joined(separator: ", "))
            }
            let order = factor.columnOrder
            let root = try factor.r.upperTriangle().solve(.identity(count))
            let product = root.matmul(root.transposed)
            var inverse = Matrix<Double>.zeros(count, count)
            for row in 0..<count {
                for column in 0..<count {
                    inverse[order[row], order[column]] = product[row, column]
                }
            }
            return Solution(
                scaled: try factor.solve(targets), inverse: inverse, largestInflation: 1)
        } catch let error as LinearAlgebraError {
            throw .singular(error)
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError(.rankDeficient, "the rows cannot be factored", underlying: error)
        }
    }

    /// `(XᵀWX)⁻¹` of features as they are, the intercept first where there is one.
    func unscaledCovariance(_ inverse: Matrix<Double>) -> Matrix<Double> {
        let count = scales.count
        let own = Matrix(rowCount: count, columnCount: count) {
            // The upper triangle repeats the lower one: rounding must not make it unsymmetric.
            inverse[max($0, $1), min($0, $1)] / (scales[$0] * scales[$1])
        }
        return hasIntercept ? own.bordered(mean: centre, total: totalWeight) : own
    }

    private func ridges(_ ridge: Double) -> [Double] {
        scales.elements.map { ridge / ($0 * $0) }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// The covariance of intercept and coefficients at features of 0, from that of the coefficients
    /// and the `total` curvature at the `mean`.
    func bordered(mean: Vector<Double>, total: Double) -> Matrix<Double> {
        let count = mean.count
        let crossed = matmul(mean)
        var covariance = Matrix<Double>.zeros(count + 1, count + 1)
        covariance[0, 0] = 1 / total + mean.orderedDot(crossed)
        for row in 0..<count {
            covariance[0, row + 1] = -crossed[row]
            covariance[row + 1, 0] = -crossed[row]
            for column in 0..<count { covariance[row + 1, column + 1] = self[row, column] }
        }
        return covariance
    }
}
