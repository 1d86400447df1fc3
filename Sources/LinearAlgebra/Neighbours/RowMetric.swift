// SPDX-License-Identifier: Apache-2.0

/// A distance of two rows, summed in a fixed order: the bits are the same on every machine.
///
/// Rows are compared by a reduced distance, which has the same order and is cheaper: the square for
/// the Euclidean distance and the p-th power for Minkowski's.
package struct RowMetric: Hashable, Sendable {
    /// The form of the distance.
    package enum Form: Hashable, Sendable {
        case euclidean, manhattan, chebyshev
        /// `(sum of |x - y|^p)^(1/p)`.
        case minkowski(Double)
        /// The mean over the columns of `|x - y|`, or of whether they differ where the column is
        /// nominal.
        case mixed(isNominal: [Bool])
    }

    /// The form of the distance.
    package let form: Form

    /// A distance.
    package init(_ form: Form) { self.form = form }

    /// What orders the distances between `x` and `y`.
    func reduced(_ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
        switch form {
        case .euclidean: return Double._squaredDistance(count, x, y)
        case .manhattan: return Double._manhattanDistance(count, x, y)
        case .chebyshev: return Double._chebyshevDistance(count, x, y)
        case .minkowski, .mixed:
            return sum(count) { abs(x[$0] - y[$0]) }
        }
    }

    /// The reduced distance of a point to a box; no row within the box is nearer.
    func reduced(
        _ count: Int, _ x: UnsafePointer<Double>, low: UnsafePointer<Double>,
        high: UnsafePointer<Double>
    ) -> Double {
        sum(count) { Swift.max(low[$0] - x[$0], x[$0] - high[$0], 0) }
    }

    private func sum(_ count: Int, _ difference: (Int) -> Double) -> Double {
        var sum = 0.0
        for column in 0..<count {
            let value = difference(column)
            switch form {
            case .euclidean: sum += value * value
            case .manhattan: sum += value
            case .chebyshev: sum = Swift.max(sum, value)
            case .minkowski(let power): sum += raise(value, to: power)
            case .mixed(let isNominal): sum += isNominal[column] ? (value > 0 ? 1 : 0) : value
            }
        }
        return sum
    }

    /// The distance of rows of `count` columns whose reduced distance is given.
    package func distance(_ reduced: Double, columnCount count: Int) -> Double {
        switch form {
        case .euclidean: reduced.squareRoot()
        case .manhattan, .chebyshev: reduced
        case .minkowski(let power): raise(reduced, to: 1 / power)
        case .mixed: reduced / Double(count)
        }
    }

    /// The reduced distance that belongs to a distance.
    func reduced(ofDistance distance: Double, columnCount count: Int) -> Double {
        switch form {
        case .euclidean: distance * distance
        case .manhattan, .chebyshev: distance
        case .minkowski(let power): raise(distance, to: power)
        case .mixed: distance * Double(count)
        }
    }

    private func raise(_ value: Double, to power: Double) -> Double {
        var result = value
        withUnsafePointer(to: value) { Double._combine(.power, 1, $0, scalar: power, &result) }
        return result
    }
}
