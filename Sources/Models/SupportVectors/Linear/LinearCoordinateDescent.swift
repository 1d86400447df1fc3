// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension LinearMargins {
    /// The minimum by coordinate descent on the dual problem.
    ///
    /// Rows whose coefficient stays at a bound are left out for a while.
    ///
    /// - Throws: ``ModelError`` with code `notConverged` or `cancelled`.
    func coordinateDescent(
        tolerance: Double, iterationLimit: Int, generator: RandomStream,
        _ progress: inout LinearProgress
    ) throws(ModelError) -> Vector<Double> {
        var generator = generator
        let count = signs.count
        let isSquared = loss == .squaredHinge
        let intercept = interceptScale > 0 ? rows.columnCount : nil
        let diagonal = prices.indices.map { row in
            rows.square(row) + interceptScale * interceptScale
                + (isSquared ? 1 / (2 * prices[row]) : 0)
        }
        var dual = [Double](repeating: 0, count: count)
        var parameters = [Double](repeating: 0, count: parameterCount)
        var order = Array(0..<count)
        // What the largest and smallest violation of the pass before allow to leave out.
        var (upper, lower) = (Double.infinity, -Double.infinity)
        for pass in 1...iterationLimit {
            generator.shuffle(&order)
            var (largest, smallest) = (-Double.infinity, Double.infinity)
            var kept: [Int] = []
            kept.reserveCapacity(order.count)
            parameters.withUnsafeMutableBufferPointer { buffer in
                guard let parameters = buffer.baseAddress else { return }
                for row in order where diagonal[row] > 0 {
                    let limit = isSquared ? Double.infinity : prices[row]
                    var decision = rows.dot(row, parameters)
                    if let intercept { decision += interceptScale * parameters[intercept] }
                    var gradient = signs[row] * decision - 1
                    if isSquared { gradient += dual[row] / (2 * prices[row]) }
                    var projected = gradient
                    if dual[row] == 0 {
                        if gradient > upper { continue }
                        projected = min(gradient, 0)
                    } else if dual[row] == limit {
                        if gradient < lower { continue }
                        projected = max(gradient, 0)
                    }
                    kept.append(row)
                    largest = max(largest, projected)
                    smallest = min(smallest, projected)
                    guard abs(projected) > 1e-12 else { continue }
                    let old = dual[row]
                    dual[row] = min(max(old - gradient / diagonal[row], 0), limit)
                    let change = (dual[row] - old) * signs[row]
                    rows.add(row, times: change, to: parameters)
                    if let intercept { parameters[intercept] += interceptScale * change }
                }
            }
            try progress.report(objective: objective(dual, parameters))
            if largest - smallest <= tolerance {
                if kept.count == count { return Vector(parameters) }
                order = Array(0..<count)
                (upper, lower) = (.infinity, -.infinity)
            } else {
                order = kept
                upper = largest > 0 ? largest : .infinity
                lower = smallest < 0 ? smallest : -.infinity
            }
            if pass == iterationLimit {
                throw ModelError(
                    .notConverged,
                    "\(pass) iterations over \(count) rows; violation \(largest - smallest), "
                        + "tolerance \(tolerance)")
            }
        }
        return Vector(parameters)
    }

    /// The dual objective.
    private func objective(_ dual: [Double], _ parameters: [Double]) -> Double {
        var value = parameters.reduce(0) { $0 + $1 * $1 } / 2
        for (row, coefficient) in dual.enumerated() {
            value -= coefficient
            if loss == .squaredHinge {
                value += coefficient * coefficient / (4 * prices[row])
            }
        }
        return value
    }
}
