// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import ReportKit

/// The experiment of Li and Yang on loans whose best possible scores are known, and on Taiwan.
///
/// Files appear in the output folder when everything has succeeded; a failure leaves it as it was.
public struct RiskLevelsRun: Sendable {
    /// `UCI_Credit_Card.csv`; `nil` leaves Taiwan out.
    public var taiwan: URL?
    /// Where the results go.
    public var output: URL
    /// The seed of the invented loans and of all folds.
    public var seed: UInt64
    /// How many loans are invented; the paper has 16,000.
    public var loanCount = 16_000
    /// The folds of every cross-validation.
    public var foldCount = 10
    /// What draws the charts; `nil` writes their numbers instead.
    public var gnuplot = Gnuplot.find()

    /// Plans a run.
    public init(taiwan: URL?, output: URL, seed: UInt64 = 1) {
        self.taiwan = taiwan
        self.output = output
        self.seed = seed
    }

    /// Runs.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Returns: The results in a few lines for a terminal.
    /// - Throws: The error of whatever failed: `LendingError` for the number of loans,
    ///   `FeatureError` for Taiwan's file, `OutputError` for the output folder, `ModelError` for
    ///   the rest, as for too few loans of an outcome or a level.
    public func run(progress: (Double, String) -> Void = { _, _ in }) throws -> String {
        try StagedOutput.into(output) { folder in
            let results = try results { share, label in progress(0.95 * share, label) }
            progress(0.96, "drawing the charts")
            let report = RiskReport(
                results: results, taiwanFile: taiwan?.lastPathComponent, foldCount: foldCount,
                seed: seed)
            let page = report.report
            try Data(page.html(drawing: gnuplot).utf8)
                .write(to: folder.appending(path: "report.html"))
            try Data(page.markdown.utf8).write(to: folder.appending(path: "report.md"))
            progress(1, "done")
            return report.summary(report: output.appending(path: "report.html"))
        }
    }

    /// Runs all cross-validations and writes nothing.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Throws: As ``run(progress:)``.
    public func results(
        progress: (Double, String) -> Void = { _, _ in }
    ) throws -> ExperimentResults {
        progress(0, "reading the loans")
        // Taiwan first: a bad file should not cost minutes.
        let holders = try taiwan.map(CreditSample.init(taiwan:))
        let loans = try IndicatorLoans(count: loanCount, seed: seed)
        return try ExperimentResults(
            loans: loans, taiwan: holders, foldCount: foldCount, seed: seed
        ) { share, label in progress(0.02 + 0.98 * share, label) }
    }
}
