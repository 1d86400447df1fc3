// SPDX-License-Identifier: Apache-2.0

/// How borrowers move between grades over a period.
public struct MigrationMatrix: Hashable, Codable, Sendable {
    /// The grades, from the best to the worst.
    public let grades: [String]
    /// The weights: `counts[i][j]` of borrowers that went from grade i to j (grades x grades).
    public let counts: [[Double]]

    /// Counts the moves.
    ///
    /// - Parameters:
    ///   - from: The grade of each borrower at the start.
    ///   - to: The grade of each borrower at the end.
    ///   - grades: At least two different grades, from the best to the worst.
    ///   - weights: The weight of each borrower, such as the exposure; nil weighs each 1.
    /// - Throws: ``MetricsError`` for different lengths, no borrowers, invalid weights and unknown
    ///   grades.
    /// - Complexity: O(n) for n borrowers.
    public init(
        from: [String], to: [String], grades: [String], weights: [Double]? = nil
    ) throws(MetricsError) {
        let matrix = try MultiClassConfusionMatrix(
            labels: from, predictions: to, classes: grades, weights: weights)
        self.grades = grades
        counts = matrix.counts
    }

    /// The share of each grade's borrowers that goes to each grade; rows sum to 1, and borrowers of
    /// a grade without any stay.
    public var probabilities: [[Double]] {
        counts.enumerated().map { row, counts in
            let total = counts.reduce(0, +)
            return counts.indices.map { total > 0 ? counts[$0] / total : $0 == row ? 1 : 0 }
        }
    }

    /// The probabilities after several such periods, if each is like this one.
    ///
    /// - Precondition: `periods` is not negative.
    /// - Complexity: O(grades^3 log periods).
    public func probabilities(after periods: Int) -> [[Double]] {
        precondition(periods >= 0, "\(periods) periods")
        func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
            a.map { row in
                grades.indices.map { column in
                    row.indices.reduce(0) { $0 + row[$1] * b[$1][column] }
                }
            }
        }
        var result = grades.indices.map { row in grades.indices.map { $0 == row ? 1.0 : 0 } }
        var power = probabilities
        var left = periods
        while left > 0 {
            if left % 2 == 1 { result = product(result, power) }
            left /= 2
            if left > 0 { power = product(power, power) }
        }
        return result
    }

    private func share(where isCounted: (Int, Int) -> Bool) -> Double {
        var part = 0.0
        var all = 0.0
        for from in grades.indices {
            for to in grades.indices {
                all += counts[from][to]
                if isCounted(from, to) { part += counts[from][to] }
            }
        }
        return part / all
    }

    /// The share of borrowers that keeps its grade, in `0...1`.
    public var stableShare: Double { share { $0 == $1 } }

    /// The share of borrowers that comes to a better grade.
    public var upgradedShare: Double { share { $0 > $1 } }

    /// The share of borrowers that comes to a worse grade.
    public var downgradedShare: Double { share { $0 < $1 } }

    /// Shorrocks' mobility `(k - trace) / (k - 1)` of k grades: 0 when nobody moves.
    ///
    /// A. F. Shorrocks, Econometrica 46 (1978), https://doi.org/10.2307/1911443.
    public var mobility: Double {
        let probabilities = probabilities
        let trace = grades.indices.reduce(0) { $0 + probabilities[$1][$1] }
        return (Double(grades.count) - trace) / Double(grades.count - 1)
    }
}
