// SPDX-License-Identifier: Apache-2.0

/// The bins of one variable as a table of counts and divergences.
public struct BinningTable: Sendable, Hashable, Codable {
    /// One bin, or the totals.
    public struct Row: Sendable, Hashable, Codable {
        /// The bin, such as `[59.5, 63.5)`, `A48, A41`, `-9` or `Missing`; `Totals` for the totals.
        public let label: String
        /// The weight of the rows.
        public let count: Double
        /// The share of all rows.
        public let share: Double
        /// The weight of the rows without the event.
        public let nonEvents: Double
        /// The weight of the rows with the event.
        public let events: Double
        /// Events per row; 0 without rows.
        public let eventRate: Double
        /// `ln(share of non-events / share of events)`; 0 for the totals.
        public let weightOfEvidence: Double
        /// The bin's term of the information value: the difference of its shares of non-events and
        /// events times its weight of evidence.
        public let informationValue: Double
        /// The bin's term of the Jensen-Shannon divergence, in nats.
        public let jensenShannon: Double
    }

    /// The name of the variable.
    public let variable: String
    /// One row per bin in the order of ``VariableBinning/bins``.
    public let rows: [Row]
    /// The sums over all bins.
    public let totals: Row
    /// Half the sum of squared differences of the roots of both shares, in `0...1`.
    public let hellinger: Double
    /// The triangular discrimination, in `0...2`.
    public let triangular: Double
    /// The Gini coefficient `2 AUC - 1` of the event rates of the bins, in `0...1`.
    public let gini: Double
    /// The largest difference of the cumulated shares over the bins in their order, in `0...1`.
    public let kolmogorovSmirnov: Double
    /// The p-value of the z test of equal event rates of each regular bin and the next.
    public let pValues: [Double]

    /// The information value of all bins.
    public var informationValue: Double { totals.informationValue }
    /// The Jensen-Shannon divergence of all bins, in `0...ln 2`.
    public var jensenShannon: Double { totals.jensenShannon }
}

extension BinningTable: CustomStringConvertible {
    /// The table as text, one line per bin and one for the totals.
    public var description: String {
        let header = [
            "Bin", "Count", "Share", "Non-event", "Event", "Event rate", "WoE", "IV", "JS",
        ]
        let body = (rows + [totals]).map { row in
            [
                row.label, row.count.shortText, row.share.fixed(4), row.nonEvents.shortText,
                row.events.shortText, row.eventRate.fixed(4),
                row == totals ? "" : row.weightOfEvidence.fixed(4),
                row.informationValue.fixed(4), row.jensenShannon.fixed(4),
            ]
        }
        let cells = [header] + body
        let widths = header.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { line in
            line.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - line[column].count)
                return column == 0 ? line[column] + padding : padding + line[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

extension Double {
    /// The number with a fixed number of decimals, below 10^15.
    fileprivate func fixed(_ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        let scaled = (magnitude * scale).rounded()
        guard scaled < 1e15 else { return description }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (self < 0 && scaled > 0 ? "-" : "") + padded.dropLast(decimals) + "."
            + padded.suffix(decimals)
    }
}
