// SPDX-License-Identifier: Apache-2.0

/// How a value is distributed within each of several series, over shared bins.
public struct HistogramPlot: Codable, Hashable, Sendable {
    /// The counts of one outcome.
    public struct Series: Codable, Hashable, Sendable {
        /// The outcome.
        public var name: String
        /// What it stands for.
        public var tone: SeriesTone
        /// Observations per bin, by their weights.
        public var counts: [Double]

        /// Holds counts.
        public init(_ name: String, tone: SeriesTone = .plain, _ counts: [Double]) {
            self.name = name
            self.tone = tone
            self.counts = counts
        }

        var shares: [Double] {
            let total = counts.reduce(0, +)
            return counts.map { total == 0 ? 0 : $0 / total }
        }
    }

    /// What is counted, with its unit.
    public var axisTitle: String
    /// The bins' borders in increasing order; a bin holds its lower border, the last one both.
    public var edges: [Double]
    /// The outcomes.
    public var series: [Series]

    /// Holds counts.
    ///
    /// - Precondition: there are at least two borders, and every series has one count per bin.
    public init(axisTitle: String, edges: [Double], series: [Series]) {
        precondition(
            edges.count >= 2 && series.allSatisfy { $0.counts.count == edges.count - 1 },
            "\(series.map(\.counts.count)) counts between \(edges.count) borders")
        self.axisTitle = axisTitle
        self.edges = edges
        self.series = series
    }

    /// Counts values into equal bins.
    ///
    /// - Parameters:
    ///   - axisTitle: What is counted, with its unit.
    ///   - edges: The bins' borders, increasing; values outside them are left out.
    ///   - values: The values of each outcome.
    /// - Precondition: there are at least two borders.
    public init(
        axisTitle: String, edges: [Double],
        values: [(name: String, tone: SeriesTone, values: [Double])]
    ) {
        precondition(edges.count >= 2, "a histogram needs 2 borders, not \(edges.count)")
        let series = values.map { outcome in
            var counts = [Double](repeating: 0, count: edges.count - 1)
            for value in outcome.values {
                guard value >= edges[0], value <= edges[edges.count - 1] else { continue }
                let above = edges.firstIndex { value < $0 } ?? edges.count - 1
                counts[above - 1] += 1
            }
            return Series(outcome.name, tone: outcome.tone, counts)
        }
        self.init(axisTitle: axisTitle, edges: edges, series: series)
    }
}

extension HistogramPlot: Drawable {
    var script: String {
        var blocks = ""
        var plots: [String] = []
        for (index, outcome) in series.enumerated() {
            let shares = outcome.shares
            let centres = shares.indices.map { (edges[$0] + edges[$0 + 1]) / 2 }
            let widths = shares.indices.map { edges[$0 + 1] - edges[$0] }
            let rows = shares.indices.map { [centres[$0], 100 * shares[$0], widths[$0]] }
            blocks += dataBlock("bars\(index)", rows) + "\n"
            let color = outcome.tone.color.option
            plots.append(
                "$bars\(index) using 1:2:3 with boxes linewidth 1.2 linecolor \(color) "
                    + "title \(quoted(outcome.name))")
        }
        return """
            \(blocks)set style fill transparent solid 0.32 border
            set xrange [\(edges[0]):\(edges[edges.count - 1])]
            set yrange [0:*]
            set key above left Left reverse
            set xlabel \(quoted(axisTitle))
            set ylabel 'share of each outcome (%)'
            plot \(plots.joined(separator: ", "))
            """
    }

    var table: ReportTable {
        ReportTable(
            columns: [.text(axisTitle)] + series.map { .number($0.name) },
            rows: (0..<edges.count - 1).map { bin in
                ["\(edges[bin].text(decimals)) to \(edges[bin + 1].text(decimals))"]
                    + series.map { $0.counts[bin].text(0) }
            })
    }

    private var decimals: Int { edges.allSatisfy { $0 == $0.rounded() } ? 0 : 2 }
}
