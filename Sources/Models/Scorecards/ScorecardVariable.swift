// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A variable on a scorecard: its bins, its coefficient, and the points of every bin.
public struct ScorecardVariable: Hashable, Sendable {
    /// The bins, which say where every value belongs.
    public let binning: VariableBinning
    /// The label of every bin, in the order of the bins.
    public let labels: [String]
    /// The change of the log-odds of the event per unit of weight of evidence.
    public let coefficient: Double
    /// The points of every bin, in the order of the bins.
    public let points: [Double]
    /// The points of a weight of evidence of 0, the odds of all training rows; never rounded.
    public let neutralPoints: Double
    /// The mean points of the training rows, by the counts of the bins.
    public let meanPoints: Double

    init(_ binning: VariableBinning, coefficient: Double, points: [Double], neutralPoints: Double) {
        self.binning = binning
        labels = binning.table.rows.map(\.label)
        self.coefficient = coefficient
        self.points = points
        self.neutralPoints = neutralPoints
        let (sum, count) = zip(binning.bins, points).reduce((0, 0)) { total, part in
            (total.0 + part.0.count * part.1, total.1 + part.0.count)
        }
        meanPoints = sum / count
    }

    /// The name of the variable.
    public var name: String { binning.variable }
    /// The fewest points of a bin.
    public var lowestPoints: Double { points.min() ?? 0 }
    /// The most points of a bin.
    public var highestPoints: Double { points.max() ?? 0 }
    /// How the points run over the regular bins; ``VariableBinning/trend`` has the event rate.
    public var pointsTrend: TrendShape { TrendShape(of: Array(points[binning.regularBins])) }
}
