// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Testing
import _CreditTestSupport

@Suite("ME15: validation report") struct ValidationReportTests {
    static func report(_ change: (inout ValidationReport.Options) -> Void = { _ in }) throws
        -> ValidationReport
    {
        var generator = TestGenerator(seed: 11)
        let p = (0..<200).map { _ in Double.random(in: 0.02..<0.9, using: &generator) }
        let labels = p.map { Double.random(in: 0..<1, using: &generator) < $0 }
        let groups = p.indices.map { $0 % 3 == 0 ? "a|b" : "c" }
        var options = ValidationReport.Options()
        options.bootstrap = Bootstrap(replicates: 6, seed: 4)
        options.costs = try CostMatrix(falsePositive: 1, falseNegative: 5)
        change(&options)
        return try ValidationReport(
            labels: labels, probabilities: p, reference: p.map { $0 * 0.9 }, groups: groups,
            options: options)
    }

    @Test func everythingIsThere() throws {
        let report = try Self.report()
        #expect(report.rowCount == 200)
        #expect(report.estimates.map(\.id) == Measure.all.map(\.id))
        for estimate in report.estimates {
            let interval = try #require(estimate.interval, "\(estimate.id)")
            #expect(interval.lower <= interval.upper)
            #expect(interval.level == 0.95)
        }
        let area = try #require(report["roc_auc"])
        #expect(try #require(area.interval).contains(area.value))
        #expect(report.roc.count <= 200 && report.precisionRecall.count <= 200)
        #expect(report.gains.buckets.last?.cumulativePositives == 1)
        expectClose(
            report.distribution.reduce(0) { $0 + $1.positives + $1.negatives }, 2, absolute: 1e-12)
        let brier = report.calibration.brier
        let parts = report.calibration.reliability.bins.map {
            $0.weight * ($0.meanProbability - $0.observedRate)
                * ($0.meanProbability - $0.observedRate)
        }
        expectClose(brier.reliability, parts.reduce(0, +) / 200, absolute: 1e-15)
        #expect(brier.resolution < brier.uncertainty)
        #expect(report.decision.threshold == 1.0 / 6)
        #expect(report.decision.meanCost != nil)
        #expect(report.kolmogorovSmirnov.statistic == report["ks"]?.value)
        #expect(report.calibration.line != nil && report.calibration.hosmerLemeshow != nil)
        #expect(report.stability?.value ?? 0 > 0)
        #expect(report.fairness?.groups.map(\.name) == ["a|b", "c"])
        #expect(report.notes.isEmpty)
    }

    @Test func codableAndRepeatable() throws {
        let report = try Self.report()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(report)
        #expect(try JSONDecoder().decode(ValidationReport.self, from: data) == report)
        #expect(try encoder.encode(Self.report()) == data)
        #expect(try Self.report { $0.bootstrap = Bootstrap(replicates: 6, seed: 5) } != report)
    }

    @Test func markdown() throws {
        let text = try Self.report().markdown(title: "German credit")
        #expect(text.hasPrefix("# German credit\n\n200 rows of weight 200"))
        for part in [
            "## Measures", "| Area under the ROC curve | 0.", "## Calibration",
            "| Slope (standard error) |", "## Gains", "## Decisions", "Positive from 0.1667 on",
            "## Stability", "## Groups", "four-fifths rule", "| a/b |",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains("## Not computed"))
    }

    /// Probabilities that separate the classes have no calibration line; the rest stands.
    @Test func whatIsNotDefinedIsSaid() throws {
        let report = try ValidationReport(
            labels: [true, true, false, false], probabilities: [1, 0.9, 0, 0])
        #expect(report["roc_auc"]?.value == 1)
        #expect(report.calibration.line == nil)
        #expect(report.notes.contains { $0.contains("calibration line") })
        #expect(report["partial_gini"] == nil)
        #expect(report.markdown().contains("## Not computed"))
        #expect(try JSONEncoder().encode(report).count > 100)
    }

    @Test func badInput() {
        expectError(.oneClass, "all rows are negative") { () throws(MetricsError) in
            try ValidationReport(labels: [false, false], probabilities: [0, 1])
        }
        expectError(.invalidProbability, position: 0, "2.0") { () throws(MetricsError) in
            try ValidationReport(labels: [true, false], probabilities: [2, 1])
        }
        var options = ValidationReport.Options()
        options.level = 1
        expectError(.invalidParameter, "level 1.0") { [options] () throws(MetricsError) in
            try ValidationReport(
                labels: [true, false], probabilities: [1, 0], options: options)
        }
        options.level = 0.9
        options.chartPointCount = 1
        expectError(.invalidParameter, "1 points") { [options] () throws(MetricsError) in
            try ValidationReport(
                labels: [true, false], probabilities: [1, 0], options: options)
        }
    }
}
