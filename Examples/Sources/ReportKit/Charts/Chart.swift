// SPDX-License-Identifier: Apache-2.0

/// A plot with its title and caption.
public struct Chart: Codable, Hashable, Sendable {
    /// The line over the plot.
    public var title: String
    /// What to see in it.
    public var caption: String
    /// The series to draw.
    public var plot: Plot

    /// Captions a plot.
    public init(_ title: String, caption: String = "", _ plot: Plot) {
        self.title = title
        self.caption = caption
        self.plot = plot
    }
}

/// The kinds of plots, each with its series.
public enum Plot: Codable, Hashable, Sendable {
    /// True against false positive rate.
    case roc(ROCPlot)
    /// Frequencies of a value by outcome.
    case histogram(HistogramPlot)
    /// Observed against predicted frequency.
    case calibration(CalibrationPlot)
    /// Distributions side by side.
    case boxes(BoxPlot)
    /// A function of two variables.
    case surface(SurfacePlot)
    /// Functions of one variable.
    case lines(LinePlot)

    var drawable: any Drawable {
        switch self {
        case .roc(let plot): plot
        case .histogram(let plot): plot
        case .calibration(let plot): plot
        case .boxes(let plot): plot
        case .surface(let plot): plot
        case .lines(let plot): plot
        }
    }

    /// The numbers behind the plot, as they stand in the report where it cannot be drawn.
    public var table: ReportTable { drawable.table }
}

/// What a plot offers to the page: a gnuplot script and the same numbers as a table.
protocol Drawable {
    /// The commands that draw it, after the shared preamble.
    var script: String { get }
    /// The drawing's size in points.
    var size: (width: Int, height: Int) { get }
    /// The numbers behind it.
    var table: ReportTable { get }
}

extension Drawable {
    var size: (width: Int, height: Int) { (370, 320) }
}

/// Whether a series stands for good outcomes, bad ones, or neither.
public enum SeriesTone: String, Codable, Hashable, Sendable {
    /// Loans that were repaid.
    case good
    /// Loans that were not.
    case bad
    /// Any other series.
    case plain

    var color: ThemeColor {
        switch self {
        case .good: .good
        case .bad: .bad
        case .plain: .accent
        }
    }
}
