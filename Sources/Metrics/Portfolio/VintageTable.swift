// SPDX-License-Identifier: Apache-2.0

/// Cumulative default rates by month on book, for each cohort of loans.
public struct VintageTable: Hashable, Codable, Sendable {
    /// The loans that were granted together.
    public struct Vintage: Hashable, Codable, Sendable {
        /// The name of the cohort, such as "2024-Q1".
        public let name: String
        /// The weight of the loans.
        public let weight: Double
        /// The share that defaulted within the first month, the first two and so on, as far as
        /// every loan of the cohort has been observed or has defaulted.
        public let cumulativeRates: [Double]

        /// The share of the loans alive at the start of each month that defaults
        /// in it; nil where none is left.
        public var hazards: [Double?] {
            var last = 0.0
            return cumulativeRates.map { rate in
                defer { last = rate }
                return last < 1 ? (rate - last) / (1 - last) : nil
            }
        }
    }

    /// The cohorts, in the order in which they first appear.
    public let vintages: [Vintage]

    /// Builds the curves.
    ///
    /// - Parameters:
    ///   - cohorts: The cohort of each loan.
    ///   - monthsObserved: For how many whole months each loan has been on book, at least 0.
    ///   - defaultMonths: The month on book in which each loan defaulted, from 1 to the months
    ///     observed; nil where it has not.
    ///   - weights: The weight of each loan, such as the amount; nil weighs each 1.
    /// - Throws: ``MetricsError`` for different lengths, no loans, invalid weights, and of code
    ///   `invalidParameter` for months that cannot be.
    /// - Complexity: O(loans + cohorts x months).
    public init(
        cohorts: [String], monthsObserved: [Int], defaultMonths: [Int?], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.sameCount("cohorts", cohorts.count, "months", monthsObserved.count)
        try Validation.sameCount("cohorts", cohorts.count, "default months", defaultMonths.count)
        try Validation.counts(
            labels: cohorts.count, "months", monthsObserved.count, weights: weights)
        try Validation.weights(weights)
        var index: [String: Int] = [:]
        var rows: [(name: String, loans: [Int])] = []
        for loan in cohorts.indices {
            let months = monthsObserved[loan]
            guard (0...12_000).contains(months),
                (1...max(months, 1)).contains(defaultMonths[loan] ?? 1),
                months > 0 || defaultMonths[loan] == nil
            else {
                let month = defaultMonths[loan].map { "\($0)" } ?? "no month"
                throw MetricsError(
                    .invalidParameter,
                    "loan \(loan) is observed for \(months) months and defaults in \(month)",
                    position: loan)
            }
            if weights?[loan] == 0 { continue }
            if let cohort = index[cohorts[loan]] {
                rows[cohort].loans.append(loan)
            } else {
                index[cohorts[loan]] = rows.count
                rows.append((cohorts[loan], [loan]))
            }
        }
        vintages = rows.map { name, loans in
            // The curve ends where the first loan that is still alive was last seen.
            let alive = loans.filter { defaultMonths[$0] == nil }.map { monthsObserved[$0] }
            let months = alive.min() ?? loans.map { monthsObserved[$0] }.max() ?? 0
            var defaulted = [Double](repeating: 0, count: months)
            var total = CompensatedSum()
            for loan in loans {
                let weight = weights?[loan] ?? 1
                total += weight
                if let month = defaultMonths[loan], month <= months {
                    defaulted[month - 1] += weight
                }
            }
            var sum = 0.0
            return Vintage(
                name: name, weight: total.value,
                cumulativeRates: defaulted.map {
                    sum += $0
                    return min(sum / total.value, 1)
                })
        }
    }
}
