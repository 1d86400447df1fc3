// SPDX-License-Identifier: Apache-2.0

/// A sum whose error does not grow with the number of terms (Neumaier's variant of Kahan's).
///
/// A. Neumaier, Z. angew. Math. Mech. 54 (1974), https://doi.org/10.1002/zamm.19740540106.
struct CompensatedSum: Hashable, Codable, Sendable {
    private var sum = 0.0
    private var lost = 0.0

    /// The sum of the terms so far; infinite once a term was.
    var value: Double { sum.isFinite ? sum + lost : sum }

    static func += (total: inout CompensatedSum, term: Double) {
        let next = total.sum + term
        total.lost +=
            abs(total.sum) >= abs(term) ? (total.sum - next) + term : (term - next) + total.sum
        total.sum = next
    }

    mutating func merge(_ other: CompensatedSum) {
        self += other.sum
        self += other.lost
    }
}
