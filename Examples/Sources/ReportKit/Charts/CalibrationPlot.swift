// SPDX-License-Identifier: Apache-2.0

/// A reliability diagram: the share of defaults observed where a probability was predicted.
public struct CalibrationPlot: Codable, Hashable, Sendable {
    /// Loans with similar predictions.
    public struct Bin: Codable, Hashable, Sendable {
        /// The mean predicted probability.
        public var predicted: Double
        /// How many loans defaulted, by their weights.
        public var events: Double
        /// How many loans there are, by their weights.
        public var count: Double

        /// Holds a bin.
        public init(predicted: Double, events: Double, count: Double) {
            self.predicted = predicted
            self.events = events
            self.count = count
        }

        /// The share of loans that defaulted.
        public var observed: Double { events / count }

        /// Wilson's 95 % interval of the observed share.
        ///
        /// Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
        public var interval: ClosedRange<Double> {
            let z = 1.959963984540054
            let n = count
            let centre = (observed + z * z / (2 * n)) / (1 + z * z / n)
            let half =
                z / (1 + z * z / n)
                * (observed * (1 - observed) / n + z * z / (4 * n * n)).squareRoot()
            return max(0, centre - half)...min(1, centre + half)
        }
    }

    /// The bins in order of prediction.
    public var bins: [Bin]

    /// Holds bins in order of prediction.
    public init(bins: [Bin]) {
        self.bins = bins
    }

    /// Sorts loans by prediction and cuts them into bins of equal count.
    ///
    /// - Parameters:
    ///   - probabilities: Predicted probabilities of default.
    ///   - labels: Whether each loan defaulted.
    ///   - binCount: How many bins; fewer where there are fewer loans.
    /// - Precondition: `probabilities` and `labels` have the same count, and `binCount` > 0.
    public init(probabilities: [Double], labels: [Bool], binCount: Int = 10) {
        precondition(
            probabilities.count == labels.count && binCount > 0,
            "\(probabilities.count) probabilities, \(labels.count) labels, \(binCount) bins")
        let order = probabilities.indices.sorted {
            (probabilities[$0], $0) < (probabilities[$1], $1)
        }
        let used = min(binCount, order.count)
        bins = (0..<used).map { bin in
            let members = order[bin * order.count / used..<(bin + 1) * order.count / used]
            let total = members.reduce(0) { $0 + probabilities[$1] }
            return Bin(
                predicted: total / Double(members.count),
                events: Double(members.count { labels[$0] }), count: Double(members.count))
        }
    }
}

extension CalibrationPlot: Drawable {
    var script: String {
        let rows = bins.map {
            [$0.predicted, $0.observed, $0.interval.lowerBound, $0.interval.upperBound]
        }
        return """
            \(dataBlock("bins", rows))
            set xrange [0:1]
            set yrange [0:1]
            set xtics 0.2
            set ytics 0.2
            set xlabel 'predicted probability of default'
            set ylabel 'observed share of defaults'
            set arrow from 0,0 to 1,1 nohead linewidth 1.2 dashtype (6,5) \
            linecolor \(ThemeColor.muted.option)
            plot $bins using 1:2:3:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 \
            linecolor \(ThemeColor.accent.option) notitle, $bins using 1:2 with linespoints \
            pointtype 7 pointsize 0.7 linewidth 1.8 linecolor \(ThemeColor.accent.option) notitle
            """
    }

    var table: ReportTable {
        ReportTable(
            columns: [
                .number("Predicted"), .number("Observed"), .number("95 % interval"),
                .number("Loans"),
            ],
            rows: bins.map { bin in
                [
                    bin.predicted.text(3), bin.observed.text(3),
                    bin.interval.lowerBound.text(2) + " to " + bin.interval.upperBound.text(2),
                    bin.count.text(0),
                ]
            })
    }
}
