// SPDX-License-Identifier: Apache-2.0

/// Boxes in groups: one group per category, one box per series in it.
public struct BoxPlot: Codable, Hashable, Sendable {
    /// One box of every group.
    public struct Series: Codable, Hashable, Sendable {
        /// What sets these boxes apart.
        public var name: String
        /// What they stand for.
        public var tone: SeriesTone
        /// A box per group; `nil` where the group is empty.
        public var boxes: [BoxSummary?]

        /// Names boxes.
        public init(_ name: String, _ tone: SeriesTone, _ boxes: [BoxSummary?]) {
            self.name = name
            self.tone = tone
            self.boxes = boxes
        }
    }

    /// What the groups are.
    public var groupTitle: String
    /// What is measured, with its unit.
    public var axisTitle: String
    /// The groups' names.
    public var groups: [String]
    /// The series, in the order in which they stand in a group.
    public var series: [Series]

    /// Arranges boxes in groups.
    /// - Precondition: every series has one box per group.
    public init(groupTitle: String, axisTitle: String, groups: [String], series: [Series]) {
        for one in series {
            precondition(
                one.boxes.count == groups.count,
                "\(one.name): \(one.boxes.count) boxes for \(groups.count) groups")
        }
        self.groupTitle = groupTitle
        self.axisTitle = axisTitle
        self.groups = groups
        self.series = series
    }
}

extension BoxPlot: Drawable {
    var size: (width: Int, height: Int) { (500, 380) }

    var script: String {
        let slot = 0.8 / Double(max(series.count, 1))
        var blocks = ""
        var boxes: [String] = []
        var medians: [String] = []
        var points: [String] = []
        for (index, one) in series.enumerated() {
            let offset = (Double(index) - Double(series.count - 1) / 2) * slot
            let drawn = one.boxes.enumerated().compactMap { group, box in
                box.map { (x: Double(group) + offset, box: $0) }
            }
            let color = "linecolor \(one.tone.color.option)"
            blocks +=
                dataBlock(
                    "boxes\(index)",
                    drawn.map {
                        [
                            $0.x, $0.box.lowerQuartile, $0.box.lowerWhisker, $0.box.upperWhisker,
                            $0.box.upperQuartile, $0.box.median,
                        ]
                    }) + "\n"
            boxes.append(
                "$boxes\(index) using 1:2:3:4:5 with candlesticks linewidth 1.2 \(color) "
                    + "title \(quoted(one.name)) whiskerbars 0.5")
            medians.append(
                "$boxes\(index) using 1:6:6:6:6 with candlesticks linewidth 2.6 \(color) notitle")
            let outliers = drawn.flatMap { item in item.box.outliers.map { [item.x, $0] } }
            if !outliers.isEmpty {
                blocks += dataBlock("beyond\(index)", outliers) + "\n"
                points.append(
                    "$beyond\(index) using 1:2 with points pointtype 6 pointsize 0.4 \(color) "
                        + "notitle")
            }
        }
        let tics = groups.enumerated().map { "\(quoted($1)) \($0)" }.joined(separator: ", ")
        return """
            \(blocks)set style fill transparent solid 0.28 border
            set boxwidth \(slot * 0.8) absolute
            set xrange [-0.6:\(Double(groups.count) - 0.4)]
            set lmargin 10
            set yrange [0:\(largest * 1.06)]
            unset grid
            set grid ytics linetype 1 linewidth 0.6 linecolor \(ThemeColor.grid.option)
            set xtics scale 0 (\(tics))
            set ytics (\(ticks))
            set key above left Left reverse
            set xlabel \(quoted(groupTitle))
            set ylabel \(quoted(axisTitle))
            plot \((boxes + medians + points).joined(separator: ", "))
            """
    }

    private var largest: Double {
        series.flatMap(\.boxes).compactMap { $0 }
            .map { max($0.upperWhisker, $0.outliers.last ?? 0) }.max() ?? 1
    }

    /// Round values up to the largest one, with commas between thousands.
    private var ticks: String {
        var step = 1.0
        for factor in [2, 2.5, 2].cycled(30) where largest / step > 6 { step *= factor }
        return stride(from: 0, through: largest * 1.06, by: step)
            .map { "\(quoted($0.text(0))) \($0)" }.joined(separator: ", ")
    }

    var table: ReportTable {
        var rows: [[String]] = []
        for (group, name) in groups.enumerated() {
            for one in series {
                guard let box = one.boxes[group] else { continue }
                rows.append(
                    [name, one.name, box.count.text]
                        + [
                            box.lowerWhisker, box.lowerQuartile, box.median, box.upperQuartile,
                            box.upperWhisker,
                        ].map { $0.text(0) } + [box.outliers.count.text])
            }
        }
        return ReportTable(
            columns: [
                .text(groupTitle), .text(""), .number("n"), .number("Whisker"), .number("Q1"),
                .number("Median"), .number("Q3"), .number("Whisker"), .number("Beyond"),
            ], rows: rows)
    }
}

extension [Double] {
    fileprivate func cycled(_ count: Int) -> [Double] { (0..<count).map { self[$0 % self.count] } }
}
