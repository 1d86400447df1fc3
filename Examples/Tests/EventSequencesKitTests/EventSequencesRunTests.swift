// SPDX-License-Identifier: Apache-2.0

import EventSequencesKit
import FeatureEngineering
import Foundation
import Metrics
import Models
import ReportKit
import Testing
import _ExampleTestSupport

/// A run small enough for a test.
private func smallRun(_ folder: URL, borrowers: Int = 240, epochs: Int = 2) -> EventSequencesRun {
    var run = EventSequencesRun(output: folder, seed: 2)
    run.borrowerCount = borrowers
    run.epochLimit = epochs
    run.gnuplot = nil
    return run
}

@Suite struct EventSequencesRunTests {
    @Test func `The example runs, twice to the same bytes`() throws {
        try withTemporaryFolder { folder in
            let run = smallRun(folder.appending(path: "a"))
            var shares: [Double] = []
            let summary = try run.run { share, _ in shares.append(share) }
            #expect(shares == shares.sorted() && shares.first == 0 && shares.last == 1)
            #expect(summary.contains("All together"))
            let files = try names(in: run.output)
            #expect(files == ["fusion.credit", "report.html", "report.md"])
            let markdown = try String(
                contentsOf: run.output.appending(path: "report.md"), encoding: .utf8)
            for words in ["Events, LSTM", "log loss", "A score after every event", "DeLong"] {
                #expect(markdown.contains(words), "\(words)")
            }
            let model = try FusionClassifierModel(
                contentsOf: run.output.appending(path: "fusion.credit"))
            #expect(model.parts == FusionInputs.Part.allCases)
            #expect(model.networkNames.last == "network neighbourDefaults")

            var again = run
            again.output = folder.appending(path: "b")
            _ = try again.run()
            for name in files {
                #expect(
                    try Data(contentsOf: run.output.appending(path: name))
                        == Data(contentsOf: again.output.appending(path: name)), "\(name)")
            }
        }
    }

    @Test func `All parts together are better than each, and streams end at the row's score`()
        throws
    {
        var run = smallRun(URL(fileURLWithPath: "/nowhere"), borrowers: 2_000, epochs: 8)
        run.seed = 1
        let results = try run.results()
        #expect(results.trainingCount > 1_000 && results.testCount >= 600)
        #expect(results.parts.count == 6 && results.comparisons.count == 6)
        for (part, comparison) in zip(results.parts, results.comparisons) {
            #expect(comparison.first == results.fusion.area)
            #expect(comparison.second == part.area)
            #expect(
                part.area.auc > (part.name.hasPrefix("Windows") ? 0.5 : 0.6),
                "\(part.name): \(part.area.auc)")
            #expect(
                comparison.difference > 0 && comparison.pValue < 0.05,
                "\(part.name): \(part.area.auc) against \(results.fusion.area.auc)")
        }
        #expect(results.followed.map(\.hasDefaulted) == [true, false])
        for borrower in results.followed {
            #expect(borrower.probabilities.last == borrower.batchProbability)
            #expect(borrower.days == borrower.days.sorted())
            #expect(borrower.kinds.count == borrower.probabilities.count)
            #expect(borrower.kinds.allSatisfy { !$0.isEmpty })
            #expect(borrower.kinds.contains("drawdown"))
        }
        #expect(results.followed[0].batchProbability > results.followed[1].batchProbability)
    }

    @Test func `Borrowers default as the law says, and their logs end in time`() throws {
        let borrowers = try SyntheticBorrowers(count: 400, seed: 7)
        let defaults = try borrowers.applications.labels("outcome", positive: "default")
        let rate = Double(defaults.count { $0 }) / 400
        #expect((0.15...0.45).contains(rate), "\(rate)")
        let days = try #require(borrowers.applications[column: "defaulted"].dates)
        let scored = try #require(borrowers.applications[column: "scored"].dates)
        for row in 0..<400 {
            #expect((days[row] != nil) == defaults[row])
            if let day = days[row], let date = scored[row] { #expect(date < day) }
        }
        #expect(borrowers.instalments.rowCount == 4_800)
        let again = try SyntheticBorrowers(count: 400, seed: 7)
        #expect(again.applications == borrowers.applications && again.events == borrowers.events)
        #expect(try SyntheticBorrowers(count: 400, seed: 8).events != borrowers.events)
    }

    @Test func `Too few borrowers end with the reason, and nothing is left behind`() throws {
        try withTemporaryFolder { folder in
            let output = folder.appending(path: "out")
            let error = #expect(throws: RunError.self) {
                try smallRun(output, borrowers: 199).run()
            }
            #expect(error?.message.hasPrefix("199 borrowers") == true)
            #expect(throws: ModelError.self) { try smallRun(output, epochs: 0).run() }
            #expect(!FileManager.default.fileExists(atPath: output.path))
        }
    }
}
