// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Rosenbrock's valley in n variables, minimal (0) at (1, ..., 1).
func rosenbrock(_ x: Vector<Double>) -> (value: Double, gradient: Vector<Double>) {
    var value = 0.0
    var gradient = Vector<Double>.zeros(x.count)
    for i in 0..<x.count - 1 {
        let (bend, rest) = (x[i + 1] - x[i] * x[i], 1 - x[i])
        value += 100 * bend * bend + rest * rest
        gradient[i] += -400 * x[i] * bend - 2 * rest
        gradient[i + 1] += 200 * bend
    }
    return (value, gradient)
}

func rosenbrockHessian(_ x: Vector<Double>) -> Matrix<Double> {
    var hessian = Matrix<Double>.zeros(x.count, x.count)
    for i in 0..<x.count - 1 {
        hessian[i, i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2
        hessian[i, i + 1] -= 400 * x[i]
        hessian[i + 1, i] -= 400 * x[i]
        hessian[i + 1, i + 1] += 200
    }
    return hessian
}

/// Beale's function, minimal (0) at (3, 1/2).
func beale(_ x: Vector<Double>) -> (value: Double, gradient: Vector<Double>) {
    var value = 0.0
    var gradient = Vector<Double>.zeros(2)
    var power = 1.0
    for (k, constant) in [1.5, 2.25, 2.625].enumerated() {
        let lower = power
        power *= x[1]
        let residual = constant - x[0] + x[0] * power
        value += residual * residual
        gradient[0] += 2 * residual * (power - 1)
        gradient[1] += 2 * residual * x[0] * Double(k + 1) * lower
    }
    return (value, gradient)
}

/// `x · A x / 2 - b · x`, minimal where `A x = b`.
func quadratic(
    _ a: Matrix<Double>, _ b: Vector<Double>
) -> (Vector<Double>) -> (value: Double, gradient: Vector<Double>) {
    { x in
        let image = a.orderedMatmul(x)
        return (x.orderedDot(image) / 2 - b.orderedDot(x), image - b)
    }
}

/// A symmetric positive definite matrix with the given condition number.
func conditioned(_ count: Int, _ condition: Double, seed: UInt64) -> Matrix<Double> {
    // A reflection of a diagonal matrix.
    let v = Vector<Double>.random(.normal, shape: [count], seed: seed)
    let reflection = Matrix.identity(count) - v.outer(v) * (2 / v.dot(v))
    var diagonal = Vector<Double>.zeros(count)
    for i in 0..<count { diagonal[i] = 1 + (condition - 1) * Double(i) / Double(max(1, count - 1)) }
    let product = reflection.matmul(Matrix.diagonal(diagonal)).matmul(reflection)
    return (product + product.transposed.materialized()) / 2
}

/// Ridge logistic regression: log loss summed over rows, plus half the squared coefficients.
struct LogisticProblem: Decodable {
    var rows: [[Double]]
    var labels: [Double]
    var coefficients: [Double]

    func loss(_ w: Vector<Double>) -> (value: Double, gradient: Vector<Double>) {
        let x = Matrix(rows: rows)
        let y = Vector(labels)
        let margins = x.orderedMatmul(w)
        let p = margins.sigmoid()
        let signed = margins * (y * 2 - 1)
        let value = -signed.sigmoid().log().sum() + w.orderedDot(w) / 2
        return (value, x.transposed.matmul(p - y) + w)
    }

    func curvature(_ w: Vector<Double>) -> (Vector<Double>) -> Vector<Double> {
        let x = Matrix(rows: rows)
        let p = x.orderedMatmul(w).sigmoid()
        let weights = p * (1 - p)
        return { v in x.transposed.matmul(x.matmul(v) * weights) + v }
    }
}

struct OptimisationGolden: Decodable {
    struct NelderMeadRun: Decodable {
        var function: String
        var start: [Double]
        var isAdaptive: Bool
        var iterations: Int
        var evaluations: Int
        var point: [Double]
        var value: Double
    }
    var brentMinima: [Double]
    var nelderMead: [NelderMeadRun]
    var logistic: LogisticProblem
}
