// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Logistic regression of few columns on targets between 0 and 1, for calibration maps.
struct CalibrationLikelihood {
    /// The columns, without the intercept.
    let columns: [[Double]]
    let hasIntercept: Bool
    let targets: [Double]
    let weights: [Double]

    /// The coefficients at the maximum, the intercept behind them.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient` where a column does not vary,
    ///   `separation` where there is no finite maximum, or `cancelled`.
    func maximise(_ name: String) throws(ModelError) -> [Double] {
        let total = weights.reduce(0, +)
        // Standardised columns keep the search independent of the units of the scores.
        let scales = columns.map { column in
            let mean =
                hasIntercept ? zip(column, weights).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
            let square = zip(column, weights).reduce(0) { sum, element in
                sum + element.1 * (element.0 - mean) * (element.0 - mean)
            }
            return (mean: mean, deviation: (square / total).squareRoot())
        }
        guard scales.allSatisfy({ $0.deviation > 0 }) else {
            throw ModelError(.rankDeficient, "\(name): the scores do not vary")
        }
        var rows = zip(columns, scales).map { column, scale in
            Vector(column.map { ($0 - scale.mean) / scale.deviation })
        }
        if hasIntercept { rows.append(.init(targets.map { _ in 1 })) }
        let newton = DampedNewton(
            name: name, iterationLimit: 100, gradientTolerance: 1e-12, totalWeight: total)
        let start = Vector([Double](repeating: 0, count: rows.count))
        let found: Vector<Double>
        do {
            found = try newton.maximise(from: start, nil) { point(at: $0, rows) }.position
        } catch {
            guard error.code == .notConverged else { throw error }
            throw ModelError(
                .separation, "\(name): the scores separate the classes, no finite map is best",
                underlying: error)
        }
        var result = found.elements
        for (index, scale) in scales.enumerated() {
            result[index] /= scale.deviation
            if hasIntercept { result[columns.count] -= result[index] * scale.mean }
        }
        return result
    }

    /// The log-likelihood of coefficients in the units of the columns.
    func value(_ coefficients: [Double]) -> Double {
        var rows = columns.map { Vector($0) }
        if hasIntercept { rows.append(.init(targets.map { _ in 1 })) }
        return point(at: Vector(coefficients), rows)?.value ?? -.infinity
    }

    private func point(
        at position: Vector<Double>, _ rows: [Vector<Double>]
    ) -> LikelihoodPoint? {
        var logOdds = Vector([Double](repeating: 0, count: targets.count))
        for (index, row) in rows.enumerated() { logOdds.add(row, times: position[index]) }
        let softplus = logOdds.softplus().elements
        let probabilities = logOdds.sigmoid().elements
        let eta = logOdds.elements
        var value = 0.0
        var slopes = [Double](repeating: 0, count: targets.count)
        var curvatures = slopes
        for row in targets.indices {
            value += weights[row] * (targets[row] * eta[row] - softplus[row])
            slopes[row] = weights[row] * (targets[row] - probabilities[row])
            curvatures[row] = weights[row] * probabilities[row] * (1 - probabilities[row])
        }
        guard value.isFinite else { return nil }
        var information = Matrix<Double>.zeros(rows.count, rows.count)
        let curvature = Vector(curvatures)
        for (i, row) in rows.enumerated() {
            let weighted = row * curvature
            for j in 0...i {
                information[i, j] = weighted.dot(rows[j])
                information[j, i] = information[i, j]
            }
        }
        let slope = Vector(slopes)
        return LikelihoodPoint(
            value: value, score: Vector(rows.map { $0.dot(slope) }), information: information)
    }
}
