// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Models
import Testing
import _CreditTestSupport

@Suite("SE1: model cards")
struct ModelCardTests {
    private func card() throws -> ModelCard {
        let table = try LoanTable.make()
        let model = try LoanTable.fitted()
        var card = try ModelCard(of: model, name: "Loans | small", version: "1.0")
        card.summary = "Scores small loans."
        card.intendedUses = ["Applications up to 10,000"]
        card.limitations = ["Few rows"]
        try card.describeTraining(on: table, name: "Made up")
        try card.evaluate(
            model, on: LoanTable.make(seed: 6), name: "Fresh", groups: ["home"])
        card.add(
            try CrossValidation(foldCount: 3, seeds: [1, 2]).evaluate(
                LoanTable.recipe, on: table, target: "outcome", positive: "bad"),
            name: "Three folds, twice")
        card.setImportances(
            try PermutationImportance(repeatCount: 2).importances(of: model, on: table))
        return card
    }

    @Test("numbers are those of the model and the tables")
    func numbers() throws {
        let card = try card()
        let model = try LoanTable.fitted()
        #expect(card.describes(model))
        #expect(card.modelKind == PipelineModel<LogisticRegression>.kind)
        #expect(card.modelDigest == "\(model.digest)")
        #expect(card.inputNames == ["amount", "age", "home"])
        let table = try LoanTable.make()
        let training = try #require(card.training)
        #expect(training.rowCount == 90)
        #expect(training.columns[0].missingCount == (try table[column: "amount"].missingCount))
        let ages = try #require(try table[column: "age"].numbers)
        #expect(training.columns[1].minimum == ages.min())
        expectClose(training.columns[1].mean!, ages.reduce(0, +) / 90, relative: 1e-14)
        #expect(training.columns[2].levelCount == 3 && training.columns[2].mean == nil)
        let fresh = try LoanTable.make(seed: 6)
        let labels = try fresh.labels("outcome", positive: "bad")
        let scores = try FoldScores(
            labels: labels, probabilities: model.probabilities(in: fresh))
        #expect(card.evaluations[0].scores[0].value == scores.rocAUC)
        #expect(card.evaluations[0].scores.map(\.value).last == scores.logLoss)
        #expect(card.evaluations[0].groups.reduce(0) { $0 + $1.rowCount } == 90)
        #expect(card.evaluations[0].groups.last?.level == "missing")
        let positives = card.evaluations[0].groups.reduce(0) {
            $0 + $1.positiveRate * Double($1.rowCount)
        }
        expectClose(positives, Double(labels.count { $0 }), absolute: 1e-10)
        #expect(card.evaluations[1].scores.allSatisfy { $0.spread! > 0 })
        #expect(card.importances[0].loss >= card.importances[1].loss)
    }

    @Test("files, JSON and digests keep and tell everything")
    func files() throws {
        let card = try card()
        #expect(try ModelCard(fileBytes: card.fileBytes) == card)
        #expect(
            try JSONDecoder().decode(ModelCard.self, from: Data(card.json.utf8)) == card)
        var other = card
        other.limitations.append("")
        #expect(other.digest != card.digest)
        #expect(try self.card().digest == card.digest)
        let bytes = card.canonicalBytes
        for count in stride(from: 0, to: bytes.count, by: 41) {
            #expect(
                modelError { _ = try ModelCard(canonicalBytes: Array(bytes.prefix(count))) }?.code
                    == .invalidFile)
        }
    }

    @Test("Markdown has every part and its tables hold")
    func markdown() throws {
        let card = try card()
        let text = card.markdown
        #expect(text.hasPrefix("# Loans \\| small 1.0\n\nScores small loans.\n"))
        for part in [
            "## Intended uses\n\n- Applications up to 10,000", "## Limitations",
            "## Training data: Made up", "## Evaluation: Fresh",
            "## Evaluation: Three folds, twice",
            "| home | missing |", "## Importance of columns", "| SHA-256 | \(card.modelDigest) |",
            "SHA-256 of this card: \(card.digest)\n",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("## Not for"))
    }

    @Test("another model and unknown columns are refused")
    func refusals() throws {
        var card = try card()
        let table = try LoanTable.make()
        let other = try LoanTable.recipe.fit(
            LoanTable.make(seed: 9), target: "outcome", positive: "bad")
        #expect(!card.describes(other))
        let before = card
        #expect(
            modelError { try card.evaluate(other, on: table, name: "x") }?.code == .incompatible)
        let own = try LoanTable.fitted()
        #expect(
            modelError { try card.evaluate(own, on: table, name: "x", groups: ["sex"]) }?.code
                == .features)
        #expect(card == before)
        let function = TableFunction(inputNames: ["age"]) { _ in 0.5 }
        #expect(
            modelError { _ = try ModelCard(of: function, name: "x", version: "1") }?.code
                == .invalidFile)
    }
}
