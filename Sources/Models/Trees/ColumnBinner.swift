// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Finds the bins of a feature: groups of about equal weight, or one for every value.
struct ColumnBinner: Sendable {
    let weights: [Double]
    /// Whether all weights are 0 or one and the same number, so that values can be sorted alone.
    private let isUniform: Bool

    init(weights: [Double]) {
        self.weights = weights
        let first = weights.first { $0 > 0 } ?? 1
        isUniform = weights.allSatisfy { $0 == 0 || $0 == first }
    }

    /// The bins of a column, and how many different values it has.
    func column(
        _ values: UnsafeBufferPointer<Double>, limit: Int, isNominal: Bool
    ) -> (BinnedColumn, distinct: Int) {
        var (distinct, shares, hasMissing) = sorted(values)
        let count = distinct.count
        if isNominal {
            if distinct.count > 255 {
                // The most frequent ones; of equal ones the lower.
                let kept = Set(
                    distinct.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }.prefix(255))
                distinct = distinct.indices.filter(kept.contains).map { distinct[$0] }
                hasMissing = true
            }
            return (
                BinnedColumn(
                    low: distinct, high: distinct, hasMissing: hasMissing, isNominal: true),
                count
            )
        }
        guard distinct.count > limit else {
            return (
                BinnedColumn(
                    low: distinct, high: distinct, hasMissing: hasMissing, isNominal: false),
                count
            )
        }
        var (low, high): ([Double], [Double]) = ([], [])
        var remaining = shares.reduce(0, +)
        var share = 0.0
        var start = 0
        for index in distinct.indices {
            share += shares[index]
            let isLast = index == distinct.count - 1
            let isFull =
                low.count < limit - 1 && share >= remaining / Double(limit - low.count)
            guard isLast || isFull else { continue }
            low.append(distinct[start])
            high.append(distinct[index])
            remaining -= share
            share = 0
            start = index + 1
        }
        return (
            BinnedColumn(low: low, high: high, hasMissing: hasMissing, isNominal: false), count
        )
    }

    /// The different values in ascending order with their weights, and whether one is missing.
    private func sorted(
        _ values: UnsafeBufferPointer<Double>
    ) -> (distinct: [Double], shares: [Double], hasMissing: Bool) {
        var (distinct, shares): ([Double], [Double]) = ([], [])
        var hasMissing = false
        if isUniform {
            distinct.reserveCapacity(values.count)
            for row in values.indices where weights[row] > 0 {
                if values[row].isNaN { hasMissing = true } else { distinct.append(values[row]) }
            }
            shares = distinct
            let count = distinct.withUnsafeMutableBufferPointer { distinct in
                shares.withUnsafeMutableBufferPointer { shares in
                    sortedInPlace(distinct, shares)
                }
            }
            distinct.removeLast(distinct.count - count)
            shares.removeLast(shares.count - count)
        } else {
            var present: [(value: Double, weight: Double)] = []
            for row in values.indices where weights[row] > 0 {
                if values[row].isNaN {
                    hasMissing = true
                } else {
                    present.append((values[row], weights[row]))
                }
            }
            present.sort { $0 < $1 }
            for (value, weight) in present {
                if distinct.last == value {
                    shares[shares.count - 1] += weight
                } else {
                    distinct.append(oneZero(value))
                    shares.append(weight)
                }
            }
        }
        return (distinct, shares, hasMissing)
    }

    /// Leaves the different values, ascending, and how many there are of each at the front; returns
    /// how many differ.
    private func sortedInPlace(
        _ values: UnsafeMutableBufferPointer<Double>, _ shares: UnsafeMutableBufferPointer<Double>
    ) -> Int {
        guard let first = values.baseAddress, let room = shares.baseAddress else { return 0 }
        credit_sort_f64(values.count, first, room)
        var count = 0
        for index in values.indices {
            let value = values[index]
            if count > 0, values[count - 1] == value {
                shares[count - 1] += 1
            } else {
                values[count] = oneZero(value)
                shares[count] = 1
                count += 1
            }
        }
        return count
    }

    /// The value; one zero, whatever its sign.
    private func oneZero(_ value: Double) -> Double { value == 0 ? 0 : value }
}
