// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The different values of one column within one class, with the weight of each.
struct WeightedValues: Hashable, Sendable {
    /// Ascending.
    private(set) var values: [Double]
    /// Above 0.
    private(set) var weights: [Double]

    /// Values that ascend, with weights above 0.
    init(values: [Double], weights: [Double]) {
        self.values = values
        self.weights = weights
    }

    /// Gathers equal values; rows of weight 0 are not there.
    init(_ rows: some Sequence<(value: Double, weight: Double)>) {
        (values, weights) = ([], [])
        let rows = rows.filter { $0.weight > 0 }
            .sorted { ($0.value, $0.weight) < ($1.value, $1.weight) }
        for row in rows {
            if row.value == values.last {
                weights[weights.count - 1] += row.weight
            } else {
                values.append(row.value)
                weights.append(row.weight)
            }
        }
    }

    /// The values of both.
    func merged(with other: WeightedValues) -> WeightedValues {
        WeightedValues(
            zip(values + other.values, weights + other.weights).map { (value: $0, weight: $1) })
    }
}

/// The density of one column within one class: normal kernels on the values that were seen.
struct KernelDensity: Hashable, Sendable {
    let points: WeightedValues
    let width: Double

    /// `log(sum of w[i] exp(-(x - v[i])^2 / (2 width^2)))` as the exponent at the nearest value and
    /// a factor of at least its weight, neither of which underflows.
    func parts(at x: Double) -> (exponent: Double, factor: Double) {
        let values = points.values
        let above = values.partitioningIndex { $0 >= x }
        let near = [above - 1, above].filter(values.indices.contains).map { abs(values[$0] - x) }
        let z = (near.min() ?? 0) / width
        guard z * z < .infinity else { return (-.infinity, 1) }
        // What is further away than this adds less than the smallest float.
        let reach = width * (z * z + 1490).squareRoot()
        let first = values.partitioningIndex { $0 >= x - reach }
        let last = max(first, values.partitioningIndex { $0 > x + reach })
        let exponents = values[first..<last].map { value in
            let distance = (value - x) / width
            return (z * z - distance * distance) / 2
        }
        var factor = 0.0
        for (index, power) in Vector(exponents).exp().elements.enumerated() {
            factor += points.weights[first + index] * power
        }
        return (-z * z / 2, factor)
    }
}

extension KernelBandwidth {
    /// The densities of one column, one for each class; `nil` for a class without values.
    func densities(_ classes: [WeightedValues]) -> [KernelDensity?] {
        let all = Set(classes.flatMap(\.values)).sorted()
        let gap = all.count > 1 ? (all[all.count - 1] - all[0]) / Double(all.count - 1) : 0.01
        return classes.map { points in
            guard let first = points.values.first, let last = points.values.last else { return nil }
            let weight = points.weights.reduce(0, +)
            let width: Double
            switch self {
            case .fixed(let given): width = given
            case .range: width = max((last - first) / weight.squareRoot(), gap / 6)
            case .scott:
                let factor = (Vector([weight]).log() * -0.2).exp().elements[0]
                width = max(points.deviation * factor, gap / 6)
            }
            return KernelDensity(points: points, width: width)
        }
    }
}

extension WeightedValues {
    /// The root of the unbiased variance, weights being repetitions; 0 for one row or less.
    fileprivate var deviation: Double {
        let total = weights.reduce(0, +)
        guard total > 1 else { return 0 }
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let squares = zip(values, weights).reduce(0) {
            $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
        }
        return (squares / (total - 1)).squareRoot()
    }
}
