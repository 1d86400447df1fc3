// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Models
public import ReportKit

/// From event logs to a score that follows every event.
///
/// Files appear in the output folder when everything has succeeded; a failure leaves it as it was.
public struct EventSequencesRun: Sendable {
    /// Where the results go.
    public var output: URL
    /// The seed of the borrowers and of the networks.
    public var seed: UInt64
    /// How many borrowers are invented.
    public var borrowerCount = 3_000
    /// How many epochs the networks are trained at most.
    public var epochLimit = 25
    /// What draws the charts; `nil` writes their numbers instead.
    public var gnuplot = Gnuplot.find()

    /// Plans a run.
    public init(output: URL, seed: UInt64 = 1) {
        self.output = output
        self.seed = seed
    }

    /// Runs.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Returns: The results in a few lines for a terminal.
    /// - Throws: The error of whatever failed: ``RunError`` for too few borrowers, `ModelError` for
    ///   networks that cannot be trained so, `OutputError` for the output folder.
    public func run(progress: (Double, String) -> Void = { _, _ in }) throws -> String {
        try StagedOutput.into(output) { folder in
            let results = try results { share, label in progress(0.95 * share, label) }
            progress(0.96, "drawing the charts")
            let report = EventReport(
                results: results, borrowerCount: borrowerCount, epochLimit: epochLimit, seed: seed)
            let page = report.report
            try Data(page.html(drawing: gnuplot).utf8)
                .write(to: folder.appending(path: "report.html"))
            try Data(page.markdown.utf8).write(to: folder.appending(path: "report.md"))
            try results.model.write(to: folder.appending(path: "fusion.credit"))
            progress(1, "done")
            return report.summary(report: output.appending(path: "report.html"))
        }
    }

    /// Fits and tests every system and writes nothing.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    /// - Throws: As ``run(progress:)``.
    public func results(
        progress: (Double, String) -> Void = { _, _ in }
    ) throws -> EventResults {
        progress(0, "inventing borrowers")
        let inputs = try BorrowerInputs(
            SyntheticBorrowers(count: borrowerCount, seed: seed))
        return try EventResults(inputs, epochLimit: epochLimit, seed: seed, progress: progress)
    }
}
