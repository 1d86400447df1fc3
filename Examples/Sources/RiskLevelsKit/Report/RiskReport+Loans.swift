// SPDX-License-Identifier: Apache-2.0

import Lending
import Metrics
import Models
import ReportKit

extension RiskReport {
    var loanSection: ReportSection {
        ReportSection(
            "The loans",
            [
                .paragraph(
                    """
                    The paper names four groups of indicators and five levels of repayment, and \
                    splits its loans into four groups, one for each system. Its loans are not \
                    public, so these are invented: three indicators in each group, a known law of \
                    default, and up to twelve instalments, whose worst level is the loan's. \
                    A loan is in default when it is written off.
                    """),
                .tables([levelTable, reliabilityTable]),
                .notes([
                    """
                    No system enters the alpha of indicators. The paper's four values can belong \
                    to the four scores that a system gives to a loan, one by each group of \
                    indicators. There a high alpha says that the groups repeat each other; in \
                    these loans they are independent, and each adds knowledge of its own.
                    """
                ]),
            ])
    }

    private var levelTable: ReportTable {
        ReportTable(
            caption: "Levels of repayment",
            columns: [.text("Level"), .number("Loans"), .number("Share")],
            rows: RepaymentState.allCases.map { state in
                let count = results.loans.levels.count { $0 == state }
                return [
                    state.name, count.text, (Double(count) / Double(loanCount)).percent(1),
                ]
            })
    }

    /// Alpha of the standardised indicators of each group (row) among each group of loans (column).
    var alphas: [[Double]] { results.reliability.map { $0.map(\.standardisedAlpha) } }

    private var reliabilityTable: ReportTable {
        let rows = zip(IndicatorGroup.allCases, alphas).map { group, alphas in
            [group.rawValue] + alphas.map { $0.text(4) }
                + [results.loans.book.bayesOptimalAUC(of: [group.part]).text(3)]
        }
        let printed = RiskSystem.allCases.map { PrintedTables.alpha[$0]?.text(4) ?? "n/a" }
        return ReportTable(
            caption: """
                Table 1: Cronbach's alpha of the indicators, by the group of loans that each \
                system has in the paper, and the AUC that the indicators allow
                """,
            columns: [.text("Indicators")] + RiskSystem.allCases.map { .number($0.rawValue) }
                + [.number("Best AUC")],
            rows: rows + [
                ["Four scores, one by each group"]
                    + results.scoreReliability.map { $0.alpha.text(4) } + [""],
                ["The paper's"] + printed + [""],
            ])
    }

    var groupSection: ReportSection {
        ReportSection(
            "The paper's design: one group of loans for each system",
            [
                .paragraph(
                    """
                    The paper compares systems on different loans: here the first group belongs to \
                    logistic regression, and so on down the diagonal. On the same loans two \
                    systems differ by at most \(spreadOfSystems.text(3)); the same system differs \
                    by up to \(spreadOfGroups.text(3)) from one group of loans to another. A \
                    comparison along the diagonal cannot tell the two apart.
                    """),
                .tables([groupTable]),
            ])
    }

    /// The largest difference of two systems' AUC on one group of loans.
    var spreadOfSystems: Double {
        results.loans.groups.indices.map { column in
            spread(results.groups.map { $0[column].foldAUC?.mean ?? .nan })
        }.max() ?? 0
    }

    /// The largest difference of one system's AUC between two groups of loans.
    var spreadOfGroups: Double {
        results.groups.map { spread($0.map { $0.foldAUC?.mean ?? .nan }) }.max() ?? 0
    }

    private func spread(_ values: [Double]) -> Double {
        (values.max() ?? 0) - (values.min() ?? 0)
    }

    private var groupTable: ReportTable {
        ReportTable(
            caption: "AUC, mean of the folds within a group of loans (own group in brackets)",
            columns: [.text("System")]
                + results.loans.groups.indices.map { .number("Group \($0 + 1)") }
                + [.number("All loans")],
            rows: results.groups.enumerated().map { index, row in
                [row[0].name]
                    + row.enumerated().map { column, result in
                        column == index ? "[\(foldMean(result))]" : foldMean(result)
                    } + [foldMean(results.systems[index])]
            })
    }

    var errorSection: ReportSection {
        ReportSection(
            "Errors by group of indicators",
            [
                .paragraph(
                    """
                    Tables 2 to 4 of the paper give a mean, a standard deviation and a standard \
                    error for each group of indicators and do not say of what. Here it is the \
                    probability less the outcome, in percentage points, of a system that sees one \
                    group of indicators only, on its own group of \
                    \(results.loans.groups[0].count.text) loans. The last column is the number of \
                    loans that a printed deviation and standard error belong to, (deviation / \
                    error) squared.
                    """),
                .tables(
                    zip(RiskSystem.allCases, results.indicators).map { system, row in
                        errorTable(system, row)
                    }),
            ])
    }

    private func errorTable(_ system: RiskSystem, _ row: [SystemResult]) -> ReportTable {
        let printed = PrintedTables.errors[system]
        let own: [ReportTable.Column] = [
            .text("Indicators"), .number("AUC"), .number("Mean"), .number("Deviation"),
            .number("Standard error"),
        ]
        let theirs: [ReportTable.Column] = [
            .number("Paper: mean"), .number("Deviation"), .number("Standard error"),
            .number("Loans implied"),
        ]
        return ReportTable(
            caption: system.rawValue, columns: own + (printed == nil ? [] : theirs),
            rows: row.enumerated().map { index, result in
                let errors = result.error
                var cells = [
                    IndicatorGroup.allCases[index].rawValue, foldMean(result),
                    errors.mean.text(3), errors.standardDeviation.text(3),
                    errors.standardErrorOfMean.text(3),
                ]
                if let theirs = printed?[index] {
                    cells += [
                        theirs.mean.text(2), theirs.standardDeviation.text(3),
                        theirs.standardError.text(3), theirs.impliedCount.text(0),
                    ]
                }
                return cells
            })
    }

    var levelSection: ReportSection {
        ReportSection(
            "Which level: five levels at once",
            [
                .paragraph(
                    """
                    Every system foretells its most probable level; score bands are cut so that \
                    each holds as many training loans as its level. Without skill the mean recall \
                    is 0.2 and kappa is 0.
                    """),
                .tables([levelMeasures]),
                .tables(results.levels.map(confusionTable)),
            ])
    }

    private var levelMeasures: ReportTable {
        ReportTable(
            caption: "Levels foretold, all loans",
            columns: [
                .text("System"), .number("Accuracy"), .number("Mean recall"), .number("Mean F1"),
                .number("Levels off, mean"), .number("Kappa, squared distances"),
                .number("AUC, mean of levels"), .number("AUC, written off"),
            ],
            rows: results.levels.map { result in
                [
                    result.name, result.matrix.accuracy.text(3),
                    result.matrix.balancedAccuracy.text(3),
                    result.meanF1.text(3), result.meanDistance.text(3),
                    kappa(result), result.meanAUC?.text(3) ?? "n/a",
                    result.worstLevelAUC?.text(3) ?? "n/a",
                ]
            })
    }

    private func confusionTable(_ result: LevelResult) -> ReportTable {
        ReportTable(
            caption: "\(result.name): level (row) by level foretold (column)",
            columns: [.text("Level")] + result.matrix.classes.map { .number($0) },
            rows: zip(result.matrix.classes, result.matrix.counts).map { name, row in
                [name] + row.map { $0.text(0) }
            })
    }
}
