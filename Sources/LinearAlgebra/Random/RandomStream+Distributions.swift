// SPDX-License-Identifier: Apache-2.0

extension RandomStream {
    /// A number that is uniform on `[0, 1)`: the top 53 bits of one word, times 2⁻⁵³.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number that is uniform on `range`, whose upper bound is never returned.
    ///
    /// - Precondition: `range` is not empty, and its bounds and its width are finite.
    public mutating func uniform(in range: Range<Double>) -> Double {
        let width = range.upperBound - range.lowerBound
        precondition(width > 0 && width.isFinite, "uniform number in \(range)")
        let value = range.lowerBound + width * uniform()
        // Rounding can reach the bound that is excluded.
        return value < range.upperBound ? value : range.upperBound.nextDown
    }

    /// A standard normal number, by the inverse of the distribution function; one word each.
    public mutating func normal() -> Double {
        // 52 bits and a half: strictly inside (0, 1) and symmetric about 1/2.
        normalQuantile((Double(next() >> 12) + 0.5) * 0x1p-52)
    }

    /// A normal number of the given mean and standard deviation.
    ///
    /// - Precondition: `standardDeviation` is not negative.
    public mutating func normal(mean: Double, standardDeviation: Double) -> Double {
        precondition(standardDeviation >= 0, "standard deviation \(standardDeviation)")
        return mean + standardDeviation * normal()
    }

    /// True with the given probability.
    ///
    /// - Precondition: `probability` is in `0...1`.
    public mutating func bernoulli(_ probability: Double) -> Bool {
        precondition(probability >= 0 && probability <= 1, "probability \(probability)")
        return uniform() < probability
    }

    /// An exponentially distributed number of the given rate (mean `1 / rate`).
    ///
    /// - Precondition: `rate` is positive and finite.
    public mutating func exponential(rate: Double = 1) -> Double {
        precondition(rate > 0 && rate.isFinite, "rate \(rate)")
        return -kernelLog(1 - uniform()) / rate
    }

    /// An integer that is uniform on `0..<bound`, without bias.
    ///
    /// D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019),
    /// DOI 10.1145/3230636.
    ///
    /// - Precondition: `bound` is positive.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "integer below \(bound)")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// An index into `weights`, drawn in proportion to them.
    ///
    /// - Precondition: Weights are finite and not negative, and their sum is positive and finite.
    /// - Complexity: O(weights.count).
    public mutating func categorical(weights: [Double]) -> Int {
        var total = 0.0
        for (index, weight) in weights.enumerated() {
            precondition(weight >= 0 && weight.isFinite, "weight \(weight) at \(index)")
            total += weight
        }
        precondition(total > 0 && total.isFinite, "weights that sum to \(total)")
        let target = uniform() * total
        var reached = 0.0
        var last = 0
        for (index, weight) in weights.enumerated() where weight > 0 {
            reached += weight
            if target < reached { return index }
            last = index
        }
        return last
    }
}

/// The library's own logarithm, which has the same bits on every machine.
func kernelLog(_ x: Double) -> Double {
    var result = x
    withUnsafeMutablePointer(to: &result) { Double._evaluate(.log, 1, $0, $0) }
    return result
}
