// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The normal likelihood of a power of Yeo and Johnson by its textbook formula.
struct YeoJohnsonReference {
    private let values: [Double]

    init(_ values: [Double]) { self.values = values }

    func transformed(_ x: Double, _ power: Double) -> Double {
        if x >= 0 { return power == 0 ? log(x + 1) : (pow(x + 1, power) - 1) / power }
        return power == 2 ? -log(1 - x) : -(pow(1 - x, 2 - power) - 1) / (2 - power)
    }

    /// The logarithm of the likelihood, up to a constant.
    func callAsFunction(_ power: Double) -> Double {
        let results = values.map { transformed($0, power) }
        let count = Double(values.count)
        let mean = results.reduce(0, +) / count
        let variance = results.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count
        let logarithms = values.map { $0 < 0 ? -log1p(-$0) : log1p($0) }
        return -count / 2 * log(variance) + (power - 1) * logarithms.reduce(0, +)
    }
}
