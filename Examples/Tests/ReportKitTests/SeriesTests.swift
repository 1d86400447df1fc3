// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReportKit
import Testing

@Suite struct SeriesTests {
    @Test func `A bin holds its lower border and the last one both`() {
        let plot = HistogramPlot(
            axisTitle: "score", edges: [0, 1, 2],
            values: [("all", .plain, [-0.1, 0, 0.99, 1, 2, 2.1])])
        #expect(plot.series[0].counts == [2, 2])
    }

    @Test func `Calibration bins have equal counts in order of prediction`() {
        let probabilities = (0..<25).map { Double($0) / 25 }.reversed()
        let labels = probabilities.map { $0 > 0.5 }
        let plot = CalibrationPlot(
            probabilities: Array(probabilities), labels: labels, binCount: 5)
        #expect(plot.bins.map(\.count) == [5, 5, 5, 5, 5])
        #expect(plot.bins.map(\.events) == [0, 0, 2, 5, 5])
        #expect(abs(plot.bins[0].predicted - 0.08) < 1e-15)
        #expect(CalibrationPlot(probabilities: [0.5], labels: [true]).bins.count == 1)
    }

    @Test func `Wilson's interval agrees with its closed form`() {
        // 1 of 10, from the formula in exact decimal arithmetic.
        let labels = [true] + [Bool](repeating: false, count: 9)
        let bin = CalibrationPlot(
            probabilities: [Double](repeating: 0.1, count: 10), labels: labels, binCount: 1
        ).bins[0]
        #expect(abs(bin.interval.lowerBound - 0.017876213095073) < 1e-12)
        #expect(abs(bin.interval.upperBound - 0.404150026795238) < 1e-12)
    }

    @Test func `The ROC table reads the highest rate that a limit allows`() {
        let plot = ROCPlot(
            falsePositiveRates: [0, 0.05, 0.3, 1], truePositiveRates: [0, 0.4, 0.8, 1],
            areaUnderCurve: 0.8)
        let rows = Plot.roc(plot).table.rows
        #expect(rows[0] == ["0.01", "0.000"])
        #expect(rows[1] == ["0.05", "0.400"])
        #expect(rows[3] == ["0.20", "0.400"])
    }

    @Test func `Series survive encoding`() throws {
        let surface = SurfacePlot(
            xTitle: "x", yTitle: "y", zTitle: "z", x: [0, 1], y: [0, 1], z: [[0, 1], [nil, 0]])
        let plots: [Plot] = [
            .surface(surface), .boxes(Samples.boxes), .roc(Samples.roc),
            .calibration(CalibrationPlot(probabilities: [0.1, 0.9], labels: [false, true])),
        ]
        let decoded = try JSONDecoder().decode([Plot].self, from: JSONEncoder().encode(plots))
        #expect(decoded == plots)
    }

    @Test(arguments: [
        (1520.0, 0, "1,520"), (1_234_567.891, 2, "1,234,567.89"), (-0.5, 1, "\u{2212}0.5"),
        (-0.001, 2, "0.00"), (999.9, 0, "1,000"), (0.125, 3, "0.125"), (.nan, 1, "n/a"),
    ])
    func `Numbers read the same in every locale`(value: Double, digits: Int, text: String) {
        #expect(value.text(digits) == text)
    }
}

enum Samples {
    static let boxes = BoxPlot(
        groupTitle: "age", axisTitle: "amount", groups: ["20-30", "30-40"],
        series: [
            BoxPlot.Series("good", .good, [BoxSummary([1, 2, 3, 20]), nil]),
            BoxPlot.Series("bad", .bad, [BoxSummary([2, 3, 4]), BoxSummary([5])]),
        ])
    static let roc = ROCPlot(
        falsePositiveRates: [0, 0.5, 1], truePositiveRates: [0, 0.75, 1], areaUnderCurve: 0.625)
    static let histogram = HistogramPlot(
        axisTitle: "score", edges: [0, 1, 2],
        values: [("repaid", .good, [0.5, 1.5]), ("defaulted", .bad, [0.5])])
    static let calibration = CalibrationPlot(
        probabilities: [0.1, 0.2, 0.6, 0.9], labels: [false, false, true, true], binCount: 2)
    static let surface = SurfacePlot(
        xTitle: "chi, exponent", yTitle: "tau, exponent", zTitle: "xi", x: [0.2, 0.6, 1],
        y: [0.2, 0.6, 1],
        z: [[nil, 0.4, 0.8], [nil, nil, 0.4], [nil, nil, nil]], gapLabel: "none")

    static let charts = [
        Chart("ROC", .roc(roc)), Chart("Scores", .histogram(histogram)),
        Chart("Calibration", .calibration(calibration)), Chart("Boxes", .boxes(boxes)),
        Chart("Surface", .surface(surface)),
    ]
}
