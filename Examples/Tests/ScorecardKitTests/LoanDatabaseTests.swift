// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Models
import ScorecardKit
import Testing
import _ExampleTestSupport

/// The exported SQL, run by SQLite.
@Suite struct LoanDatabaseTests {
    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `SC4: SQL gives the points of all 1,000 German loans, on every scale`() throws {
        let table = try Table(csv: SharedData.german, schema: .germanCredit)
        let scales = PointsScale.InterceptPlacement.allCases.flatMap { place in
            PointsScale.Direction.allCases.map { direction in
                PointsScale(direction: direction, intercept: place)
            }
        }
        for scale in scales {
            let card = try Scorecard(scale: scale).fit(table, target: "class", positive: "2")
            let scores = try LoanDatabase(table).scores(by: card)
            #expect(scores.count == 1000)
            #expect(try scores == card.scores(in: table).map(Optional.some))
        }
        let exact = try Scorecard(scale: PointsScale(rounding: .exact))
            .fit(table, target: "class", positive: "2")
        let scores = try LoanDatabase(table).scores(by: exact)
        for (sql, score) in try zip(scores, exact.scores(in: table)) {
            #expect(abs(try #require(sql) - score) < 1e-9)
        }
    }

    /// Loans with hostile names and levels, missing values and special codes.
    private func hostile(_ rows: Range<Int>) throws -> Table {
        let levels = ["o'wn", "\"rent\"; --", "'", "a\u{301}'\u{301}", "", "grün, \\ blau"]
        func draw(_ row: Int, _ stream: Int) -> Int { (row * 7919 + stream * 104_729) % 997 }
        return try Table([
            .numeric(
                "in\"co'me", rows.map { $0 % 11 == 3 ? nil : Double(draw($0, 1) % 60) / 2 }),
            .numeric("select", rows.map { $0 % 7 == 2 ? -9 : Double(draw($0, 2) % 40) }),
            .categorical(
                "\"\u{301} home", rows.map { $0 % 17 == 5 ? nil : levels[draw($0, 3) % 6] }),
            .categorical(
                "outcome",
                rows.map {
                    draw($0, 1) % 60 + draw($0, 2) % 40 + draw($0, 4) % 50 < 70 ? "bad" : "good"
                }),
        ])
    }

    @Test(
        arguments: OptimalBinning.MissingPolicy.allCases,
        OptimalBinning.UnknownLevelPolicy.allCases)
    func `SC4: hostile names and every policy; what the card refuses is NULL`(
        _ missing: OptimalBinning.MissingPolicy, _ unknown: OptimalBinning.UnknownLevelPolicy
    ) throws {
        var binning = OptimalBinning(
            specialCodes: [-9, SpecialCode("empty", numbers: [0.5], levels: [""])],
            missing: missing, unknownLevels: unknown)
        binning.rareLevelShare = 0.1
        let known = try hostile(0..<600)
        let complete = known[
            rows: (0..<600).filter { row in
                missing != .error || known.columns.allSatisfy { !$0.isMissing(row) }
            }]
        let card = try Scorecard(BinningProcess(binning), requiresAgreeingSigns: false)
            .fit(complete, target: "outcome", positive: "bad")
        #expect(card.variables.count == 3)
        var fresh = try hostile(5000..<5400)
        let homes = try fresh.remove(column: "\"\u{301} home")
        try fresh.append(
            .categorical(
                homes.name,
                (0..<400).map { row in
                    if row % 23 == 1 { return "new 'level'" }
                    guard case .level(let level) = homes[row] else { return nil }
                    return level
                }))
        let scores = try LoanDatabase(fresh).scores(by: card)
        var refused = 0
        for row in 0..<400 {
            do {
                #expect(try card.score(of: fresh[row]) == scores[row], "row \(row)")
            } catch {
                refused += 1
                #expect(error.code == .features)
                #expect(scores[row] == nil, "row \(row)")
            }
        }
        #expect((refused > 0) == (missing == .error || unknown == .error))
    }
}
