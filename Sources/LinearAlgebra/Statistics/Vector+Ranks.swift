// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// The rank of each element from 1 up; equal elements share the mean of their ranks.
    ///
    /// Ranks are NaN for all elements when one of them is NaN.
    ///
    /// - Complexity: O(n log n).
    public func ranks() -> Tensor { ranks(Array(indices)) { _ in 1 } }

    /// The rank of each element among elements that are counted by weight.
    ///
    /// `sum of the weights of smaller elements + (sum of the weights of equal ones + 1) / 2`: with
    /// whole-number weights the mean rank of the repeated element, with weights of 1 ``ranks()``.
    /// An element of weight 0 has rank NaN and is ignored otherwise; a NaN that has weight makes
    /// all ranks NaN.
    ///
    /// - Precondition: `weights.count` is `count`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(n log n).
    public func ranks(weights: Tensor) throws(StatisticsError) -> Tensor {
        precondition(
            weights.count == count, "\(weights.count) weights for \(count) elements to rank")
        try requireWeights(weights)
        return ranks(indices.filter { weights[$0] > 0 }) { weights[$0] }
    }

    private func ranks(_ positions: [Int], weight: (Int) -> Scalar) -> Tensor {
        var ranks = Tensor(count: count, repeating: .nan)
        guard !positions.contains(where: { storage[$0].isNaN }) else { return ranks }
        let order = positions.sorted { storage[$0] < storage[$1] }
        var (start, below) = (0, Scalar.zero)
        while start < order.count {
            var (end, tied) = (start, Scalar.zero)
            repeat {
                tied += weight(order[end])
                end += 1
            } while end < order.count && storage[order[end]] == storage[order[start]]
            for position in start..<end { ranks[order[position]] = below + (tied + 1) / 2 }
            (start, below) = (end, below + tied)
        }
        return ranks
    }
}

/// Refuses the first weight that is negative, NaN or infinite.
func requireWeights<Scalar>(_ weights: Vector<Scalar>) throws(StatisticsError) {
    for (index, weight) in weights.elements.enumerated() where !(weight >= 0 && weight.isFinite) {
        throw StatisticsError(code: .invalidWeight(index: index, weight: Double(weight)))
    }
}
