// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import RealModule

/// Sums over rows of equal weight, block by block on several threads; the blocks are the same for
/// any number of threads, and so are the bits of the sums.
enum OutcomeSums {
    private static let blockLength = 65_536

    /// The sum of `(p - y)^2`; nil where some probability is outside `0...1`.
    static func squaredMisses(labels: [Bool], probabilities: [Double]) -> Double? {
        sum(labels, probabilities) { count, probabilities, outcomes in
            var isValid: Int32 = 0
            let sum = credit_squared_misses(count, probabilities, outcomes, &isValid)
            return isValid == 1 ? sum : nil
        }
    }

    /// The logarithm of the product of the probabilities of what happened, each raised to at least
    /// `clipping`; nil where some probability is outside `0...1`.
    ///
    /// A product of factors and a count of powers of two lose less than a sum of logarithms: each
    /// row adds half a unit in the last place of 1 to the error.
    /// - Precondition: `clipping` is at least 2^-60.
    static func logLikelihood(
        labels: [Bool], probabilities: [Double], clipping: Double
    ) -> Double? {
        sum(labels, probabilities) { count, probabilities, outcomes in
            var isValid: Int32 = 0
            var exponent: Int64 = 0
            let product = credit_likelihood(
                count, probabilities, outcomes, clipping, &exponent, &isValid)
            return isValid == 1
                ? Double(exponent) * Double.log(2) + Double.log(product) : nil
        }
    }

    private static func sum(
        _ labels: [Bool], _ probabilities: [Double],
        _ block: (Int, UnsafePointer<Double>, UnsafePointer<UInt8>) -> Double?
    ) -> Double? {
        let count = labels.count
        let blockCount = (count + blockLength - 1) / blockLength
        var sums = [Double?](repeating: 0, count: blockCount)
        labels.withUnsafeBytes { labels in
            probabilities.withUnsafeBufferPointer { probabilities in
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let outcomes = labels.baseAddress,
                        let first = probabilities.baseAddress
                    else { return }
                    nonisolated(unsafe) let sums = sums
                    concurrently(blockCount) { index in
                        let start = index * blockLength
                        sums[index] = block(
                            min(blockLength, count - start), first + start,
                            (outcomes + start).assumingMemoryBound(to: UInt8.self))
                    }
                }
            }
        }
        var total = CompensatedSum()
        for sum in sums {
            guard let sum else { return nil }
            total += sum
        }
        return total.value
    }
}
