// SPDX-License-Identifier: Apache-2.0

import ReportKit
import Testing

@Suite struct ReportMarkdownTests {
    @Test func `Every part of a report stands in its Markdown, charts by their numbers`() {
        let plot = ROCPlot(
            falsePositiveRates: [0, 0.5, 1], truePositiveRates: [0, 0.8, 1], areaUnderCurve: 0.65)
        let report = Report(
            title: "Loans", summary: "What became\nof them.",
            figures: [
                HeadlineFigure("AUC", "0.65", note: "sd 0.01"), HeadlineFigure("Loans", "3"),
            ],
            sections: [
                ReportSection(
                    "Ranking",
                    [
                        .paragraph("Text."), .notes([]), .notes(["One.", "Two."]),
                        .tables([
                            ReportTable(
                                caption: "Table", columns: [.text("Name"), .number("Value")],
                                rows: [["a", "1"], ["b", "2"]])
                        ]),
                        .charts([Chart("ROC curve", caption: "Seen.", .roc(plot))]),
                    ])
            ], footer: ["Seed 1."])
        let rates = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4].map { "| \($0.text(2)) | 0.000 |\n" }.joined()
        #expect(
            report.markdown == """
                # Loans

                What became of them.

                - AUC: **0.65** (sd 0.01)
                - Loans: **3**

                ## Ranking

                Text.

                - One.
                - Two.

                *Table*

                | Name | Value |
                |---|---:|
                | a | 1 |
                | b | 2 |

                ### ROC curve

                Seen.

                <details><summary>Numbers</summary>

                | False positive rate | True positive rate |
                |---:|---:|
                \(rates)| 0.50 | 0.800 |
                | 0.75 | 0.800 |

                </details>

                ---

                Seed 1.

                """)
    }

    @Test(arguments: [
        ("a|b", "a\\|b"), ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("[x](y)", "\\[x\\](y)"), ("# x", "\\# x"), ("- x", "\\- x"), ("+ x", "\\+ x"),
        ("===", "\\==="), ("+12 %", "+12 %"), ("---", "\\---"), ("12. x", "12\\. x"),
        ("0.65 or so", "0.65 or so"), ("C:\\x ~~y~~", "C:\\\\x \\~\\~y\\~\\~"),
    ])
    func `Text reads as itself`(text: String, markdown: String) {
        #expect(Report(title: "t", summary: text).markdown == "# t\n\n\(markdown)\n")
    }
}
