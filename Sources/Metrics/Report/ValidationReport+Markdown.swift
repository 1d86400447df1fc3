// SPDX-License-Identifier: Apache-2.0

extension ValidationReport {
    /// The report as Markdown: tables of everything but the series of the charts.
    ///
    /// - Parameter title: The heading.
    /// - Complexity: O(tables).
    public func markdown(title: String = "Validation report") -> String {
        var lines = ["# \(title)", ""]
        lines.append(
            "\(rowCount) rows of weight \(weight.text(decimals: 0)), of which \(Self.share(positiveRate)) positive. Intervals hold with a confidence of \(Self.share(level))."
        )
        lines += ["", "## Measures", ""]
        lines += Self.table(
            ["Measure", "Value", "Interval"],
            estimates.map { [$0.title, $0.value.text(decimals: 4), Self.text($0.interval)] })
        lines += ["", "## Calibration", ""]
        lines += Self.table(["Quantity", "Value"], calibrationRows)
        lines += [""]
        lines += Self.table(
            ["Probabilities", "Rows", "Mean probability", "Observed rate"],
            calibration.reliability.bins.map {
                [
                    "\($0.lowerBound.text(decimals: 4)) to \($0.upperBound.text(decimals: 4))",
                    "\($0.rowCount)", $0.meanProbability.text(decimals: 4),
                    $0.observedRate.text(decimals: 4),
                ]
            })
        lines += ["", "## Gains", ""]
        lines += Self.table(
            ["Scores", "Rows", "Rate", "Lift", "Positives found", "KS"],
            gains.buckets.map {
                [
                    "\($0.highestScore.text(decimals: 4)) to \($0.lowestScore.text(decimals: 4))",
                    "\($0.rowCount)", Self.share($0.rate), $0.lift.text(decimals: 2),
                    Self.share($0.cumulativePositives), $0.kolmogorovSmirnov.text(decimals: 4),
                ]
            })
        lines += ["", "## Decisions", "", decisionText]
        if let stability {
            lines += ["", "## Stability", "", stabilityText(stability)]
        }
        if let fairness {
            lines += ["", "## Groups", ""]
            lines += Self.table(
                ["Group", "Rows", "Positive", "Favourable decisions", "AUC"],
                fairness.groups.map {
                    [
                        $0.name, $0.matrix.total.text(decimals: 0),
                        Self.share($0.matrix.prevalence),
                        Self.share($0.selectionRate), $0.auc?.text(decimals: 4) ?? "",
                    ]
                })
            let ratio = fairness.demographicParityRatio?.text(decimals: 4) ?? "not defined"
            lines += [
                "",
                "Least share of favourable decisions divided by the greatest: \(ratio); the four-fifths rule is \(fairness.meetsFourFifthsRule ? "met" : "not met").",
            ]
        }
        if !notes.isEmpty {
            lines += ["", "## Not computed", ""] + notes.map { "- \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var calibrationRows: [[String]] {
        var rows = [
            ["Brier score", calibration.brier.brierScore.text(decimals: 4)],
            ["of it reliability (0 is best)", calibration.brier.reliability.text(decimals: 4)],
            ["of it resolution (taken off)", calibration.brier.resolution.text(decimals: 4)],
            ["of it uncertainty", calibration.brier.uncertainty.text(decimals: 4)],
            ["of it within the groups", calibration.brier.withinBins.text(decimals: 4)],
        ]
        if let test = calibration.hosmerLemeshow {
            rows.append([
                "Hosmer-Lemeshow, \(test.degreesOfFreedom) degrees of freedom",
                "\(test.statistic.text(decimals: 3)), p = \(test.pValue.text(decimals: 4))",
            ])
        }
        if let test = calibration.spiegelhalter {
            rows.append([
                "Spiegelhalter z",
                "\(test.z.text(decimals: 3)), p = \(test.pValue.text(decimals: 4))",
            ])
        }
        if let line = calibration.line {
            rows.append([
                "Slope (standard error)",
                "\(line.slope.text(decimals: 4)) (\(line.slopeStandardError.text(decimals: 4)))",
            ])
            rows.append([
                "Intercept at slope 1 (standard error)",
                "\(line.inTheLarge.text(decimals: 4)) (\(line.inTheLargeStandardError.text(decimals: 4)))",
            ])
        }
        return rows
    }

    private var decisionText: String {
        let matrix = decision.matrix
        var text =
            "Positive from \(decision.threshold.text(decimals: 4)) on: \(matrix.truePositives.text(decimals: 0)) true and \(matrix.falsePositives.text(decimals: 0)) false positives, \(matrix.trueNegatives.text(decimals: 0)) true and \(matrix.falseNegatives.text(decimals: 0)) false negatives."
        if let cost = decision.meanCost {
            text += " A row costs \(cost.text(decimals: 4)) on average."
        }
        return text
    }

    private func stabilityText(_ index: StabilityIndex) -> String {
        "Population stability index \(index.value.text(decimals: 4)) (\(index.verdict.rawValue) by the rule of thumb); the probability of such an index when nothing has moved is \(index.pValue.text(decimals: 4))."
    }

    private static func share(_ value: Double) -> String {
        "\((100 * value).text(decimals: 1)) %"
    }

    private static func text(_ interval: ConfidenceInterval?) -> String {
        interval.map { "\($0.lower.text(decimals: 4)) to \($0.upper.text(decimals: 4))" } ?? ""
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        func line(_ cells: [String]) -> String {
            // Names come from the data and must not break the table.
            let safe = cells.map { cell in
                String(cell.map { $0 == "|" ? "/" : $0.isNewline ? " " : $0 })
            }
            return "| " + safe.joined(separator: " | ") + " |"
        }
        return [line(header), "|" + String(repeating: "---|", count: header.count)]
            + rows.map(line)
    }
}
