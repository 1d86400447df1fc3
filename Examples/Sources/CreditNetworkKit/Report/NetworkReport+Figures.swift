// SPDX-License-Identifier: Apache-2.0

import ReportKit

extension NetworkReport {
    /// Figures 4 and 5 of paper 004, and what the paper says about them.
    var amountSection: ReportSection {
        let figures = AmountFigures(outcomes)
        var blocks: [ReportBlock] = [
            .paragraph(
                """
                Figures 4 and 5 of paper 004, drawn from \(outcomes.origin). Boxes reach from the \
                first to the third quartile (linear interpolation), whiskers to the furthest value \
                within 1.5 box lengths. Age groups include their upper border.
                """),
            .charts([
                Chart(
                    "Amount by age",
                    caption:
                        "As Fig. 4. \(figures.outsideAgeGroups.text) loans of applicants up to 20 "
                        + "or over 80 years are left out.",
                    .boxes(
                        AmountFigures.plot(figures.ages, title: "age", unit: outcomes.unit))),
                Chart(
                    "Amount by job",
                    caption: "As Fig. 5. 0 unskilled and not resident, 1 unskilled and resident, "
                        + "2 skilled, 3 highly skilled.",
                    .boxes(AmountFigures.plot(figures.jobs, title: "job", unit: outcomes.unit))),
            ]),
            .tables([
                Self.defaultTable(figures.ages, "Age"), Self.defaultTable(figures.jobs, "Job"),
            ]),
        ]
        if outcomes.isPapersData { blocks.append(.tables([figures.readingTable])) }
        return ReportSection("Age, job and amount", blocks)
    }

    private static func defaultTable(_ groups: [AmountGroup], _ title: String) -> ReportTable {
        ReportTable(
            caption: "How often loans defaulted",
            columns: [.text(title), .number("Loans"), .number("Defaulted")],
            rows: groups.map { [$0.name, $0.count.text, $0.defaultRate.percent()] })
    }

    /// Figures 6 to 8 of paper 004.
    var xiSection: ReportSection {
        ReportSection(
            "The best investment",
            [
                .paragraph(
                    """
                    ξ = (τΩ/χ)^(1/(χ \u{2212} τ)) maximises \
                    the value of a loan where τ < χ. Ω is the weighted gain of one \
                    unit lent over its weighted loss.
                    """),
                .charts(investmentCharts),
            ])
    }
}
