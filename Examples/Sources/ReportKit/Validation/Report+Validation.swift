// SPDX-License-Identifier: Apache-2.0

public import Metrics

extension Report {
    /// The page of a validation: every number of the report with its interval, and the pictures.
    ///
    /// Sections on stability and groups stand where the validation has them; what could not be
    /// computed is listed at the end with the reason.
    ///
    /// ```swift
    /// let validation = try ValidationReport(labels: defaulted, probabilities: risk)
    /// let page = Report(validation, title: "Card of March").html(drawing: Gnuplot.find())
    /// ```
    /// - Parameters:
    ///   - validation: The validation; positive means default.
    ///   - title: The heading.
    ///   - footer: Small print, such as the data's source and the model's digest.
    public init(
        _ validation: ValidationReport, title: String = "Validation", footer: [String] = []
    ) {
        self.init(
            title: title,
            summary: """
                \(validation.rowCount.text) loans, of which \(validation.positiveRate.percent()) \
                defaulted. Intervals hold with a confidence of \(validation.level.percent(0)).
                """,
            figures: validation.headline,
            sections: [
                validation.rankingSection, validation.probabilitySection,
                validation.decisionSection, validation.stabilitySection,
                validation.fairnessSection, validation.notesSection,
            ].compactMap { $0 }, footer: footer)
    }
}

extension ValidationReport {
    fileprivate var headline: [HeadlineFigure] {
        let measures = [("roc_auc", "AUC"), ("ks", "KS"), ("brier", "Brier score")]
        var figures = measures.compactMap { id, title -> HeadlineFigure? in
            guard let estimate = self[id] else { return nil }
            return HeadlineFigure(
                title, estimate.value.text(3), note: estimate.interval?.text ?? "")
        }
        if let slope = calibration.line?.slope {
            figures.append(
                HeadlineFigure("Calibration slope", slope.text(2), note: "1 is best"))
        }
        return figures
    }

    fileprivate var rankingSection: ReportSection {
        ReportSection(
            "Does it rank?",
            [
                .charts([rocChart, distanceChart, gainsChart].compactMap { $0 }),
                .tables([measureTable(.ranking, "Measures of the order")]),
                .tables([gainsTable]),
            ])
    }

    fileprivate var notesSection: ReportSection? {
        notes.isEmpty ? nil : ReportSection("Not computed", [.notes(notes)])
    }

    /// The measures of one kind; one that a later version added has no
    /// kind and stands nowhere else.
    func measureTable(_ kind: Measure.Kind, _ caption: String) -> ReportTable {
        let kinds = Dictionary(uniqueKeysWithValues: Measure.all.map { ($0.id, $0.kind) })
        return ReportTable(
            caption: caption,
            columns: [
                .text("Measure"), .number("Value"), .number("\(level.percent(0)) interval"),
            ],
            rows: estimates.filter { (kinds[$0.id] ?? .ranking) == kind }.map {
                [$0.title, $0.value.text(4), $0.interval?.text ?? ""]
            })
    }

    private var gainsTable: ReportTable {
        ReportTable(
            caption: "Gains, from the riskiest loans to the safest",
            columns: [
                .text("Probabilities"), .number("Loans"), .number("Defaults"), .number("Lift"),
                .number("Defaults found"), .number("KS"),
            ],
            rows: gains.buckets.map {
                [
                    "\($0.highestScore.text(3)) to \($0.lowestScore.text(3))", $0.rowCount.text,
                    $0.rate.percent(), $0.lift.text(2), $0.cumulativePositives.percent(),
                    $0.kolmogorovSmirnov.text(3),
                ]
            })
    }
}

extension ConfidenceInterval {
    /// Both ends.
    var text: String { "\(lower.text(3)) to \(upper.text(3))" }
}
