// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import LinearAlgebra

/// One equation of a probit with selection: columns of mean 0 and standard deviation 1.
struct SelectionEquation {
    let names: [String]
    let columns: Matrix<Double>
    let means: Vector<Double>
    let deviations: Vector<Double>

    init(
        _ features: Matrix<Double>, _ names: [String]?, prefix: String
    ) throws(ModelError) {
        guard features.rowCount > 0, features.columnCount > 0 else {
            throw ModelError(
                .empty, "the columns \(prefix) are \(features.rowCount) x \(features.columnCount)")
        }
        let names = names ?? (0..<features.columnCount).map { "\(prefix)\($0)" }
        guard names.count == features.columnCount else {
            throw ModelError(
                .wrongWidth, "\(names.count) names for \(features.columnCount) columns \(prefix)")
        }
        try checkFinite(features, names: names)
        means = features.mean(.alongColumns)
        let centred = features.subtractingFromRows(means)
        deviations = (centred * centred).mean(.alongColumns).squareRoot()
        for (index, deviation) in deviations.elements.enumerated() where !(deviation > 0) {
            throw ModelError(
                .noSpread, "the column '\(names[index])' is \(means[index]) in all rows")
        }
        columns = centred.dividingRows(by: deviations)
        self.names = names
    }

    /// The intercept and the slopes.
    var count: Int { names.count + 1 }
}

/// The log-likelihood of a probit with selection in the parameters intercept and slopes of the
/// outcome, those of the selection, and the inverse hyperbolic tangent of the correlation.
struct SelectionLikelihood {
    let outcome: SelectionEquation
    let selection: SelectionEquation
    let outcomes: [Bool?]
    let weights: [Double]

    /// The largest size of the last parameter: a correlation of 0.999998.
    private static let limit = 7.0

    var count: Int { outcome.count + selection.count + 1 }
    var totalWeight: Double { weights.reduce(0, +) }

    /// The value and its slope; minus infinity outside the domain.
    func logLikelihood(
        _ point: Vector<Double>, _ isIndependent: Bool
    ) -> (value: Double, gradient: Vector<Double>) {
        let angle = isIndependent ? 0 : point[count - 1]
        guard abs(angle) <= Self.limit else { return (-.infinity, .zeros(count)) }
        let correlation = Vector([angle]).tanh()[0]
        let rest = (1 - correlation * correlation).squareRoot()
        let outcomeIndex = index(of: outcome, point[0..<outcome.count])
        let selectionIndex = index(of: selection, point[outcome.count..<count - 1])
        var outcomeSlopes = Vector<Double>.zeros(outcomes.count)
        var selectionSlopes = outcomeSlopes
        var angleSlope = 0.0
        var value = 0.0
        for (row, seen) in outcomes.enumerated() where weights[row] > 0 {
            let (weight, a) = (weights[row], selectionIndex[row])
            guard let seen else {
                let logShare = NormalDistribution.logCumulative(-a)
                value += weight * logShare
                selectionSlopes[row] = -weight * Self.ratio(a, logShare)
                continue
            }
            let sign = seen ? 1.0 : -1
            let (b, r) = (sign * outcomeIndex[row], sign * correlation)
            let share = max(
                BivariateNormalDistribution.cumulative(a, b, correlation: r),
                .leastNormalMagnitude)
            value += weight * Vector([share]).log()[0]
            let scale = weight / share
            selectionSlopes[row] =
                scale * NormalDistribution.density(a)
                * NormalDistribution.cumulative((b - r * a) / rest)
            outcomeSlopes[row] =
                sign * scale * NormalDistribution.density(b)
                * NormalDistribution.cumulative((a - r * b) / rest)
            angleSlope +=
                sign * scale * BivariateNormalDistribution.density(a, b, correlation: r)
        }
        let gradient =
            [outcomeSlopes.sum()] + outcome.columns.transposed.matmul(outcomeSlopes).elements
            + [selectionSlopes.sum()]
            + selection.columns.transposed.matmul(selectionSlopes).elements
            + [isIndependent ? 0 : angleSlope * rest * rest]
        return (value, Vector(gradient))
    }

    /// `phi(a) / Phi(-a)` without overflow.
    private static func ratio(_ a: Double, _ logShare: Double) -> Double {
        exponential(-a * a / 2 - 0.5 * naturalLogarithm(2 * .pi) - logShare)
    }

    private func index(of equation: SelectionEquation, _ values: Vector<Double>) -> [Double] {
        let slopes = values[1...]
        return (equation.columns.orderedMatmul(slopes) + values[0]).elements
    }

    /// The inverse of minus the second derivatives, by differences of the slopes.
    func covariance(at point: Vector<Double>) throws(ModelError) -> Matrix<Double> {
        var information = Matrix<Double>.zeros(count, count)
        for parameter in 0..<count {
            let step = 1e-5 * max(1, abs(point[parameter]))
            var above = point
            var below = point
            above[parameter] += step
            below[parameter] -= step
            let change =
                (logLikelihood(below, false).gradient - logLikelihood(above, false).gradient)
                / (2 * step)
            for other in 0..<count {
                information[parameter, other] += change[other] / 2
                information[other, parameter] += change[other] / 2
            }
        }
        do {
            return try information.cholesky().inverse()
        } catch {
            throw ModelError(
                .rankDeficient,
                "the columns or the correlation are not told apart by the rows", underlying: error)
        }
    }
}
