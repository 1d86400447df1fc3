// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Metrics
import Models
import ReportKit
import ScorecardKit
import Testing
import _ExampleTestSupport

@Suite struct ScorecardRunTests {
    private static let files = [
        "report.html", "scorecard.credit", "scorecard.csv", "scorecard.json", "scorecard.md",
        "scorecard.pmml", "scorecard.sql", "validation.html", "validation.json",
    ]

    private func bytes(_ name: String, _ folder: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    @Test func `An invented book becomes a card, twice to the same bytes`() throws {
        try withTemporaryFolder { folder in
            var run = ScorecardRun(data: nil, output: folder.appending(path: "a"), seed: 3)
            run.inventedLoanCount = 400
            run.gnuplot = nil
            var shares: [Double] = []
            let summary = try run.run { share, _ in shares.append(share) }
            #expect(shares == shares.sorted() && shares.last == 1)
            #expect(summary.contains("400 of 400 loans"))
            #expect(summary.contains("HMDA denial codes"))
            #expect(try names(in: run.output) == Self.files)
            let card = try ScorecardModel(
                contentsOf: run.output.appending(path: "scorecard.credit"))
            let document = try JSONDecoder().decode(
                ScorecardDocument.self, from: Data(bytes("scorecard.json", run.output)))
            #expect(document == card.document)
            let html = String(decoding: try bytes("report.html", run.output), as: UTF8.self)
            #expect(html.contains("\(card.digest)"))
            #expect(html.contains("Points below the best"))

            let validation = try JSONDecoder().decode(
                ValidationReport.self, from: Data(bytes("validation.json", run.output)))
            #expect(validation.rowCount == 400 && validation.decision.threshold == 1.0 / 6)
            let groups = try #require(validation.fairness?.groups)
            #expect(Set(groups.map(\.name)) == ["up to 25 years", "over 25 years"])
            let page = String(decoding: try bytes("validation.html", run.output), as: UTF8.self)
            #expect(page.contains("\(card.digest)"))
            let area = try #require(validation["roc_auc"])
            #expect(page.contains("<dd>\(area.value.text(3))</dd>"))

            var again = run
            again.output = folder.appending(path: "b")
            _ = try again.run()
            for name in Self.files {
                #expect(try bytes(name, run.output) == bytes(name, again.output), "\(name)")
            }
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `German credit: monotone bins, SQL for all loans, reasons of one applicant`() throws {
        try withTemporaryFolder { folder in
            var run = ScorecardRun(data: SharedData.german, output: folder.appending(path: "out"))
            run.applicant = 1
            run.gain = 30
            let summary = try run.run()
            #expect(summary.contains("1,000 of 1,000 loans"))
            #expect(summary.contains("applicant 1"))
            #expect(summary.contains("State of your checking account"))
            let card = try ScorecardModel(
                contentsOf: run.output.appending(path: "scorecard.credit"))
            #expect(
                card.variables.allSatisfy {
                    [.ascending, .descending].contains($0.binning.trend.eventRate)
                })
        }
    }

    @Test func `A row that is not there and bad data leave nothing behind`() throws {
        try withTemporaryFolder { folder in
            var run = ScorecardRun(data: nil, output: folder.appending(path: "out"))
            run.inventedLoanCount = 300
            run.applicant = 300
            let error = #expect(throws: ScorecardRunError.self) { try run.run() }
            #expect(error?.message == "there is no loan 300; there are 300, from 0")
            let file = folder.appending(path: "bad.data")
            try Data("A11 6 A34\n".utf8).write(to: file)
            run.data = file
            #expect(throws: FeatureError.self) { try run.run() }
            #expect(!FileManager.default.fileExists(atPath: run.output.path))
        }
    }
}
