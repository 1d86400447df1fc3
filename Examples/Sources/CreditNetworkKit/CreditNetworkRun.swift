// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
public import Foundation
import Lending
import Models
public import ReportKit

/// The whole way from a file of loans to agreed scores, lending decisions and a report.
///
/// Files appear in the output folder when everything has succeeded; a failure leaves it as it was.
public struct CreditNetworkRun: Sendable {
    /// German credit in the Statlog format; `nil` for an invented book.
    public var data: URL?
    /// German credit in the Kaggle format, for the box plots; looked for beside `data` when `nil`.
    public var riskData: URL?
    /// Where the results go.
    public var output: URL
    /// The seed of everything random.
    public var seed: UInt64
    /// How many loans an invented book has.
    public var inventedLoanCount = 2000
    /// What draws the charts; `nil` writes their numbers instead.
    public var gnuplot = Gnuplot.find()

    /// Plans a run.
    public init(data: URL?, riskData: URL? = nil, output: URL, seed: UInt64 = 1) {
        self.data = data
        self.riskData = riskData
        self.output = output
        self.seed = seed
    }

    /// Runs.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Returns: The results in a few lines for a terminal.
    /// - Throws: The error of whatever failed: `FeatureError` for the data, ``OutputError`` for the
    ///   output folder, `ModelError`, `LendingError` or `LedgerError` for the rest.
    public func run(progress: @escaping (Double, String) -> Void = { _, _ in }) throws -> String {
        progress(0, "reading the loans")
        let book = try loadBook()
        let outcomes = try loadOutcomes(book)
        return try StagedOutput.into(output) { folder in
            let model = try CreditModel(book, seed: seed) { share in
                progress(0.02 + 0.2 * share, "cross-validating")
            }
            let modelFile = folder.appending(path: "model.credit")
            try ModelFile(model.model).write(to: modelFile)
            let participants = try Participants(modelFile: modelFile, seed: seed)
            let agreement = try Agreement(
                book.table.removing([book.target]), by: participants, in: folder
            ) { share, label in progress(0.25 + 0.6 * share, label) }
            progress(0.9, "drawing the charts")
            let results = NetworkReport(
                book: book, model: model, agreement: agreement,
                outcomes: outcomes, investmentCharts: try InvestmentCharts.charts(), seed: seed)
            try Data(results.report.html(drawing: gnuplot).utf8)
                .write(to: folder.appending(path: "report.html"))
            progress(1, "done")
            return results.summary(report: output.appending(path: "report.html"))
        }
    }

    private func loadBook() throws -> LoanBook {
        if let data { return try LoanBook(german: data) }
        return try LoanBook(SyntheticLoanBook(count: inventedLoanCount, seed: seed))
    }

    private func loadOutcomes(_ book: LoanBook) throws -> LoanOutcomes {
        let file = riskData ?? data.flatMap(LoanBook.riskFile(beside:))
        return try file.map(LoanOutcomes.init(kaggle:)) ?? book.outcomes
    }
}
