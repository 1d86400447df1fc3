// SPDX-License-Identifier: Apache-2.0

/// The largest difference, relative to `scale(i)`.
///
/// - Throws: `.wrongResult` when it exceeds `limit` or is not a number.
package func requireAgreement(
    _ what: String, _ actual: [Double], _ expected: [Double], limit: Double,
    scale: (Int) -> Double
) throws(BenchmarkError) -> Double {
    guard actual.count == expected.count else {
        throw BenchmarkError(
            code: .wrongResult,
            message: "\(what): \(actual.count) elements, \(expected.count) are expected")
    }
    var (worst, position) = (0.0, 0)
    for index in actual.indices {
        let difference = abs(actual[index] - expected[index])
        if difference == 0 { continue }
        let error = difference / scale(index)
        // Written so that NaN counts as the worst of all.
        if !(error <= worst) { (worst, position) = (error, index) }
        if worst.isNaN { break }
    }
    guard worst <= limit else {
        throw BenchmarkError(
            code: .wrongResult,
            message: """
                \(what): element \(position) is \(actual[position]), expected \
                \(expected[position]); error \(worst) exceeds \(limit)
                """)
    }
    return worst
}

/// The error of a result in units of `epsilon` times the root mean square of what is expected.
///
/// Roundings of sums of `length` terms add up like a random walk, hence the limit.
package func requireCloseProduct(
    _ what: String, _ actual: [Double], _ expected: [Double], length: Int, epsilon: Double
) throws(BenchmarkError) -> Double {
    let squares = expected.reduce(0) { $0 + $1 * $1 }
    let unit = epsilon * (squares / Double(max(1, expected.count))).squareRoot()
    return try requireAgreement(what, actual, expected, limit: roundingLimit(length)) { _ in unit }
}

/// How many units in the last place a sum of `length` terms may be off.
func roundingLimit(_ length: Int) -> Double { 16 + 8 * Double(length).squareRoot() }
