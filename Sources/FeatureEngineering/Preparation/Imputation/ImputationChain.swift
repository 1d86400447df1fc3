// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// The training rows while an ``IterativeImputation`` is fitted.
struct ImputationChain {
    /// The regressions so far, in the order in which they were made.
    private(set) var regressions: [FittedIterativeImputation.Regression] = []
    /// The rows with their missing values filled in.
    private var filled: [[Double]]
    /// Whether each value of each row was missing.
    private let isMissing: [[Bool]]
    private let regression: IterativeImputation.Regression
    /// The columns from the fewest missing values to the most.
    private let order: [Int]

    init(rows: [[Double]], means: [Double], regression: IterativeImputation.Regression) {
        self.regression = regression
        isMissing = rows.map { row in row.map(\.isNaN) }
        filled = rows.map { row in zip(row, means).map { $0.isNaN ? $1 : $0 } }
        let counts = means.indices.map { column in rows.count { $0[column].isNaN } }
        order = means.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
    }

    /// The largest absolute value that was not missing.
    var largestMagnitude: Double {
        zip(filled, isMissing).reduce(0) { largest, row in
            zip(row.0, row.1).reduce(largest) { $1.1 ? $0 : max($0, $1.0.magnitude) }
        }
    }

    /// Regresses and predicts every column once; the largest sum of changes in a row.
    mutating func round(
        _ report: (_ step: Int) throws(FeatureError) -> Void
    ) throws(FeatureError) -> Double {
        let previous = filled
        for (step, target) in order.enumerated() {
            let fitted = try fit(target)
            regressions.append(fitted)
            for row in filled.indices where isMissing[row][target] {
                filled[row][target] = fitted.prediction(filled[row])
            }
            try report(step + 1)
        }
        return zip(previous, filled).reduce(0) { largest, rows in
            max(largest, zip(rows.0, rows.1).reduce(0) { $0 + ($1.0 - $1.1).magnitude })
        }
    }

    /// Regresses a column on all others over the rows that have it.
    private func fit(
        _ target: Int
    ) throws(FeatureError) -> FittedIterativeImputation.Regression {
        let rows = filled.indices.filter { !isMissing[$0][target] }
        let others = order.indices.filter { $0 != target }
        func mean(_ column: Int) -> Double { Statistics.mean(rows.map { filled[$0][column] }) }
        let centre = mean(target)
        let centres = others.map(mean)
        // The target is the last column, so that one factorisation has all that is needed.
        let centred = Matrix(
            rowCount: rows.count, columnCount: others.count + 1,
            elements: rows.flatMap { row in
                zip(others, centres).map { filled[row][$0] - $1 } + [filled[row][target] - centre]
            })
        let weights: [Double]
        do {
            let system = try CentredLeastSquares(centred)
            weights =
                switch regression {
                case .bayesianRidge: system.bayesianRidge()
                case .ridge(let penalty): system.ridge(penalty)
                }
        } catch {
            throw FeatureError(
                .outOfRange, "the regression of column \(target + 1) of those imputed: \(error)")
        }
        var coefficients = [Double](repeating: 0, count: order.count)
        var intercept = centre
        for (index, column) in others.enumerated() {
            coefficients[column] = weights[index]
            intercept -= weights[index] * centres[index]
        }
        guard intercept.isFinite, coefficients.allSatisfy(\.isFinite) else {
            throw FeatureError(
                .outOfRange, "the regression of column \(target + 1) of those imputed overflows")
        }
        return .init(target: target, intercept: intercept, coefficients: coefficients)
    }
}

/// A penalised least-squares problem in the directions of the singular vectors.
struct CentredLeastSquares {
    private let rowCount: Int
    private let variance: Double
    private let singularValues: [Double]
    /// The target along each left singular vector.
    private let projections: [Double]
    /// The sum of squares that no coefficient can explain.
    private let rest: Double
    private let vTransposed: Matrix<Double>

    /// The problem of the last of some centred columns on the others.
    init(_ centred: Matrix<Double>) throws(LinearAlgebraError) {
        rowCount = centred.rowCount
        // The last column of R is the target in the basis of the other columns; what is below
        // their rows is out of their reach.
        let r = try centred.qr().r
        let width = centred.columnCount - 1
        let target = r.column(width).elements
        let reach = min(r.rowCount, width)
        let features = Matrix(
            rowCount: reach, columnCount: width,
            elements: (0..<reach).flatMap { r.row($0).elements.prefix(width) })
        let svd = try features.svd()
        singularValues = svd.singularValues.elements
        vTransposed = svd.vTransposed
        projections = singularValues.indices.map { index in
            zip(svd.u.column(index).elements, target).reduce(0) { $0 + $1.0 * $1.1 }
        }
        rest = target.dropFirst(reach).reduce(0) { $0 + $1 * $1 }
        let total = target.reduce(0) { $0 + $1 * $1 }
        variance = total / Double(rowCount)
    }

    /// The coefficients that minimise `|y - X w|^2 + penalty |w|^2`.
    func ridge(_ penalty: Double) -> [Double] { coefficients(along(penalty)) }

    /// The posterior mean of the coefficients under a Gaussian prior whose precision, and that of
    /// the noise, maximise the evidence; both have a Gamma(1e-6, 1e-6) prior.
    func bayesianRidge() -> [Double] {
        let prior = 1e-6
        var noise = 1 / (variance + Double.ulpOfOne)
        var precision = 1.0
        var previous: [Double]?
        for _ in 0..<300 {
            let along = along(precision / noise)
            let current = coefficients(along)
            var effective = 0.0
            var squares = 0.0
            var residual = rest
            for (index, value) in singularValues.enumerated() {
                let scaled = noise * value * value
                effective += scaled / (precision + scaled)
                squares += along[index] * along[index]
                let difference = projections[index] - value * along[index]
                residual += difference * difference
            }
            precision = (effective + 2 * prior) / (squares + 2 * prior)
            noise = (Double(rowCount) - effective + 2 * prior) / (residual + 2 * prior)
            let change = previous.map {
                zip($0, current).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
            }
            if let change, change < 1e-3 { break }
            previous = current
        }
        return coefficients(along(precision / noise))
    }

    private func along(_ penalty: Double) -> [Double] {
        zip(singularValues, projections).map { $0 * $1 / ($0 * $0 + penalty) }
    }

    private func coefficients(_ along: [Double]) -> [Double] {
        vTransposed.transposed.matmul(Vector(along)).elements
    }
}
