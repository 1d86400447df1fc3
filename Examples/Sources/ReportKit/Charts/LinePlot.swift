// SPDX-License-Identifier: Apache-2.0

/// Several functions of one variable as lines.
public struct LinePlot: Codable, Hashable, Sendable {
    /// One line.
    public struct Series: Codable, Hashable, Sendable {
        /// Its name in the key.
        public var name: String
        /// What it stands for.
        public var tone: SeriesTone
        /// The function's values, one per ``LinePlot/x``; `nil` where it is not defined.
        public var values: [Double?]

        /// Holds a line.
        public init(_ name: String, tone: SeriesTone = .plain, _ values: [Double?]) {
            self.name = name
            self.tone = tone
            self.values = values
        }
    }

    /// A distance between two lines that is worth seeing.
    public struct Gap: Codable, Hashable, Sendable {
        /// Where it is.
        public var x: Double
        /// Its lower end.
        public var from: Double
        /// Its upper end.
        public var to: Double
        /// What stands beside it.
        public var label: String

        /// Holds a distance.
        public init(x: Double, from: Double, to: Double, label: String) {
            self.x = x
            self.from = from
            self.to = to
            self.label = label
        }
    }

    /// The variable.
    public var xTitle: String
    /// The functions' common name.
    public var yTitle: String
    /// Where the functions were evaluated, increasing.
    public var x: [Double]
    /// The lines.
    public var series: [Series]
    /// The distance to show, if any.
    public var gap: Gap?

    /// Holds lines.
    ///
    /// - Precondition: there are at least 2 points, and every line has a value for each.
    public init(xTitle: String, yTitle: String, x: [Double], series: [Series], gap: Gap? = nil) {
        precondition(
            x.count >= 2 && series.allSatisfy { $0.values.count == x.count },
            "\(series.map(\.values.count)) values of lines at \(x.count) points")
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.x = x
        self.series = series
        self.gap = gap
    }
}

extension LinePlot: Drawable {
    var script: String {
        let blocks = series.indices.map { index in
            dataBlock("line\(index)", zip(x, series[index].values).map { [$0, $1] })
        }
        let plots = series.indices.map { index in
            "$line\(index) using 1:2 with lines linewidth 2 dashtype \(index % 4 + 1) "
                + "linecolor \(series[index].tone.color.option) "
                + "title \(quoted(series[index].name))"
        }
        return """
            \(blocks.joined(separator: "\n"))
            set xrange [\(x[0]):\(x[x.count - 1])]
            set yrange [0:*]
            set key above left Left reverse
            set xlabel \(quoted(xTitle))
            set ylabel \(quoted(yTitle))
            \(gapScript)
            plot \(plots.joined(separator: ", "))
            """
    }

    private var gapScript: String {
        guard let gap, [gap.x, gap.from, gap.to].allSatisfy(\.isFinite) else { return "" }
        // The label stands on the side with room.
        let isLeft = gap.x > (x[0] + x[x.count - 1]) / 2
        return """
            set arrow from \(gap.x),\(gap.from) to \(gap.x),\(gap.to) nohead linewidth 2 \
            linecolor \(ThemeColor.ink.option)
            set label \(quoted(gap.label)) at \(gap.x),\((gap.from + gap.to) / 2) \
            \(isLeft ? "right offset -1,0" : "left offset 1,0") textcolor \(ThemeColor.ink.option)
            """
    }

    var table: ReportTable {
        let step = max(1, x.count / 10)
        return ReportTable(
            columns: [.number(xTitle)] + series.map { .number($0.name) },
            rows: stride(from: 0, to: x.count, by: step).map { row in
                [x[row].text(2)] + series.map { $0.values[row].map { $0.text(4) } ?? "" }
            })
    }
}
