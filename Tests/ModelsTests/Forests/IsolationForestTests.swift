// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("OD1: isolation forest")
struct IsolationForestTests {
    private func rows(_ count: Int, outliers: Int, seed: UInt64) -> Matrix<Double> {
        var generator = TestGenerator(seed: seed)
        var elements: [Double] = []
        for row in 0..<count {
            for _ in 0..<3 {
                let sum = (0..<6).reduce(0) { sum, _ in
                    sum + Double.random(in: -1...1, using: &generator)
                }
                elements.append(row < outliers ? 9 + sum : sum)
            }
        }
        return Matrix(rowCount: count, columnCount: 3, elements: elements)
    }

    @Test("rows far from the others score highest", arguments: propertySeeds(3))
    func outliers(_ seed: UInt64) throws {
        let features = rows(500, outliers: 5, seed: seed)
        let model = try IsolationForest(treeCount: 60, seed: seed).fit(features)
        let scores = try model.anomalyScores(features)
        let highest = Set(scores.indices.sorted { scores[$0] > scores[$1] }.prefix(5))
        #expect(highest == Set(0..<5), "seed \(seed)")
        #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(scores[5...].filter { $0 < 0.55 }.count > 440)
    }

    @Test("two rows are parted by one split, which is what is expected: a score of one half")
    func closedForm() throws {
        let features = Matrix<Double>(rows: [[0], [1]])
        let scores = try IsolationForest(treeCount: 7).fit(features).anomalyScores(features)
        expectClose(scores, [0.5, 0.5], relative: 1e-15)
        // 2 H(255) - 2 * 255 / 256 for trees of 256 rows, by the definition of the harmonic number.
        let same = Matrix<Double>.zeros(300, 2)
        let model = try IsolationForest(treeCount: 3).fit(same)
        #expect(try model.anomalyScores(same).allSatisfy { abs($0 - 0.5) < 1e-15 })
    }

    @Test("files, refits and refusals")
    func contract() throws {
        let features = rows(80, outliers: 2, seed: 1)
        let recipe = IsolationForest(treeCount: 5, rowCount: 32, seed: 8)
        let model = try recipe.fit(features)
        #expect(try recipe.fit(features).fileBytes == model.fileBytes)
        #expect(try IsolationForestModel(fileBytes: model.fileBytes) == model)
        #expect(
            try JSONDecoder().decode(
                IsolationForestModel.self, from: JSONEncoder().encode(model)) == model)
        #expect(try IsolationForest(fileBytes: recipe.fileBytes) == recipe)
        for invalid in [IsolationForest(treeCount: 0), IsolationForest(rowCount: 1)] {
            #expect(modelError { _ = try invalid.fit(features) }?.code == .invalidRecipe)
        }
        #expect(modelError { _ = try recipe.fit(.zeros(0, 2)) }?.code == .empty)
        var broken = features
        broken[3, 1] = .nan
        #expect(modelError { _ = try recipe.fit(broken) }?.code == .nonFinite)
        #expect(modelError { _ = try model.anomalyScores(broken) }?.code == .nonFinite)
        #expect(modelError { _ = try model.anomalyScores(.zeros(2, 5)) }?.code == .wrongWidth)
    }
}
