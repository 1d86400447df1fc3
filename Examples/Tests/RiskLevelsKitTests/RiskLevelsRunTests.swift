// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Lending
import Metrics
import Models
import ReportKit
import RiskLevelsKit
import Testing
import _ExampleTestSupport

/// A file of the first `count` card holders of Taiwan, with the value in `replacing` for another.
private func writeHolders(
    first count: Int, to file: URL, replacing: (String, String)? = nil
) throws {
    let lines = try String(contentsOf: SharedData.taiwan, encoding: .utf8)
        .split(separator: "\n", maxSplits: count + 1).prefix(count + 1)
    var text = lines.joined(separator: "\n") + "\n"
    if let replacing { text = text.replacing(replacing.0, with: replacing.1) }
    try Data(text.utf8).write(to: file)
}

/// A run small enough for a test.
private func smallRun(_ folder: URL, loans: Int = 800, seed: UInt64 = 2) -> RiskLevelsRun {
    var run = RiskLevelsRun(taiwan: nil, output: folder, seed: seed)
    run.loanCount = loans
    run.foldCount = 3
    run.gnuplot = nil
    return run
}

@Suite struct RiskLevelsRunTests {
    private static let results = Result {
        try smallRun(URL(fileURLWithPath: "/nowhere"), loans: 2400).results()
    }

    @Test func `The experiment runs, twice to the same bytes, and says what it left out`() throws {
        try withTemporaryFolder { folder in
            let run = smallRun(folder.appending(path: "a"))
            var shares: [Double] = []
            let summary = try run.run { share, _ in shares.append(share) }
            #expect(shares == shares.sorted() && shares.first == 0 && shares.last == 1)
            #expect(summary.contains("left out; --taiwan"))
            let files = try names(in: run.output)
            #expect(files == ["report.html", "report.md"])
            let markdown = try String(
                contentsOf: run.output.appending(path: "report.md"), encoding: .utf8)
            for words in ["not reached", "Credit card holders in Taiwan", "Left out", "IBk"] {
                #expect(markdown.contains(words), "\(words)")
            }

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

    @Test func `Systems learn the law of the loans, and none beats it`() throws {
        let results = try Self.results.get()
        #expect(results.systems.map(\.name) == RiskSystem.allCases.map(\.rawValue))
        #expect(results.systems.allSatisfy { $0.labels == results.best.labels })
        // The law's AUC is 0.7223; of 2,400 loans, 480 of them bad, it has a deviation of 0.013.
        #expect(abs(results.best.curve.auc - 0.7223) < 0.04)
        for system in results.systems {
            #expect(system.curve.auc > 0.6, "\(system.name)")
            // Loan by loan the law's probabilities are the best, but for chance.
            let difference = try results.best.squaredErrors(lessThoseOf: system)
            #expect(difference.t < 2, "\(system.name)")
        }
        let regression = results.systems[0]
        #expect(regression.curve.auc > results.best.curve.auc - 0.03)
        #expect(abs(regression.error.mean) < 1)
        // Li and Yang ask for more than 0.7.
        #expect(results.reliability.joined().allSatisfy { $0.standardisedAlpha > 0.7 })
        #expect(results.reliability.joined().allSatisfy { $0.rowCount == 600 && $0.itemCount == 3 })

        // A system of its own for each group of loans, and each group of indicators alone.
        #expect(results.groups.map(\.count) == [4, 4, 4, 4])
        #expect(results.groups.allSatisfy { $0.allSatisfy { $0.labels.count == 600 } })
        #expect(results.groups[1].flatMap(\.labels) == results.best.labels)
        for (own, row) in results.indicators.enumerated() {
            #expect(row.allSatisfy { $0.labels == results.groups[own][own].labels })
            #expect(row.allSatisfy { $0.curve.auc < results.best.curve.auc })
        }
        // The groups of indicators are independent, so the four scores of a system hardly agree.
        #expect(results.scoreReliability.allSatisfy { abs($0.alpha) < 0.25 && $0.itemCount == 4 })
        #expect(results.taiwan == nil)
    }

    @Test func `The worst of five levels is default, and the order of levels is learnt`() throws {
        let results = try Self.results.get()
        let defaults = results.best.labels.count { $0 }
        #expect(results.levels.map(\.name) == LevelSystem.allCases.map(\.rawValue))
        for result in results.levels {
            let counts = result.matrix.counts
            #expect(counts.count == 5)
            #expect(counts.joined().reduce(0, +) == 2400)
            #expect(counts[4].reduce(0, +) == Double(defaults), "\(result.name)")
            #expect(counts.allSatisfy { $0.reduce(0, +) > 0 })
            #expect(try #require(result.matrix.cohensKappa(.quadratic)) > 0, "\(result.name)")
        }
        let bands = try #require(results.levels.last)
        #expect(bands.name == "Scorecard, bands" && bands.meanAUC == nil)
        // Bands hold about as many loans as their levels.
        for level in 0..<5 {
            let foretold = bands.matrix.counts.reduce(0) { $0 + $1[level] }
            #expect(abs(foretold - bands.matrix.counts[level].reduce(0, +)) < 120, "level \(level)")
        }
        let ordinal = try #require(results.levels.first?.worstLevelAUC)
        #expect(abs(ordinal - results.systems[0].curve.auc) < 0.02)
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `Taiwan's card holders: every system, and the report with them`() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "holders.csv")
            try writeHolders(first: 1500, to: file)
            var run = smallRun(folder.appending(path: "out"))
            run.taiwan = file
            let summary = try run.run()
            #expect(summary.contains("1,500 card holders"))
            let lines = summary.split(separator: "\n")
            let start = try #require(lines.firstIndex { $0.hasPrefix("AUC, Taiwan") })
            for (line, system) in zip(lines[(start + 1)...], RiskSystem.allCases) {
                #expect(line.hasPrefix("  \(system.rawValue) "))
                let value = line.dropFirst(system.rawValue.count + 2).split(separator: " ").first
                let area = try #require(value.flatMap { Double($0) })
                #expect((0.65...0.85).contains(area), "\(line)")
            }
            let markdown = try String(
                contentsOf: run.output.appending(path: "report.md"), encoding: .utf8)
            #expect(markdown.contains("holders.csv (Yeh and Lien"))
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `A bad value of Taiwan's file is named, and nothing is left behind`() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "holders.csv")
            try writeHolders(first: 20, to: file, replacing: ("\n3,90000", "\n3,many"))
            var run = smallRun(folder.appending(path: "out"))
            run.taiwan = file
            let error = #expect(throws: FeatureError.self) { try run.run() }
            #expect(error?.column == "LIMIT_BAL")
            #expect(error?.value == "many")
            #expect(!FileManager.default.fileExists(atPath: run.output.path))
        }
    }

    @Test func `Too few loans end with the reason, and nothing is left behind`() throws {
        try withTemporaryFolder { folder in
            let output = folder.appending(path: "out")
            let error = #expect(throws: ModelError.self) {
                try smallRun(output, loans: 16).run()
            }
            #expect(error?.code == .invalidSplit || error?.code == .invalidRecipe)
            #expect(throws: LendingError.self) { try smallRun(output, loans: 0).run() }
            #expect(!FileManager.default.fileExists(atPath: output.path))
        }
    }
}
