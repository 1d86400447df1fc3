// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What a validation says of probabilities, decisions, stability and groups.
extension ValidationReport {
    var probabilitySection: ReportSection {
        ReportSection(
            "Are the probabilities right?",
            [
                .charts([reliabilityChart, distributionChart].compactMap { $0 }),
                .tables([
                    measureTable(.probability, "Measures of the probabilities"),
                    ReportTable(
                        caption: "Calibration", columns: [.text("Quantity"), .number("Value")],
                        rows: calibrationRows),
                ]),
            ])
    }

    private var calibrationRows: [[String]] {
        var rows = [
            ["Brier score, its reliability (0 is best)", calibration.brier.reliability.text(4)],
            ["less its resolution", calibration.brier.resolution.text(4)],
            ["plus its uncertainty", calibration.brier.uncertainty.text(4)],
            ["plus what the groups hide", calibration.brier.withinBins.text(4)],
        ]
        if let test = calibration.hosmerLemeshow {
            rows.append([
                "Hosmer-Lemeshow, \(test.degreesOfFreedom) degrees of freedom",
                "\(test.statistic.text(2)), p = \(test.pValue.text(3))",
            ])
        }
        if let test = calibration.spiegelhalter {
            rows.append(["Spiegelhalter's z", "\(test.z.text(2)), p = \(test.pValue.text(3))"])
        }
        if let line = calibration.line {
            rows.append([
                "Slope, 1 is best", "\(line.slope.text(3)) ± \(line.slopeStandardError.text(3))",
            ])
            rows.append([
                "Intercept at slope 1, 0 is best",
                "\(line.inTheLarge.text(3)) ± \(line.inTheLargeStandardError.text(3))",
            ])
        }
        return rows
    }

    var decisionSection: ReportSection {
        let matrix = decision.matrix
        var text =
            "A loan counts as a default from a probability of \(decision.threshold.text(3)) on."
        if let costs = decision.costs {
            text += """
                 A default that was accepted costs \(costs.falseNegative.text(2)), a good loan that \
                was refused \(costs.falsePositive.text(2)).
                """
        }
        if let cost = decision.meanCost {
            text += " A loan costs \(cost.text(4)) on average."
        }
        return ReportSection(
            "What do decisions cost?",
            [
                .paragraph(text), .charts([precisionChart, costChart].compactMap { $0 }),
                .tables([
                    ReportTable(
                        caption: "Decisions",
                        columns: [.text(""), .number("Accepted"), .number("Refused")],
                        rows: [
                            [
                                "Repaid", matrix.trueNegatives.text(0),
                                matrix.falsePositives.text(0),
                            ],
                            [
                                "Defaulted", matrix.falseNegatives.text(0),
                                matrix.truePositives.text(0),
                            ],
                        ]),
                    measureTable(.decision, "Measures of decisions at 0.5"),
                ]),
            ])
    }

    var stabilitySection: ReportSection? {
        guard let stability else { return nil }
        return ReportSection(
            "Has something moved?",
            [
                .paragraph(
                    """
                    Population stability index \(stability.value.text(4)): \
                    \(stability.verdict.rawValue) by the rule of thumb. The probability of such an \
                    index when nothing has moved is \(stability.pValue.text(4)).
                    """),
                .tables([
                    ReportTable(
                        caption: "Shares of the loans",
                        columns: [
                            .text("Probabilities"), .number("At development"), .number("Now"),
                            .number("Contribution"),
                        ],
                        rows: stability.bins.map {
                            [
                                $0.name, $0.referenceShare.percent(), $0.currentShare.percent(),
                                $0.contribution.text(4),
                            ]
                        })
                ]),
            ])
    }

    var fairnessSection: ReportSection? {
        guard let fairness else { return nil }
        let ratio = fairness.demographicParityRatio?.text(3) ?? "not defined"
        return ReportSection(
            "Upon whom do decisions fall?",
            [
                .paragraph(
                    """
                    The least share of accepted loans divided by the greatest is \(ratio); the \
                    four-fifths rule is \(fairness.meetsFourFifthsRule ? "met" : "not met").
                    """),
                .tables([
                    ReportTable(
                        caption: "Groups",
                        columns: [
                            .text("Group"), .number("Loans"), .number("Defaulted"),
                            .number("Accepted"), .number("Accepted of the repaid"),
                            .number("AUC"),
                        ],
                        rows: fairness.groups.map {
                            [
                                $0.name, $0.matrix.total.text(0), $0.matrix.prevalence.percent(),
                                $0.selectionRate.percent(), $0.opportunity?.percent() ?? "",
                                $0.auc?.text(3) ?? "",
                            ]
                        })
                ]),
            ])
    }
}
