// SPDX-License-Identifier: Apache-2.0

extension Statistics {
    /// `sum (x - mean)^2 / n`; 0 if all values are equal.
    ///
    /// - Precondition: `values` is not empty.
    static func variance(_ values: [Double]) -> Double {
        let mean = mean(values)
        return exactSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count)
    }

    /// The skewness `m3 / m2^1.5` of the central moments `mk = sum (x - mean)^k / n`; 0 if all
    /// values are equal.
    ///
    /// - Precondition: `values` is not empty.
    static func skewness(_ values: [Double]) -> Double {
        let mean = mean(values)
        let deviations = values.map { $0 - mean }
        // Relative to the largest, so that cubes neither overflow nor vanish.
        let largest = deviations.reduce(0) { max($0, $1.magnitude) }
        guard largest > 0, largest.isFinite else { return 0 }
        let ratios = deviations.map { $0 / largest }
        let count = Double(values.count)
        let second = exactSum(ratios.map { $0 * $0 }) / count
        let third = exactSum(ratios.map { $0 * $0 * $0 }) / count
        return third / (second * second.squareRoot())
    }
}
