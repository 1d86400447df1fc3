// SPDX-License-Identifier: Apache-2.0

/// The receiver operating characteristic: true against false positive rate.
public struct ROCPlot: Codable, Hashable, Sendable {
    /// False positive rates in increasing order, from 0 to 1.
    public var falsePositiveRates: [Double]
    /// The true positive rate at each of them.
    public var truePositiveRates: [Double]
    /// The area under the curve.
    public var areaUnderCurve: Double

    /// Holds a curve.
    /// - Precondition: both rate arrays have the same count, at least 2.
    public init(
        falsePositiveRates: [Double], truePositiveRates: [Double], areaUnderCurve: Double
    ) {
        precondition(
            falsePositiveRates.count == truePositiveRates.count && falsePositiveRates.count >= 2,
            "\(falsePositiveRates.count) false against \(truePositiveRates.count) true rates")
        self.falsePositiveRates = falsePositiveRates
        self.truePositiveRates = truePositiveRates
        self.areaUnderCurve = areaUnderCurve
    }

    /// The highest true positive rate at or below a false positive rate.
    func truePositiveRate(at limit: Double) -> Double {
        let last = falsePositiveRates.lastIndex { $0 <= limit } ?? 0
        return truePositiveRates[last]
    }
}

extension ROCPlot: Drawable {
    var script: String {
        """
        \(dataBlock("curve", zip(falsePositiveRates, truePositiveRates).map { [$0, $1] }))
        set xrange [0:1]
        set yrange [0:1]
        set xtics 0.2
        set ytics 0.2
        set xlabel 'false positive rate'
        set ylabel 'true positive rate'
        set arrow from 0,0 to 1,1 nohead linewidth 1.2 dashtype (6,5) \
        linecolor \(ThemeColor.muted.option)
        set label \(quoted("AUC " + areaUnderCurve.text(3))) at 0.96,0.07 right \
        textcolor \(ThemeColor.ink.option) font ',15'
        set style fill transparent solid 0.14 noborder
        plot $curve using 1:2 with filledcurves y1=0 fillcolor \(ThemeColor.accent.option) \
        notitle, $curve using 1:2 with lines linewidth 2.2 \
        linecolor \(ThemeColor.accent.option) notitle
        """
    }

    var table: ReportTable {
        let limits = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75]
        return ReportTable(
            columns: [.number("False positive rate"), .number("True positive rate")],
            rows: limits.map { [$0.text(2), truePositiveRate(at: $0).text(3)] })
    }
}
