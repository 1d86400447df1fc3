// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
public import Foundation
import Models
public import ReportKit

/// The whole way from a file of loans to a scorecard, its exports and one applicant's reasons.
///
/// Files appear in the output folder when everything has succeeded; a failure leaves it as it was.
public struct ScorecardRun: Sendable {
    /// German credit in the Statlog format; `nil` for an invented book.
    public var data: URL?
    /// Where the results go.
    public var output: URL
    /// The seed of the folds and the invented book.
    public var seed: UInt64
    /// How many loans an invented book has.
    public var inventedLoanCount = 2000
    /// The row of the applicant whose reasons are told; `nil` for a typical refusal.
    public var applicant: Int?
    /// How many points the applicant wants to gain.
    public var gain: Double = 20
    /// What draws the charts; `nil` writes their numbers instead.
    public var gnuplot = Gnuplot.find()

    /// Plans a run.
    public init(data: URL?, output: URL, seed: UInt64 = 1) {
        self.data = data
        self.output = output
        self.seed = seed
    }

    /// Runs.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Returns: The results in a few lines for a terminal.
    /// - Throws: The error of whatever failed: `FeatureError` for the data, `OutputError` for the
    ///   output folder, ``ScorecardRunError`` for the applicant, `ModelError` for the rest.
    public func run(progress: @escaping (Double, String) -> Void = { _, _ in }) throws -> String {
        progress(0, "reading the loans")
        let loans =
            try data.map(LoanFile.init(german:))
            ?? LoanFile(invented: inventedLoanCount, seed: seed)
        return try StagedOutput.into(output) { folder in
            let results = try CardResults(
                loans, applicant: applicant, gain: gain, seed: seed, progress: progress)
            progress(0.9, "writing the card and the report")
            try results.card.write(to: folder.appending(path: "scorecard.credit"))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let report = CardReport(results: results, seed: seed)
            let validation = Report(
                results.assessment, title: "Validation of the scorecard",
                footer: report.footer
                    + ["Every loan was scored by a card whose bins and points never saw it."])
            let texts = [
                "scorecard.json": String(
                    decoding: try encoder.encode(results.document), as: UTF8.self),
                "scorecard.csv": results.document.csv, "scorecard.md": results.document.markdown,
                "scorecard.sql": results.card.sql(table: "loans", listsPoints: true) + ";\n",
                "scorecard.pmml": try results.card.pmml(),
                "report.html": report.report.html(drawing: gnuplot),
                "validation.html": validation.html(drawing: gnuplot),
                "validation.json": String(
                    decoding: try encoder.encode(results.assessment), as: UTF8.self),
            ]
            for (name, text) in texts {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            progress(1, "done")
            return report.summary(report: output.appending(path: "report.html"))
        }
    }
}
