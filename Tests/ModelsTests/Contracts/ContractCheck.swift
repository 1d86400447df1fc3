// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// The promises about models and their bytes.
struct ContractCheck<Recipe: Classifier> {
    let recipe: Recipe
    let given: EstimatorCase

    var features: Matrix<Double> { given.sample.features }
    var labels: [Bool] { given.sample.labels }

    func fitted() throws -> Recipe.Model { try recipe.fit(features: features, labels: labels) }

    func recipeRoundTrip() throws {
        let json = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: json) == recipe)
        #expect(try Recipe(canonicalBytes: recipe.canonicalBytes) == recipe)
        #expect(try Recipe(fileBytes: recipe.fileBytes) == recipe)
        #expect(Set([recipe, recipe]).count == 1)
    }

    func invalidRecipe() throws {
        for invalid in given.invalid { try refuses(invalid) }
    }

    private func refuses(_ invalid: some Classifier) throws {
        #expect(modelError { try invalid.validate() }?.code == .invalidRecipe)
        #expect(
            modelError { _ = try invalid.fit(features: features, labels: labels) }?.code
                == .invalidRecipe)
        #expect(
            modelError { _ = try type(of: invalid).init(fileBytes: invalid.fileBytes) }?.code
                == .invalidFile)
    }

    func refit() throws {
        #expect(try fitted().fileBytes == fitted().fileBytes)
    }

    func fileRoundTrip() throws {
        let model = try fitted()
        let copy = try Recipe.Model(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(copy.fileBytes == model.fileBytes)
        #expect(copy.digest == model.digest)
        #expect(try copy.probabilities(features) == model.probabilities(features))
        #expect(copy.classes == ["false", "true"])
        #expect(copy.featureNames.count == features.columnCount)
    }

    func jsonRoundTrip() throws {
        let model = try fitted()
        let json = try JSONEncoder().encode([model])
        #expect(try JSONDecoder().decode([Recipe.Model].self, from: json) == [model])
    }

    func rowByRow() throws {
        let model = try fitted()
        let batch = try model.probabilities(features)
        let alone = try (0..<features.rowCount).map { row in
            try model.probabilities(features.gatheringRows([row]))[0]
        }
        let reversed = try model.probabilities(
            features.gatheringRows((0..<features.rowCount).reversed()))
        if given.batchTolerance == 0 {
            #expect(alone.map(\.bitPattern) == batch.map(\.bitPattern))
            #expect(reversed.reversed().map(\.bitPattern) == batch.map(\.bitPattern))
        } else {
            expectClose(alone, batch, absolute: given.batchTolerance)
            expectClose(reversed.reversed(), batch, absolute: given.batchTolerance)
        }
    }

    func probabilities() throws {
        let model = try fitted()
        let columns = try model.classProbabilities(features)
        let positive = try model.probabilities(features)
        let predicted = try model.predictedClasses(features)
        #expect(columns.rowCount == features.rowCount)
        #expect(columns.columnCount == model.classes.count)
        #expect(columns.column(1).elements == positive)
        for row in 0..<features.rowCount {
            let sum = columns.row(row).elements.reduce(0, +)
            expectClose(sum, 1, absolute: 1e-15)
            #expect(columns.row(row).elements.allSatisfy { (0...1).contains($0) })
            guard given.predictsMostProbable else {
                #expect(model.classes.contains(predicted[row]))
                continue
            }
            #expect(predicted[row] == model.classes[columns[row, 1] > columns[row, 0] ? 1 : 0])
        }
        // A model that ignores the features would pass all of the above.
        let spread = positive.max()! - positive.min()!
        #expect(spread > 0.1)
        let named = try recipe.fit(features: features, labels: labels.map { $0 ? "bad" : "good" })
        #expect(named.classes == ["bad", "good"])
        // A random choice of rows may depend on the order of the classes.
        guard given.reorderingTolerance != nil else { return }
        expectClose(
            try named.classProbabilities(features).column(0).elements, positive, relative: 1e-9)
    }

    func permutation() throws {
        guard let tolerance = given.reorderingTolerance else { return }
        var generator = TestGenerator(seed: 3)
        let order = (0..<features.rowCount).shuffled(using: &generator)
        let shuffled = try recipe.fit(
            features: features.gatheringRows(order), labels: order.map { labels[$0] })
        try expectSame(shuffled, try fitted(), tolerance)
    }

    func weightTwo() throws {
        guard let tolerance = given.reorderingTolerance else { return }
        let repeated = (0..<features.rowCount).flatMap { row in
            [Int](repeating: row, count: 1 + row % 3)
        }
        let weighted = try recipe.fit(
            features: features, labels: labels,
            weights: (0..<features.rowCount).map { Double(1 + $0 % 3) })
        let longer = try recipe.fit(
            features: features.gatheringRows(repeated), labels: repeated.map { labels[$0] })
        try expectSame(weighted, longer, tolerance)
    }

    func weightZero() throws {
        guard let tolerance = given.reorderingTolerance else { return }
        let kept = (0..<features.rowCount).filter { $0 % 4 != 0 }
        let weighted = try recipe.fit(
            features: features, labels: labels,
            weights: (0..<features.rowCount).map { $0 % 4 == 0 ? 0 : 1 })
        let shorter = try recipe.fit(
            features: features.gatheringRows(kept), labels: kept.map { labels[$0] })
        try expectSame(weighted, shorter, tolerance)
    }

    private func expectSame(
        _ model: Recipe.Model, _ reference: Recipe.Model, _ tolerance: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        expectClose(
            try model.probabilities(features), try reference.probabilities(features),
            relative: tolerance, absolute: tolerance, sourceLocation: sourceLocation)
    }

    func inputsUnchanged() throws {
        let copy = Matrix(
            rowCount: features.rowCount, columnCount: features.columnCount,
            elements: Array(features.elements))
        let model = try fitted()
        _ = try model.probabilities(features)
        #expect(copy == features)
    }

    func oneFeature() throws {
        let column = Matrix(
            rowCount: features.rowCount, columnCount: 1, elements: features.column(0).elements)
        let model = try recipe.fit(features: column, labels: labels)
        #expect(model.featureNames == ["x0"])
        #expect(try model.probabilities(column).allSatisfy { $0 > 0 && $0 < 1 })
    }
}
