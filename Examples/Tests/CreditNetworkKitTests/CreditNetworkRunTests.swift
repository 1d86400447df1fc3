// SPDX-License-Identifier: Apache-2.0

import CreditNetworkKit
import FeatureEngineering
import Foundation
import Ledger
import Models
import ReportKit
import Testing
import _ExampleTestSupport

@Suite struct CreditNetworkRunTests {
    private static let files = [
        "chain.credit", "chain.sqlite", "genesis.credit", "model.credit", "receipt.credit",
        "report.html",
    ]

    @Test func `An invented book goes the whole way, twice to the same bytes`() throws {
        try withTemporaryFolder { folder in
            var run = CreditNetworkRun(data: nil, output: folder.appending(path: "a"), seed: 5)
            run.inventedLoanCount = 130
            run.gnuplot = nil
            var shares: [Double] = []
            let summary = try run.run { share, _ in shares.append(share) }
            #expect(shares == shares.sorted() && shares.last == 1)
            #expect(summary.contains("130 of 130"))
            #expect(try names(in: run.output) == Self.files)

            let genesis = try Genesis(canonicalBytes: bytes("genesis.credit", run.output))
            let receipt = try ScoreReceipt(canonicalBytes: bytes("receipt.credit", run.output))
            let proven = try receipt.verify(against: genesis)
            #expect((300...850).contains(proven.score))
            let chain = try Chain.verify(file: run.output.appending(path: "chain.sqlite"))
            #expect(chain.chainID == genesis.chainID)
            // The model's record and the empty rest of its cycle, two rounds of proposals and
            // votes, three lenders' decisions.
            #expect(chain.height == 2 + 2 * 2 + 3)
            #expect(chain.transactionCount == 1 + 130 * (1 + 5 + 3))
            let model: PipelineModel<LogisticRegression> = try ModelFile(
                contentsOf: run.output.appending(path: "model.credit")
            ).decode()
            #expect(proven.modelDigest.bytes == model.digest.bytes)

            let html = String(
                decoding: try bytes("report.html", run.output), as: UTF8.self)
            #expect(html.contains("gnuplot was not found"))
            #expect(!html.contains("What the paper reads"))

            var again = run
            again.output = folder.appending(path: "b")
            _ = try again.run()
            for name in ["chain.credit", "model.credit", "receipt.credit", "report.html"] {
                #expect(try bytes(name, run.output) == bytes(name, again.output), "\(name)")
            }
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `German credit gives a full report with the figures of the paper`() throws {
        try withTemporaryFolder { folder in
            // A part of the file keeps the debug build's signatures affordable.
            let lines = try String(contentsOf: SharedData.german, encoding: .utf8)
                .split(separator: "\n").prefix(150)
            let data = folder.appending(path: "part.data")
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: data)
            let run = CreditNetworkRun(
                data: data, riskData: SharedData.germanRisk, output: folder.appending(path: "out"))
            let summary = try run.run()
            #expect(summary.contains("150 of 150"))
            #expect(try names(in: run.output) == Self.files)
            let html = String(decoding: try bytes("report.html", run.output), as: UTF8.self)
            #expect(html.contains("median of repaid loans 1,520 at 60-80, 2,116 at 40-60"))
            #expect(html.contains("does not hold"))
            // The three investments that the paper gives in its text.
            for amount in ["0.0041", "0.094", "0.23"] { #expect(html.contains("it is \(amount).")) }
            if Gnuplot.find() != nil {
                #expect(html.components(separatedBy: "<svg").count - 1 == 8)
            }
        }
    }

    private func bytes(_ name: String, _ folder: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }
}
