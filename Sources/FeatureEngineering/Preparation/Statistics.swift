// SPDX-License-Identifier: Apache-2.0

/// Statistics of finite values that do not depend on the order of the values, to the last bit.
///
/// Adding 0 turns negative zero into zero: the two are equal, so either may come first in a sort.
enum Statistics {
    /// The middle value, or the mean of the two middle values.
    ///
    /// - Precondition: `values` is not empty.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let upper = sorted[sorted.count / 2]
        guard sorted.count.isMultiple(of: 2) else { return upper + 0 }
        let lower = sorted[sorted.count / 2 - 1]
        let sum = lower + upper
        return (sum.isFinite ? sum / 2 : lower / 2 + upper / 2) + 0
    }

    /// The most frequent value, the smallest of several.
    ///
    /// - Precondition: `values` is not empty.
    static func mode(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        var best = (value: sorted[0], count: 0)
        var start = 0
        for end in 1...sorted.count where end == sorted.count || sorted[end] != sorted[start] {
            if end - start > best.count { best = (sorted[start], end - start) }
            start = end
        }
        return best.value + 0
    }

    /// The arithmetic mean: the exact sum, rounded once, over the count.
    ///
    /// - Precondition: `values` is not empty.
    static func mean(_ values: [Double]) -> Double {
        guard let first = values.first, values.contains(where: { $0 != first }) else {
            return values[0] + 0
        }
        return exactSum(values) / Double(values.count)
    }

    /// `sqrt(sum (x - mean)^2 / divisor)`, or 1 if all values are equal.
    static func deviation(_ values: [Double], mean: Double, divisor: Int) -> Double {
        guard let first = values.first, values.contains(where: { $0 != first }) else { return 1 }
        let squares = values.map { ($0 - mean) * ($0 - mean) }
        return (exactSum(squares) / Double(divisor)).squareRoot()
    }

    /// The quantile of order `order` by linear interpolation (type 7).
    ///
    /// - Precondition: `sorted` is not empty and ascending; `order` is in 0...1.
    static func quantile(_ order: Double, ofSorted sorted: [Double]) -> Double {
        let position = order * Double(sorted.count - 1)
        let index = min(Int(position), sorted.count - 1)
        let lower = sorted[index]
        let upper = sorted[min(index + 1, sorted.count - 1)]
        let fraction = position - Double(index)
        let difference = upper - lower
        let value =
            difference.isFinite
            ? lower + difference * fraction : lower * (1 - fraction) + upper * fraction
        return min(max(value, lower), upper) + 0
    }

    /// The sum of the values, rounded once; infinite or NaN if a partial sum overflows.
    ///
    /// J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997,
    /// doi:10.1007/PL00009321: the running sum is kept as numbers that do not overlap.
    static func exactSum(_ values: [Double]) -> Double {
        var parts: [Double] = []
        for value in values {
            var rest = value
            var kept = 0
            for index in parts.indices {
                var part = parts[index]
                if rest.magnitude < part.magnitude { swap(&rest, &part) }
                let sum = rest + part
                let lost = part - (sum - rest)
                if lost != 0 {
                    parts[kept] = lost
                    kept += 1
                }
                rest = sum
            }
            parts.removeSubrange(kept...)
            parts.append(rest)
        }
        return rounded(parts)
    }

    /// The sum of parts that do not overlap, smallest first, rounded to nearest even.
    private static func rounded(_ parts: [Double]) -> Double {
        var parts = parts
        var sum = parts.popLast() ?? 0
        while let part = parts.popLast() {
            let whole = sum
            sum = whole + part
            let lost = part - (sum - whole)
            guard lost != 0 else { continue }
            // Half-way between two numbers, the parts below decide the side.
            if let below = parts.last, (lost < 0) == (below < 0) {
                let doubled = lost * 2
                let moved = sum + doubled
                if doubled == moved - sum { sum = moved }
            }
            break
        }
        return sum + 0
    }
}
