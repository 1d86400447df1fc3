// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SC6: the reasons of a score")
struct ScorecardReasonTests {
    private let table: Table
    private let card: ScorecardModel

    init() throws {
        table = try CardSample.make()
        card = try CardSample.fitted()
    }

    @Test("SC6: the largest distances below the best points, at most four, each once")
    func best() throws {
        let points = try card.points(in: table)
        for row in 0..<table.rowCount {
            let reasons = try card.reasons(for: table[row])
            let shortfalls = card.variables.enumerated().map { index, variable in
                (variable.name, variable.highestPoints - points[row, index])
            }
            let below = shortfalls.filter { $0.1 > 0 }
            #expect(reasons.count == min(4, below.count))
            #expect(reasons.isEmpty == (try card.score(of: table[row]) == card.highestScore))
            #expect(Set(reasons.map(\.statement.code)).count == reasons.count)
            for reason in reasons {
                #expect(
                    shortfalls.contains {
                        $0.0 == reason.statement.code && $0.1 == reason.shortfall
                    })
            }
            #expect(reasons.map(\.shortfall) == reasons.map(\.shortfall).sorted(by: >))
            // Nothing that is left out costs more than what is told.
            let told = Set(reasons.map(\.statement.code))
            let untold = below.filter { !told.contains($0.0) }.map(\.1).max() ?? 0
            #expect(untold <= reasons.last?.shortfall ?? 0)
        }
    }

    @Test("SC6: against the mean the shortfalls are the SHAP values of the card")
    func mean() throws {
        let points = try card.points(in: table)
        let means = (0..<4).map { points.column($0).elements.reduce(0, +) / 500 }
        for row in 0..<50 {
            let losses = try card.reasons(for: table[row], comparedWith: .mean).flatMap(\.losses)
            let expected = (0..<4).compactMap { column -> Double? in
                let shap = points[row, column] - means[column]
                return shap < 0 ? -shap : nil
            }
            if expected.isEmpty { continue }
            expectClose(losses.map(\.shortfall), expected.sorted(by: >), relative: 1e-9)
        }
    }

    @Test(
        "SC6: reasons are never empty while anything is below the best",
        arguments: [
            ScorecardModel.ReasonReference.mean, .neutral,
        ])
    func neverEmpty(_ reference: ScorecardModel.ReasonReference) throws {
        for row in 0..<table.rowCount {
            let reasons = try card.reasons(for: table[row], comparedWith: reference)
            #expect(reasons.isEmpty == (try card.score(of: table[row]) == card.highestScore))
        }
    }

    @Test("SC6: ties stand in the order of the card")
    func ties() throws {
        // Points that are all 0 or 1 tie often.
        let coarse = try CardSample.fitted(
            CardSample.recipe.scaled(PointsScale(.range(lowest: 0, highest: 4))))
        let order = coarse.variables.map(\.name)
        var tied = 0
        for row in 0..<table.rowCount {
            let reasons = try coarse.reasons(for: table[row])
            for (first, second) in zip(reasons, reasons.dropFirst())
            where first.shortfall == second.shortfall {
                tied += 1
                #expect(
                    order.firstIndex(of: first.statement.code)!
                        < order.firstIndex(of: second.statement.code)!)
            }
        }
        #expect(tied > 100)
    }

    @Test("SC6: variables of one statement are one reason, and denial codes are told once")
    func statements() throws {
        let statements = [
            "income": ReasonStatement(
                code: "R1", text: "Income or debts", denialReason: .debtToIncomeRatio),
            "balance": ReasonStatement(
                code: "R1", text: "Income or debts", denialReason: .debtToIncomeRatio),
            "age": ReasonStatement(
                code: "R2", text: "Length of history", denialReason: .creditHistory),
        ]
        var seen: Set<Int> = []
        for row in 0..<table.rowCount {
            let plain = try card.reasons(for: table[row])
            let reasons = try card.reasons(for: table[row], statements: statements)
            #expect(Set(reasons.map(\.statement.code)).count == reasons.count)
            expectClose(
                reasons.reduce(0) { $0 + $1.shortfall }, plain.reduce(0) { $0 + $1.shortfall },
                relative: 1e-12)
            for reason in reasons {
                #expect(
                    reason.shortfall == reason.losses.reduce(0) { $0 + $1.shortfall })
                if reason.statement.code == "home" {
                    #expect(reason.statement.denialReason == .other)
                }
            }
            let codes = reasons.hmdaDenialReasons.map(\.rawValue)
            #expect(codes.isEmpty == reasons.isEmpty)
            #expect(codes.count <= 4 && Set(codes).count == codes.count)
            #expect(codes.allSatisfy { (1...9).contains($0) })
            seen.formUnion(codes)
        }
        #expect(seen == [1, 3, 9])
        #expect(HMDADenialReason.allCases.map(\.rawValue) == Array(1...9))
    }

    @Test("SC6: where risk raises points, reasons are points above the best")
    func reversed() throws {
        let risky = try CardSample.fitted(
            CardSample.recipe.scaled(
                PointsScale(direction: .riskRaisesPoints, rounding: .exact)))
        let safe = try CardSample.fitted(
            CardSample.recipe.scaled(PointsScale(rounding: .exact)))
        for row in 0..<60 {
            let left = try risky.reasons(for: table[row])
            let right = try safe.reasons(for: table[row])
            #expect(left.map(\.statement) == right.map(\.statement))
            expectClose(left.map(\.shortfall), right.map(\.shortfall), relative: 1e-9)
        }
    }

    @Test("A limit, an unknown variable and a reason's parts")
    func parts() throws {
        let row = try CardSample.row(income: 12, balance: 39, age: 20, home: "rent")
        let reasons = try card.reasons(for: row, limit: 2)
        #expect(reasons.count == 2)
        let loss = try #require(reasons.first?.losses.first)
        let variable = try card[variable: loss.variable]
        #expect(variable.labels.contains(loss.bin))
        #expect(loss.points + loss.shortfall == variable.highestPoints)
        #expect(modelError { _ = try card.reasons(for: row, limit: 0) }?.code == .invalidRecipe)
        let unknown = modelError {
            _ = try card.reasons(
                for: row, statements: ["wealth": ReasonStatement(code: "R9", text: "")])
        }
        #expect(unknown?.code == .features)
        #expect(unknown?.message.contains("'wealth'") == true)
    }
}
