// SPDX-License-Identifier: Apache-2.0

import Ledger
import Lending
import Metrics
import Models
import ReportKit

/// Everything that one run found out, and the report that it makes of it.
struct NetworkReport {
    var book: LoanBook
    var model: CreditModel
    var agreement: Agreement
    var outcomes: LoanOutcomes
    var investmentCharts: [Chart]
    var seed: UInt64

    /// The report.
    var report: Report {
        Report(
            title: "Credit network",
            summary: """
                \(agreement.outcomes.count.text) applicants scored by one model, agreed on by \
                \(bankCount) banks and \(agreement.proposals.count) bureaus in \
                \(agreement.proof.chain.height) blocks, and turned into lending decisions.
                """,
            figures: headline,
            sections: [modelSection, agreementSection, lendingSection, amountSection, xiSection],
            footer: [
                "Data: \(book.origin).",
                "Model \(model.model.digest).",
                "Chain \(agreement.proof.chain.chainID), head "
                    + "\(agreement.proof.chain.headHash).",
                "Seed \(seed). The same data and seed give the same scores, chain and decisions.",
            ])
    }

    private var bankCount: Int { MemberRegistry(agreement.genesis).banks.count }

    private var headline: [HeadlineFigure] {
        let quality = model.quality
        return [
            HeadlineFigure(
                "AUC, ten folds", quality.auc.mean.text(3),
                note: "sd \(quality.auc.standardDeviation.text(3))"
                    + (book.optimalAUC.map { "; best possible \($0.text(3))" } ?? "")),
            HeadlineFigure(
                "Kolmogorov-Smirnov", quality.kolmogorovSmirnov.text(3),
                note: "Brier score \(quality.brierScore.text(3))"),
            HeadlineFigure(
                "Scores agreed", agreement.acceptedCount.text,
                note: "of \(agreement.outcomes.count.text) proposed"),
            HeadlineFigure(
                "Blocks verified", Int(agreement.proof.chain.height).text,
                note: "\(Int(agreement.proof.chain.transactionCount).text) transactions in them"),
        ]
    }

    private var modelSection: ReportSection {
        let quality = model.quality
        let points = agreement.outcomes.map { Double($0.points) }
        let bounds =
            ((points.min() ?? 300) / 20).rounded(
                .down)...((points.max() ?? 850) / 20)
            .rounded(.up)
        let edges = stride(from: bounds.lowerBound, through: bounds.upperBound, by: 1)
            .map { $0 * 20 }
        func values(ofDefaults isDefault: Bool) -> [Double] {
            zip(points, book.defaults).filter { $0.1 == isDefault }.map(\.0)
        }
        return ReportSection(
            "The model",
            [
                .paragraph(
                    """
                    A logistic regression with an L2 penalty (C = 1) on \
                    \(model.model.featureNames.count) features. Ten times it was trained on nine \
                    tenths of the loans, preparation included, and asked about the rest; the \
                    measures below come from those answers.
                    """),
                .charts([
                    Chart(
                        "ROC curve", caption: "Out of fold, all loans together.",
                        .roc(quality.rocPlot)),
                    Chart(
                        "Score by outcome",
                        caption: "The agreed points, from the model trained on every loan.",
                        .histogram(
                            HistogramPlot(
                                axisTitle: "score (points)",
                                edges: edges.count > 1 ? edges : [300, 850],
                                values: [
                                    ("repaid", .good, values(ofDefaults: false)),
                                    ("defaulted", .bad, values(ofDefaults: true)),
                                ]))),
                    Chart(
                        "Calibration",
                        caption: "Out of fold, tenths of the loans with 95 % intervals.",
                        .calibration(
                            CalibrationPlot(
                                probabilities: quality.probabilities, labels: quality.labels))),
                ]),
                .tables([quality.rankingTable, quality.decisionTable, featureTable]),
                .tables([quality.foldTable]),
            ])
    }

    private var featureTable: ReportTable {
        ReportTable(
            caption: "What moves the log-odds of default most: a level, or a standard deviation",
            columns: [.text("Feature"), .number("Log-odds")],
            rows: model.strongestFeatures(8).map { [$0.name, $0.coefficient.text(3)] })
    }

    private var agreementSection: ReportSection {
        let report = agreement.proof.chain
        var notes = [
            """
            The chain's file was closed, opened again and verified block by block, and so was its \
            exported copy: \(report.height) blocks with \
            \(Int(report.transactionCount).text) transactions and \(Int(report.voteCount).text) \
            block votes.
            """,
            """
            One borrower's receipt (\(agreement.proof.receiptByteCount.text) bytes) was verified \
            with nothing but the founding record: \(agreement.proof.score.score) points for \
            \(agreement.proof.score.borrower).
            """,
        ]
        if let silence = agreement.silence {
            notes.append(
                """
                In the last round \(silence.bureau) was silent on its turn; the next bureau \
                proposed the remaining \(silence.scores) scores.
                """)
        }
        return ReportSection(
            "The agreement",
            [
                .paragraph(
                    """
                    Bureaus take turns. Each proposes signed integer scores in a block; every bank \
                    scores the same applications with its own copy of the model and signs a vote \
                    on each. A score counts when more than half of the registered banks approve it.
                    """),
                .tables([
                    ReportTable(
                        caption: "Whose turn it was",
                        columns: [.text("Bureau"), .number("Scores proposed")],
                        rows: agreement.proposals.map { [$0.bureau, $0.count.text] }),
                    gradeTable,
                ]),
                .notes(notes),
            ])
    }

    private var gradeTable: ReportTable {
        ReportTable(
            caption: "Agreed scores by grade, and how these loans ended",
            columns: [.text("Grade"), .number("Loans"), .number("Defaulted")],
            rows: ScoreGrade.allCases.reversed().map { grade in
                let loans = agreement.outcomes.indices.filter {
                    agreement.outcomes[$0].grade == grade && agreement.outcomes[$0].isAccepted
                }
                let defaults = loans.count { book.defaults[$0] }
                let share = Double(defaults) / Double(loans.count)
                return [grade.rawValue, loans.count.text, loans.isEmpty ? "" : share.percent()]
            })
    }

    private var lendingSection: ReportSection {
        ReportSection(
            "Lending decisions",
            [
                .paragraph(
                    """
                    Each lender weighs the same agreed scores by prospect theory. ξ is the \
                    share of its budget that it would put into a loan, capped at 1. The paper \
                    names the three types without numbers; the numbers are this package's choice. \
                    The decisions of one bank of each type are on the chain.
                    """),
                .tables([
                    LenderDecisions.table(agreement.lending),
                    LenderDecisions.gradeTable(agreement.lending),
                ]),
            ])
    }
}
