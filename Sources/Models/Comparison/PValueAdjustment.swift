// SPDX-License-Identifier: Apache-2.0

/// How the p-values of several tests are raised so that they stay small together.
public enum PValueAdjustment: String, Codable, Hashable, Sendable, CaseIterable {
    /// Times the number of tests.
    case bonferroni
    /// Step down from the smallest: never larger than Bonferroni's, with the same guarantee.
    ///
    /// Source: Holm, A simple sequentially rejective multiple test procedure, 1979.
    case holm
    /// Step up from the largest, for tests that are independent or positively dependent.
    ///
    /// Source: Hochberg, A sharper Bonferroni procedure, 1988, doi:10.1093/biomet/75.4.800.
    case hochberg
    /// The expected share of false ones among the rejected, for independent or positively dependent
    /// tests.
    ///
    /// Source: Benjamini and Hochberg, 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    case benjaminiHochberg

    /// The adjusted p-values, in the order of `pValues`.
    ///
    /// - Precondition: every value is within 0...1.
    /// - Complexity: O(n log n).
    public func adjusted(_ pValues: [Double]) -> [Double] {
        precondition(pValues.allSatisfy { (0...1).contains($0) }, "p-values \(pValues)")
        let count = pValues.count
        let order = pValues.indices.sorted {
            pValues[$0] == pValues[$1] ? $0 < $1 : pValues[$0] < pValues[$1]
        }
        var adjusted = pValues
        switch self {
        case .bonferroni:
            for index in order { adjusted[index] = min(1, pValues[index] * Double(count)) }
        case .holm:
            var largest = 0.0
            for (rank, index) in order.enumerated() {
                largest = max(largest, min(1, pValues[index] * Double(count - rank)))
                adjusted[index] = largest
            }
        case .hochberg, .benjaminiHochberg:
            var smallest = 1.0
            for (rank, index) in order.enumerated().reversed() {
                let factor =
                    self == .hochberg ? Double(count - rank) : Double(count) / Double(rank + 1)
                smallest = min(smallest, pValues[index] * factor)
                adjusted[index] = smallest
            }
        }
        return adjusted
    }
}
