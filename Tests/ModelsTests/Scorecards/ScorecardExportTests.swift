// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import FoundationXML
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

extension XMLElement {
    /// The value of an attribute; `attribute(forName:)` finds none below a default namespace.
    fileprivate func text(_ name: String) -> String? {
        attributes?.first { $0.name == name }?.stringValue
    }
}

@Suite("SC4: exports of a scorecard")
struct ScorecardExportTests {
    @Test("SC4: SQL has one CASE per variable, quoted names and literals, and NULL for refusals")
    func sql() throws {
        let table = try CardSample.make()
        let name = "its \"home\""
        var columns = table.columns.filter { $0.name == "income" || $0.name == "outcome" }
        let homes = try table[column: "home"]
        let levels = (0..<table.rowCount).map { row -> String? in
            guard case .level(let level) = homes[row] else { return nil }
            return level == "own" ? "o'wn; DROP TABLE loans --" : level
        }
        columns.append(try .categorical(name, levels))
        var recipe = CardSample.recipe
        recipe.binning.binning.unknownLevels = .error
        let card = try recipe.fit(Table(columns), target: "outcome", positive: "bad")
        let sql = card.sql(table: "new \"loans\"", keys: ["id"], listsPoints: true)
        #expect(sql.hasPrefix("SELECT\n  \"id\",\n  CASE WHEN \"income\" IS NULL THEN "))
        #expect(sql.hasSuffix(" AS \"score\"\nFROM \"new \"\"loans\"\"\""))
        #expect(sql.contains("WHEN \"its \"\"home\"\"\" IN ("))
        #expect(sql.contains("'o''wn; DROP TABLE loans --'"))
        #expect(sql.contains("AS \"points_its \"\"home\"\"\""))
        #expect(sql.components(separatedBy: "CASE ").count - 1 == 4)
        #expect(sql.contains("ELSE NULL END"))
        // A quote with an accent on it is one character to Swift and two to a database.
        let accent = card.sql(table: "a\"\u{301}b")
        #expect(Array(accent.unicodeScalars).suffix(7) == Array("\"a\"\"\u{301}b\"".unicodeScalars))
    }

    /// Attributes and children of a parsed PMML document.
    private func elements(_ root: XMLElement, _ path: String) throws -> [XMLElement] {
        try root.nodes(forXPath: path).compactMap { $0 as? XMLElement }
    }

    @Test("SC4: PMML has every bin's points, first match first")
    func pmml() throws {
        let table = try CardSample.make()
        for direction in PointsScale.Direction.allCases {
            let card = try CardSample.fitted(
                CardSample.recipe.scaled(PointsScale(direction: direction, intercept: .ownRow)))
            let text = try card.pmml(
                statements: ["age": ReasonStatement(code: "R<2>", text: "young")])
            let root = try #require(try XMLDocument(xmlString: text).rootElement())
            #expect(root.name == "PMML")
            #expect(root.text("version") == "4.4")
            let characteristics = try elements(root, "//*[local-name()='Characteristic']")
            #expect(
                characteristics.map { $0.text("name") }
                    == card.variables.map(\.name))
            #expect(
                characteristics[2].text("reasonCode") == "R<2>")
            let scorecard = try #require(
                try elements(root, "//*[local-name()='Scorecard']").first)
            let start = Double(scorecard.text("initialScore") ?? "")
            #expect(start == card.basePoints)
            for row in 0..<table.rowCount {
                var score = try #require(start)
                for characteristic in characteristics {
                    score += try #require(try partialScore(characteristic, table[row]))
                }
                #expect(try score == card.score(of: table[row]))
            }
        }
    }

    /// The points of the first attribute whose predicate is true, by the rules of PMML.
    private func partialScore(_ characteristic: XMLElement, _ row: Table.Row) throws -> Double? {
        for attribute in characteristic.elements(forName: "Attribute") {
            let predicates = (attribute.children ?? []).compactMap { $0 as? XMLElement }
            #expect(predicates.count == 1)
            if try isTrue(predicates[0], row) {
                return Double(attribute.text("partialScore") ?? "")
            }
        }
        return nil
    }

    private func isTrue(_ predicate: XMLElement, _ row: Table.Row) throws -> Bool {
        func text(_ name: String) -> String { predicate.text(name) ?? "" }
        if predicate.name == "CompoundPredicate" {
            #expect(text("booleanOperator") == "or")
            return try (predicate.children ?? []).compactMap { $0 as? XMLElement }
                .contains { try isTrue($0, row) }
        }
        #expect(predicate.name == "SimplePredicate")
        let value = try row[text("field")]
        switch (text("operator"), value) {
        case ("isMissing", let value): return value == .missing
        case ("isNotMissing", let value): return value != .missing
        case ("lessThan", .number(let number)): return number < Double(text("value"))!
        case ("equal", .number(let number)): return number == Double(text("value"))!
        case ("equal", .level(let level)): return level == text("value")
        default: return false
        }
    }

    @Test("SC4: what XML cannot hold is refused")
    func control() throws {
        let card = try CardSample.fitted()
        let error = modelError { _ = try card.pmml(name: "a\u{1}") }
        #expect(error?.code == .features)
        #expect(error?.message.contains("\\u{01}") == true)
        let unknown = modelError {
            _ = try card.pmml(statements: ["wealth": ReasonStatement(code: "R", text: "")])
        }
        #expect(unknown?.code == .features)
        let text = try card.pmml(name: "a<\u{301} & \"b\"\n")
        #expect(
            text.unicodeScalars.filter { $0 == "<" }.count
                == text.unicodeScalars.filter { $0 == ">" }.count)
        #expect(text.contains("&amp; &quot;b&quot;&#10;"))
    }

    @Test("SC4: JSON, Markdown and CSV have every bin")
    func text() throws {
        let card = try CardSample.fitted(
            CardSample.recipe.scaled(PointsScale(intercept: .ownRow)))
        let document = card.document
        let json = try JSONDecoder().decode(
            ScorecardDocument.self, from: JSONEncoder().encode(document))
        #expect(json == document)
        #expect(document.digest == "\(card.digest)")
        #expect(document.event == "bad" && document.nonEvent == "good")
        let binCount = card.variables.reduce(0) { $0 + $1.points.count }

        let spread = try CardSample.fitted()
        let csv = try Table(
            csvText: spread.document.csv,
            schema: TableSchema([
                .text("variable"), .text("bin"), .numeric("count"), .numeric("share"),
                .numeric("event_rate"), .numeric("weight_of_evidence"),
                .numeric("information_value"), .numeric("points"),
            ]))
        #expect(csv.rowCount == binCount)
        #expect(document.csv.contains("\r\n(base),,,,,,,\(card.basePoints)\r\n"))
        let points = try #require(try csv[column: "points"].numbers)
        #expect(points == spread.variables.flatMap(\.points))
        let evidence = try #require(try csv[column: "weight_of_evidence"].numbers)
        #expect(
            evidence
                == spread.variables.flatMap { $0.binning.bins.map(\.weightOfEvidence) })

        let lines = document.markdown.split(separator: "\n")
        #expect(lines.count == 2 + 1 + binCount + 2 + 1 + 4)
        #expect(lines.allSatisfy { $0.hasPrefix("| ") || $0.hasPrefix("|---") })
        #expect(lines[2].contains("(base)") && lines[2].contains("\(Int(card.basePoints))"))
        #expect(document.markdown.contains("| home | "))
        #expect(document.markdown.contains("| < 0.0001 | "))
    }
}
