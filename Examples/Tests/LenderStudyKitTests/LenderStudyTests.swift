// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import LenderStudyKit
import Testing
import _ExampleTestSupport

@Suite struct LenderStudyTests {
    @Test func verdictsOnPaper004() throws {
        #expect(try PrintedValue.tableI.allSatisfy { try $0.verdict() == .wrong })
        #expect(
            try PrintedValue.tableII.map { try $0.verdict() } == [
                .wrong, .cut, .right, .wrong, .cut, .right, .wrong, .wrong, .right,
            ])
        #expect(try PrintedValue.text.allSatisfy { try $0.verdict() == .right })
        #expect(abs(try PrintedValue.tableI[8].recomputed() - 0.263_075_576_163_838) < 1e-14)
    }

    @Test func writesThePageAndItsFigures() throws {
        try withTemporaryFolder { folder in
            var shares: [Double] = []
            let summary = try LenderStudyRun(
                output: folder, recoveryRuns: 2, choicesPerRun: 90, seed: 1
            ).run { fraction, _ in shares.append(fraction) }
            #expect(shares == [0.5, 1] && summary.contains("5 figures"))
            let page = try String(
                contentsOf: folder.appending(path: "Papers/ProspectTheory.md"), encoding: .utf8)
            #expect(page.contains("| 0.7 | 0.3 | 0.8 | 0.06 | 0.06891 | cut, not rounded |"))
            #expect(page.contains("Right 3, cut 2, wrong 4 of 9."))
            for match in page.matches(of: /\.\.\/Figures\/[a-z0-9-]+\.svg/) {
                let figure = folder.appending(path: "Papers").appending(path: String(match.output))
                let svg = try String(contentsOf: figure.standardized, encoding: .utf8)
                #expect(svg.hasPrefix("<?xml") && !svg.contains("rgb(  1,   2"))
            }
        }
    }

    @Test func badInput() {
        let run = LenderStudyRun(
            output: FileManager.default.temporaryDirectory, recoveryRuns: 0)
        #expect(throws: BehavioralError.self) { try run.run { _, _ in } }
    }
}
