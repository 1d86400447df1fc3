// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A small symmetric matrix, of as many rows as a model has free parameters.
struct SymmetricMatrix: Hashable, Sendable {
    let count: Int
    private var elements: [Double]

    init(count: Int) {
        self.count = count
        elements = Array(repeating: 0, count: count * count)
    }

    static func identity(_ count: Int) -> SymmetricMatrix {
        var matrix = SymmetricMatrix(count: count)
        for index in 0..<count { matrix[index, index] = 1 }
        return matrix
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * count + column] }
        set { elements[row * count + column] = newValue }
    }

    var rows: [[Double]] {
        (0..<count).map { row in (0..<count).map { self[row, $0] } }
    }

    func product(_ vector: [Double]) -> [Double] {
        (0..<count).map { row in
            var sum = 0.0
            for column in 0..<count { sum += self[row, column] * vector[column] }
            return sum
        }
    }

    /// The change of an inverse Hessian by BFGS, scaled to the curvature before the first one.
    mutating func updateInverse(step: [Double], change: [Double], isFirst: Bool) {
        let curvature = dot(step, change)
        guard curvature > 1e-12 * dot(step, step).squareRoot() * dot(change, change).squareRoot()
        else { return }
        if isFirst {
            let scale = curvature / dot(change, change)
            for index in elements.indices { elements[index] *= scale }
        }
        let moved = product(change)
        let factor = (1 + dot(change, moved) / curvature) / curvature
        for row in 0..<count {
            for column in 0..<count {
                self[row, column] +=
                    factor * step[row] * step[column]
                    - (moved[row] * step[column] + step[row] * moved[column]) / curvature
            }
        }
    }

    /// The Cholesky factor; nil unless the matrix is safely positive definite.
    func cholesky() -> Factor? {
        var lower = self
        for column in 0..<count {
            var pivot = self[column, column]
            for k in 0..<column { pivot -= lower[column, k] * lower[column, k] }
            // False for NaN, too.
            guard pivot > 1e-10 * abs(self[column, column]), pivot.isFinite else { return nil }
            let root = pivot.squareRoot()
            lower[column, column] = root
            for row in (column + 1)..<max(count, column + 1) {
                var sum = self[row, column]
                for k in 0..<column { sum -= lower[row, k] * lower[column, k] }
                lower[row, column] = sum / root
            }
        }
        return Factor(lower: lower)
    }

    struct Factor {
        let lower: SymmetricMatrix

        var logDeterminant: Double {
            (0..<lower.count).reduce(0) { $0 + 2 * Double.log(lower[$1, $1]) }
        }

        func solve(_ right: [Double]) -> [Double] {
            var x = right
            for row in 0..<lower.count {
                for k in 0..<row { x[row] -= lower[row, k] * x[k] }
                x[row] /= lower[row, row]
            }
            for row in (0..<lower.count).reversed() {
                for k in (row + 1)..<max(lower.count, row + 1) { x[row] -= lower[k, row] * x[k] }
                x[row] /= lower[row, row]
            }
            return x
        }

        func inverse() -> SymmetricMatrix {
            var result = SymmetricMatrix(count: lower.count)
            for column in 0..<lower.count {
                var unit = Array(repeating: 0.0, count: lower.count)
                unit[column] = 1
                for (row, element) in solve(unit).enumerated() { result[row, column] = element }
            }
            return result
        }
    }
}
