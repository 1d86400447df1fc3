// SPDX-License-Identifier: Apache-2.0

/// Minimises a smooth function of a few variables: BFGS from afar, Newton's method near the end,
/// with second derivatives by differences of gradients.
///
/// J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Springer 2006, algorithm 6.1,
/// https://doi.org/10.1007/978-0-387-40065-5.
struct QuasiNewton {
    typealias Function = ([Double]) -> (value: Double, gradient: [Double])

    struct Minimum {
        var point: [Double]
        var value: Double
        var hessian: SymmetricMatrix
        /// Whether the Newton step still to go would gain less than 1e-9.
        var hasConverged: Bool
        var evaluations: Int
    }

    var iterationLimit = 200

    func minimise(from start: [Double], _ function: Function) -> Minimum {
        let count = start.count
        var evaluations = 1
        var point = start
        var (value, gradient) = function(start)
        var inverse = SymmetricMatrix.identity(count)
        for iteration in 0..<iterationLimit {
            if gradient.allSatisfy({ abs($0) < 1e-5 }) { break }
            var direction = inverse.product(gradient).map { -$0 }
            var slope = dot(direction, gradient)
            if slope >= 0 {
                inverse = .identity(count)
                direction = gradient.map { -$0 }
                slope = -dot(gradient, gradient)
            }
            // Coordinates are logarithms: no step changes a parameter more than e^2 times.
            let longest = direction.reduce(0) { max($0, abs($1)) }
            var length = min(1, (iteration == 0 ? 0.5 : 2) / longest)
            var next = (value: Double.infinity, gradient: gradient)
            var target = point
            for _ in 0..<40 {
                target = zip(point, direction).map { $0 + length * $1 }
                next = function(target)
                evaluations += 1
                if next.value <= value + 1e-4 * length * slope { break }
                length /= 2
            }
            guard next.value < value else { break }
            let step = zip(target, point).map { $0 - $1 }
            let change = zip(next.gradient, gradient).map { $0 - $1 }
            let gain = value - next.value
            (point, value, gradient) = (target, next.value, next.gradient)
            inverse.updateInverse(step: step, change: change, isFirst: iteration == 0)
            if gain < 1e-9 * max(1, abs(value)) { break }
        }
        return polish(point, value, gradient, evaluations, function)
    }

    /// Newton's method from a point near the minimum.
    func polish(
        _ start: [Double], _ startValue: Double, _ startGradient: [Double], _ used: Int,
        _ function: Function
    ) -> Minimum {
        var (point, value, gradient) = (start, startValue, startGradient)
        var evaluations = used
        var hessian = Self.hessian(at: point, function)
        evaluations += 2 * point.count
        var hasConverged = false
        for _ in 0..<20 {
            guard let factor = hessian.cholesky() else { break }
            let step = factor.solve(gradient)
            let decrement = dot(step, gradient)
            hasConverged = decrement < 1e-9
            guard decrement > 1e-16 * max(1, abs(value)) else { break }
            var length = 1.0
            var next = (value: Double.infinity, gradient: gradient)
            var target = point
            for _ in 0..<30 {
                target = zip(point, step).map { $0 - length * $1 }
                next = function(target)
                evaluations += 1
                if next.value <= value { break }
                length /= 2
            }
            guard next.value <= value, target != point else { break }
            (point, value, gradient) = (target, next.value, next.gradient)
            hessian = Self.hessian(at: point, function)
            evaluations += 2 * point.count
        }
        return Minimum(
            point: point, value: value, hessian: hessian, hasConverged: hasConverged,
            evaluations: evaluations)
    }

    /// Second derivatives by central differences of gradients.
    static func hessian(at point: [Double], _ function: Function) -> SymmetricMatrix {
        var matrix = SymmetricMatrix(count: point.count)
        for index in point.indices {
            let width = 1e-4 * max(1, abs(point[index]))
            var shifted = point
            shifted[index] = point[index] + width
            let above = function(shifted).gradient
            shifted[index] = point[index] - width
            let below = function(shifted).gradient
            for other in point.indices {
                let slope = (above[other] - below[other]) / (2 * width)
                matrix[index, other] += slope / 2
                matrix[other, index] += slope / 2
            }
        }
        return matrix
    }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
}
