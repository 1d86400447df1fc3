// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Rows with numbers that a plane is to come near.
struct LinearTube {
    let rows: LinearRows
    let targets: [Double]
    /// The price of each row, above 0.
    let prices: [Double]
    let recipe: LinearSupportVectorRegressor

    /// The coefficients, and that of the intercept behind them, by coordinate descent on the dual
    /// problem.
    ///
    /// - Throws: ``ModelError`` with code `notConverged` or `cancelled`.
    func minimise(_ progress: inout LinearProgress) throws(ModelError) -> [Double] {
        var generator = RandomStream(seed: recipe.seed).child("linear support vector regression")
        let count = targets.count
        let scale = recipe.fitsIntercept ? recipe.interceptScale : 0
        let isSquared = recipe.loss == .squaredExcess
        let ridges = prices.map { isSquared ? 1 / (2 * $0) : 0 }
        let diagonal = (0..<count).map { rows.square($0) + scale * scale + ridges[$0] }
        var dual = [Double](repeating: 0, count: count)
        var parameters = [Double](repeating: 0, count: rows.columnCount + 1)
        let intercept = rows.columnCount
        var order = Array(0..<count)
        for pass in 1...recipe.iterationLimit {
            generator.shuffle(&order)
            var largest = 0.0
            parameters.withUnsafeMutableBufferPointer { buffer in
                guard let parameters = buffer.baseAddress else { return }
                for row in order where diagonal[row] > 0 {
                    let value = rows.dot(row, parameters) + scale * parameters[intercept]
                    let slope = value - targets[row] + ridges[row] * dual[row]
                    let limit = isSquared ? Double.infinity : prices[row]
                    largest = max(largest, violation(slope, dual[row], limit))
                    let old = dual[row]
                    let (above, below) = (slope + recipe.width, slope - recipe.width)
                    var step = -old
                    if above < diagonal[row] * old {
                        step = -above / diagonal[row]
                    } else if below > diagonal[row] * old {
                        step = -below / diagonal[row]
                    }
                    guard abs(step) > 1e-12 else { continue }
                    dual[row] = min(max(old + step, -limit), limit)
                    let change = dual[row] - old
                    rows.add(row, times: change, to: parameters)
                    parameters[intercept] += scale * change
                }
            }
            try progress.report(objective: objective(dual, parameters, ridges))
            if largest <= recipe.tolerance { return parameters }
            if pass == recipe.iterationLimit {
                throw ModelError(
                    .notConverged,
                    "\(pass) iterations over \(count) rows; violation \(largest), tolerance "
                        + "\(recipe.tolerance)")
            }
        }
        return parameters
    }

    /// How far a row is from the conditions of a minimum.
    private func violation(_ slope: Double, _ dual: Double, _ limit: Double) -> Double {
        let (above, below) = (slope + recipe.width, slope - recipe.width)
        if dual == 0 { return max(-above, below, 0) }
        if dual >= limit { return max(above, 0) }
        if dual <= -limit { return max(-below, 0) }
        return abs(dual > 0 ? above : below)
    }

    /// The dual objective.
    private func objective(
        _ dual: [Double], _ parameters: [Double], _ ridges: [Double]
    ) -> Double {
        var value = parameters.reduce(0) { $0 + $1 * $1 } / 2
        for (row, factor) in dual.enumerated() {
            value += ridges[row] * factor * factor / 2 - targets[row] * factor
            value += recipe.width * abs(factor)
        }
        return value
    }
}
