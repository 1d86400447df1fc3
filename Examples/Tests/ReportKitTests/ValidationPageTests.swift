// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import ReportKit
import Testing

@Suite struct ValidationPageTests {
    private static let labels = (0..<120).map { ($0 * 7919) % 100 < $0 }
    private static let probabilities = (0..<120).map { (Double($0) + 0.5) / 130 }

    static func validation(weights: [Double]? = nil) throws -> ValidationReport {
        var options = ValidationReport.Options()
        options.bootstrap = Bootstrap(replicates: 5, seed: 1)
        options.costs = try CostMatrix(falsePositive: 1, falseNegative: 4)
        return try ValidationReport(
            labels: labels, probabilities: probabilities, weights: weights,
            reference: probabilities.map { $0 * $0 },
            groups: (0..<120).map { $0.isMultiple(of: 3) ? "<north>" : "south" }, options: options)
    }

    private func charts(_ report: Report) -> [String: Plot] {
        let all = report.sections.flatMap(\.blocks).flatMap { block -> [Chart] in
            if case .charts(let charts) = block { charts } else { [] }
        }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.title, $0.plot) })
    }

    private func tables(_ report: Report) -> [String: ReportTable] {
        let all = report.sections.flatMap(\.blocks).flatMap { block -> [ReportTable] in
            if case .tables(let tables) = block { tables } else { [] }
        }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.caption, $0) })
    }

    @Test func `ME15: the page has every measure, every section and seven pictures`() throws {
        let validation = try Self.validation()
        let report = Report(validation, title: "Card <A>", footer: ["Model 1234."])
        #expect(
            report.sections.map(\.title) == [
                "Does it rank?", "Are the probabilities right?", "What do decisions cost?",
                "Has something moved?", "Upon whom do decisions fall?",
            ])
        #expect(charts(report).count == 7)
        let tables = tables(report)
        let measures = tables.values.filter { $0.caption.hasPrefix("Measures") }.flatMap(\.rows)
        #expect(
            Set(measures.map { $0[0] }) == Set(validation.estimates.map(\.title)),
            "every measure stands once")
        #expect(measures.count == validation.estimates.count)
        #expect(measures.allSatisfy { $0[2].contains(" to ") })
        let decisions = try #require(tables["Decisions"]).rows
        let counts = decisions.flatMap { $0.dropFirst() }.compactMap(Double.init)
        #expect(counts.reduce(0, +) == 120)
        #expect(counts[3] == validation.decision.matrix.truePositives)

        let html = report.html(drawing: Gnuplot.find())
        #expect(html.contains("Card &lt;A&gt;") && html.contains("&lt;north&gt;"))
        #expect(!html.contains("<north>"))
        #expect(html.contains("Model 1234."))
        if Gnuplot.find() != nil {
            #expect(html.components(separatedBy: "<svg role=").count - 1 == 7)
            #expect(!html.contains("class=\"warning\""))
        }
        #expect(report.markdown.contains("## Does it rank?"))
    }

    @Test func `Pictures show the numbers of the report`() throws {
        let validation = try Self.validation()
        let charts = charts(Report(validation))
        guard case .roc(let roc) = charts["ROC curve"],
            case .lines(let distance) = charts["Kolmogorov-Smirnov"],
            case .lines(let gains) = charts["Gains"],
            case .calibration(let calibration) = charts["Calibration"],
            case .histogram(let outcomes) = charts["Probability by outcome"],
            case .lines(let costs) = charts["Cost of decisions"]
        else {
            Issue.record("charts \(charts.keys.sorted())")
            return
        }
        #expect(roc.areaUnderCurve == validation["roc_auc"]?.value)
        let gap = try #require(distance.gap)
        #expect(abs(abs(gap.to - gap.from) - (validation["ks"]?.value ?? 0)) < 1e-15)
        #expect(distance.x.first == 0 && distance.x.last == 1)
        #expect(zip(distance.x, distance.x.dropFirst()).allSatisfy(<))
        // At the bar's place the lines are the shares of each outcome with a lower probability.
        let place = try #require(distance.x.firstIndex(of: gap.x))
        for (series, outcome) in zip(distance.series, [false, true]) {
            let rows = zip(Self.labels, Self.probabilities).filter { $0.0 == outcome }
            let below = Double(rows.count { $0.1 < gap.x }) / Double(rows.count)
            #expect(abs(try #require(series.values[place]) - below) < 1e-12)
        }
        #expect(gains.x.first == 0 && gains.x.last == 1)
        #expect(gains.series[0].values.last == 1)
        #expect(calibration.bins.reduce(0) { $0 + $1.count } == 120)
        let defaults = Double(Self.labels.count { $0 })
        #expect(abs(calibration.bins.reduce(0) { $0 + $1.events } - defaults) < 1e-9)
        #expect(abs(outcomes.series[1].counts.reduce(0, +) - defaults) < 1e-9)
        #expect(costs.series[0].values.count == 50)
    }

    @Test func `Weights count as loans`() throws {
        let once = charts(Report(try Self.validation()))
        let twice = charts(Report(try Self.validation(weights: .init(repeating: 2, count: 120))))
        guard case .calibration(let a) = once["Calibration"],
            case .calibration(let b) = twice["Calibration"]
        else {
            Issue.record("no calibration charts")
            return
        }
        #expect(b.bins.map(\.count) == a.bins.map { 2 * $0.count })
        func width(_ bin: CalibrationPlot.Bin) -> Double {
            bin.interval.upperBound - bin.interval.lowerBound
        }
        #expect(zip(a.bins, b.bins).allSatisfy { width($1) < width($0) })
    }

    @Test func `One probability for all, or perfect ones, still make a page`() throws {
        for probabilities in [[0.5, 0.5, 0.5], [0, 0, 0], [1, 1, 1], [1, 0, 0]] {
            let validation = try ValidationReport(
                labels: [true, false, false], probabilities: probabilities)
            let report = Report(validation)
            #expect(report.sections.last?.title == "Not computed")
            #expect(charts(report).count == 7)
            let html = report.html(drawing: Gnuplot.find())
            #expect(html.contains("Calibration"))
            if Gnuplot.find() != nil {
                #expect(!html.contains("class=\"warning\""), "\(probabilities)")
            }
        }
    }
}
