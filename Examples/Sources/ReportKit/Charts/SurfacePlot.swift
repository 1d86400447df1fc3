// SPDX-License-Identifier: Apache-2.0

/// A function of two variables on a regular grid, drawn as a heat map in bands.
public struct SurfacePlot: Codable, Hashable, Sendable {
    /// The horizontal variable.
    public var xTitle: String
    /// The vertical variable.
    public var yTitle: String
    /// The function's name.
    public var zTitle: String
    /// The horizontal grid, increasing.
    public var x: [Double]
    /// The vertical grid, increasing.
    public var y: [Double]
    /// The values, one row per `y`, one column per `x`; `nil` where the function is not defined.
    public var z: [[Double?]]
    /// A word on the region without values; empty for none.
    public var gapLabel: String

    /// Holds values on a grid.
    ///
    /// - Parameter z: One row per `y`, one column per `x`.
    /// - Precondition: both grids have at least 2 points, and `z` has their shape.
    public init(
        xTitle: String, yTitle: String, zTitle: String, x: [Double], y: [Double], z: [[Double?]],
        gapLabel: String = ""
    ) {
        precondition(
            x.count >= 2 && y.count >= 2 && z.count == y.count
                && z.allSatisfy { $0.count == x.count },
            "\(z.count) rows of values on a grid of \(y.count) x \(x.count) points")
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.zTitle = zTitle
        self.x = x
        self.y = y
        self.z = z
        self.gapLabel = gapLabel
    }
}

extension SurfacePlot: Drawable {
    var size: (width: Int, height: Int) { (370, 310) }

    var script: String {
        let rows: [[Double?]] = y.indices.flatMap { row in
            x.indices.map { column -> [Double?] in [x[column], y[row], z[row][column]] }
        }
        return """
            \(dataBlock("grid", rows))
            set xrange [0:\(x[x.count - 1])]
            set yrange [0:\(y[y.count - 1])]
            set cbrange [0:*]
            set lmargin at screen 0.2
            set rmargin at screen 0.82
            set xtics 0.2
            set ytics 0.2
            unset grid
            unset key
            set xlabel \(quoted(xTitle))
            set ylabel \(quoted(yTitle))
            set label \(quoted(zTitle)) at graph 1.04, graph 1.06 left \
            textcolor \(ThemeColor.ink.option)
            set cbtics scale 0.3 textcolor \(ThemeColor.ink.option)
            set colorbox noborder
            set palette maxcolors 10 \
            defined (0 '#3d4f94', 0.35 '#2c8ea6', 0.7 '#86cb82', 1 '#f7df63')
            set label \(quoted(gapLabel)) at graph 0.3, graph 0.8 center \
            textcolor \(ThemeColor.muted.option)
            plot $grid using 1:2:3 with image notitle
            """
    }

    var table: ReportTable {
        func thinned(_ count: Int) -> [Int] {
            let step = max(1, count / 5)
            return Array(stride(from: count - 1, through: 0, by: -step).reversed())
        }
        let columns = thinned(x.count)
        return ReportTable(
            caption: "\(zTitle) by \(yTitle) (rows) and \(xTitle) (columns)",
            columns: [.text(yTitle)] + columns.map { .number(x[$0].text(2)) },
            rows: thinned(y.count).map { row in
                [y[row].text(2)] + columns.map { z[row][$0].map { $0.text(3) } ?? "" }
            })
    }
}
