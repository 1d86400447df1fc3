// SPDX-License-Identifier: Apache-2.0

/// A quadratic problem with box bounds that all kinds of kernel machines share.
///
/// Minimise `1/2 sum of b[s] b[t] k(x[s], x[t]) + sum of linear[t] b[t]` with
/// `lower[t] <= b[t] <= upper[t]`, the sum of `b` over each group staying as it is at the start.
struct DualProblem {
    /// The training row of every variable.
    var rows: [Int]
    var linear: [Double]
    var lower: [Double]
    var upper: [Double]
    /// A feasible point.
    var start: [Double]
    /// Where each group of variables ends; groups follow one another.
    var groupEnds: [Int]

    var count: Int { rows.count }
}

/// The minimum of a ``DualProblem``.
struct DualSolution {
    var values: [Double]
    /// For each group the gradient at which a variable would stay inside its bounds.
    var levels: [Double]
    var objective: Double
    var iterations: Int
}

extension DualProblem {
    /// Classification with the penalty `limits[i]` of row `rows[i]`, whose sign is `isPositive[i]`.
    static func classification(
        rows: [Int], isPositive: [Bool], limits: [Double]
    ) -> DualProblem {
        DualProblem(
            rows: rows, linear: isPositive.map { $0 ? -1 : 1 },
            lower: zip(isPositive, limits).map { $0 ? 0 : -$1 },
            upper: zip(isPositive, limits).map { $0 ? $1 : 0 },
            start: [Double](repeating: 0, count: rows.count), groupEnds: [rows.count])
    }

    /// Classification with a share `nu` of margin errors; positive rows first.
    static func shareClassification(
        positive: [Int], negative: [Int], weights: [Double], nu: Double
    ) -> DualProblem {
        let rows = positive + negative
        let limits = rows.map { weights[$0] }
        let half = limits.reduce(0, +) * nu / 2
        let first = filled(Array(limits[..<positive.count]), to: half)
        let second = filled(Array(limits[positive.count...]), to: half)
        let zeros = [Double](repeating: 0, count: rows.count)
        return DualProblem(
            rows: rows, linear: zeros,
            lower: limits.indices.map { $0 < positive.count ? 0 : -limits[$0] },
            upper: limits.indices.map { $0 < positive.count ? limits[$0] : 0 },
            start: first + second.map { -$0 }, groupEnds: [positive.count, rows.count])
    }

    /// The smallest region with all but a share `nu` of the rows.
    static func region(rows: [Int], weights: [Double], nu: Double) -> DualProblem {
        let limits = rows.map { weights[$0] }
        let zeros = [Double](repeating: 0, count: rows.count)
        return DualProblem(
            rows: rows, linear: zeros, lower: zeros, upper: limits,
            start: filled(limits, to: limits.reduce(0, +) * nu), groupEnds: [rows.count])
    }

    /// Regression within a tube of half `width`; each row has two variables.
    static func regression(
        rows: [Int], targets: [Double], limits: [Double], width: Double
    ) -> DualProblem {
        let zeros = [Double](repeating: 0, count: rows.count)
        return DualProblem(
            rows: rows + rows,
            linear: targets.map { width - $0 } + targets.map { -(width + $0) },
            lower: zeros + limits.map { -$0 }, upper: limits + zeros,
            start: zeros + zeros, groupEnds: [2 * rows.count])
    }

    /// Regression with a share `nu` of rows outside the tube.
    static func shareRegression(
        rows: [Int], targets: [Double], limits: [Double], nu: Double
    ) -> DualProblem {
        let zeros = [Double](repeating: 0, count: rows.count)
        let start = filled(limits, to: limits.reduce(0, +) * nu / 2)
        return DualProblem(
            rows: rows + rows, linear: targets.map { -$0 } + targets.map { -$0 },
            lower: zeros + limits.map { -$0 }, upper: limits + zeros,
            start: start + start.map { -$0 }, groupEnds: [rows.count, 2 * rows.count])
    }

    /// Limits taken in full one after the other until their sum is `total`.
    private static func filled(_ limits: [Double], to total: Double) -> [Double] {
        var rest = total
        return limits.map { limit in
            let taken = min(limit, max(rest, 0))
            rest -= taken
            return taken
        }
    }
}
