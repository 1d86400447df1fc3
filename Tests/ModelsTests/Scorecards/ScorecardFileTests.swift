// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SC2: the file of a scorecard")
struct ScorecardFileTests {
    static let recipes: [Scorecard] = {
        var recipe = CardSample.recipe.scaled(
            PointsScale(
                .range(lowest: 0, highest: 100), direction: .riskRaisesPoints, intercept: .ownRow))
        recipe.binning.binning.rareLevelShare = 0.05
        recipe.binning.binning.unknownLevels = .rare
        recipe.binning.minimumInformationValue = 0.2
        recipe.maximumPValue = 0.2
        var exact = CardSample.recipe.scaled(PointsScale(rounding: .exact))
        exact.requiresAgreeingSigns = false
        exact.regression = LogisticRegression(penalty: .l2(C: 3))
        return [CardSample.recipe, recipe, exact]
    }()

    @Test("SC2: everything is kept, the scale too", arguments: recipes.indices)
    func roundTrip(_ index: Int) throws {
        let recipe = Self.recipes[index]
        let card = try CardSample.fitted(recipe)
        let copy = try ScorecardModel(fileBytes: card.fileBytes)
        #expect(copy == card)
        #expect(copy.recipe.scale == recipe.scale)
        #expect(copy.fileBytes == card.fileBytes && copy.digest == card.digest)
        #expect(copy.document == card.document)
        let table = try CardSample.make(rows: 100, seed: 99)
        #expect(try copy.scores(in: table) == card.scores(in: table))
        #expect(try copy.probabilities(in: table) == card.probabilities(in: table))
        #expect(try CardSample.fitted(recipe).fileBytes == card.fileBytes)

        let json = try JSONDecoder().decode(
            [ScorecardModel].self, from: JSONEncoder().encode([card]))
        #expect(json == [card])
        let decoded = try JSONDecoder().decode(
            Scorecard.self, from: JSONEncoder().encode(recipe))
        #expect(decoded == recipe)
        #expect(try Scorecard(fileBytes: recipe.fileBytes) == recipe)
    }

    private struct Expected: Decodable {
        var digest: String
        var income, balance, age: [Double?]
        var home: [String?]
        var scores: [Double]
    }

    @Test("SC2: version 1 stays readable, with the same points for ever")
    func golden() throws {
        func url(_ name: String, _ suffix: String) throws -> URL {
            try #require(
                Bundle.module.url(
                    forResource: name, withExtension: suffix, subdirectory: "Golden"))
        }
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: url("scorecard_model_v1", "json")))
        let file = try url("scorecard-model-v1", "credit")
        let card = try ScorecardModel(contentsOf: file)
        #expect("\(card.digest)" == expected.digest)
        #expect(try card.fileBytes == Array(Data(contentsOf: file)))
        #expect(card.recipe == Self.recipes[0])
        let table = try Table([
            .numeric("income", expected.income), .numeric("balance", expected.balance),
            .numeric("age", expected.age), .categorical("home", expected.home),
        ])
        #expect(try card.scores(in: table) == expected.scores)
    }

    @Test("SC2: parts that do not fit together are refused")
    func mixed() throws {
        let card = try CardSample.fitted()
        var bytes = card.canonicalBytes
        let name = Array("income".utf8)
        let start = try #require(
            bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[start] = UInt8(ascii: "I")
        let error = modelError { _ = try ScorecardModel(canonicalBytes: bytes) }
        #expect(error?.code == .invalidFile)
        #expect(error?.message.contains("Income") == true)
        for kind in ["scorecard-model.2", "scorecard-modem.1"] {
            var file = card.fileBytes
            let own = Array(ScorecardModel.kind.utf8)
            let start = try #require(file.indices.first { file[$0...].starts(with: own) })
            file.replaceSubrange(start..<(start + own.count), with: Array(kind.utf8))
            #expect(
                modelError { _ = try ScorecardModel(fileBytes: file) }?.code == .invalidFile)
        }
    }
}
