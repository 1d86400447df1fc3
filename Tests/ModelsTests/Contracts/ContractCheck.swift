// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// A recipe, rows of two classes, and what the contracts need to know of them.
struct ContractCheck<Recipe: RowRecipe> {
    let recipe: Recipe
    let rows: Recipe.Rows
    let labels: [Bool]

    /// Recipes that are refused.
    var invalid: [any RowRecipe<Recipe.Rows>]

    /// As of ``EstimatorCase``.
    var reorderingTolerance: Double?
    var batchTolerance = 0.0
    var predictsMostProbable = true

    /// The difference that rows of weight 0 may make where the fit is random in the rows.
    var weightZeroTolerance: Double?

    var rowNumbers: Range<Int> { labels.indices }

    func fitted() throws -> Recipe.Model { try fit(rows, labels) }

    func fit(
        _ rows: Recipe.Rows, _ labels: [Bool], weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> Recipe.Model {
        try recipe.fit(rows, labels: ClassLabels(labels), weights: weights, progress: progress)
    }
}

/// The promises about models and their bytes.
extension ContractCheck {

    func recipeRoundTrip() throws {
        let json = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: json) == recipe)
        #expect(try Recipe(canonicalBytes: recipe.canonicalBytes) == recipe)
        #expect(try Recipe(fileBytes: recipe.fileBytes) == recipe)
        #expect(Set([recipe, recipe]).count == 1)
    }

    func invalidRecipe() throws {
        for invalid in invalid { try refuses(invalid) }
    }

    private func refuses(_ invalid: some RowRecipe<Recipe.Rows>) throws {
        #expect(modelError { try invalid.validate() }?.code == .invalidRecipe)
        let labels = ClassLabels(labels)
        #expect(
            modelError {
                _ = try invalid.fit(rows, labels: labels, weights: nil, progress: nil)
            }?.code == .invalidRecipe)
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
        #expect(try copy.probabilities(rows) == model.probabilities(rows))
        #expect(copy.classes == ["false", "true"])
    }

    func jsonRoundTrip() throws {
        let model = try fitted()
        let json = try JSONEncoder().encode([model])
        #expect(try JSONDecoder().decode([Recipe.Model].self, from: json) == [model])
    }

    func rowByRow() throws {
        let model = try fitted()
        let batch = try model.probabilities(rows)
        let alone = try rowNumbers.map { try model.probabilities(rows[rows: [$0]])[0] }
        let reversed = try model.probabilities(rows[rows: rowNumbers.reversed()])
        if batchTolerance == 0 {
            #expect(alone.map(\.bitPattern) == batch.map(\.bitPattern))
            #expect(reversed.reversed().map(\.bitPattern) == batch.map(\.bitPattern))
        } else {
            expectClose(alone, batch, absolute: batchTolerance)
            expectClose(reversed.reversed(), batch, absolute: batchTolerance)
        }
    }

    func probabilities() throws {
        let model = try fitted()
        let columns = try model.classProbabilities(rows)
        let positive = try model.probabilities(rows)
        let predicted = try model.predictedClasses(rows)
        #expect(columns.rowCount == labels.count)
        #expect(columns.columnCount == model.classes.count)
        #expect(columns.column(1).elements == positive)
        for row in rowNumbers {
            let sum = columns.row(row).elements.reduce(0, +)
            expectClose(sum, 1, absolute: 1e-15)
            #expect(columns.row(row).elements.allSatisfy { (0...1).contains($0) })
            guard predictsMostProbable else {
                #expect(model.classes.contains(predicted[row]))
                continue
            }
            #expect(predicted[row] == model.classes[columns[row, 1] > columns[row, 0] ? 1 : 0])
        }
        // A model that ignores the features would pass all of the above.
        let spread = positive.max()! - positive.min()!
        #expect(spread > 0.1)
        let named = try recipe.fit(
            rows, labels: ClassLabels(labels.map { $0 ? "bad" : "good" }), weights: nil,
            progress: nil)
        #expect(named.classes == ["bad", "good"])
        // A random choice of rows may depend on the order of the classes.
        guard reorderingTolerance != nil else { return }
        expectClose(
            try named.classProbabilities(rows).column(0).elements, positive, relative: 1e-9)
    }

    func permutation() throws {
        guard let tolerance = reorderingTolerance else { return }
        var generator = TestGenerator(seed: 3)
        let order = rowNumbers.shuffled(using: &generator)
        let shuffled = try fit(rows[rows: order], order.map { labels[$0] })
        try expectSame(shuffled, try fitted(), tolerance)
    }

    func weightTwo() throws {
        guard let tolerance = reorderingTolerance else { return }
        let repeated = rowNumbers.flatMap { row in [Int](repeating: row, count: 1 + row % 3) }
        let weighted = try fit(rows, labels, weights: rowNumbers.map { Double(1 + $0 % 3) })
        let longer = try fit(rows[rows: repeated], repeated.map { labels[$0] })
        try expectSame(weighted, longer, tolerance)
    }

    func weightZero() throws {
        guard let tolerance = reorderingTolerance ?? weightZeroTolerance else { return }
        let kept = rowNumbers.filter { $0 % 4 != 0 }
        let weighted = try fit(rows, labels, weights: rowNumbers.map { $0 % 4 == 0 ? 0 : 1 })
        let shorter = try fit(rows[rows: kept], kept.map { labels[$0] })
        try expectSame(weighted, shorter, tolerance)
    }

    private func expectSame(
        _ model: Recipe.Model, _ reference: Recipe.Model, _ tolerance: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        expectClose(
            try model.probabilities(rows), try reference.probabilities(rows),
            relative: tolerance, absolute: tolerance, sourceLocation: sourceLocation)
    }
}

/// The promises that are about vectors.
extension ContractCheck where Recipe.Rows == Matrix<Double> {
    func inputsUnchanged() throws {
        let copy = Matrix(
            rowCount: rows.rowCount, columnCount: rows.columnCount,
            elements: Array(rows.elements))
        let model = try fitted()
        _ = try model.probabilities(rows)
        #expect(copy == rows)
    }

    func oneFeature<Base>() throws where Recipe == VectorRecipe<Base> {
        let column = Matrix(
            rowCount: rows.rowCount, columnCount: 1, elements: rows.column(0).elements)
        let model = try fit(column, labels)
        #expect(model.base.featureNames == ["x0"])
        #expect(try model.probabilities(column).allSatisfy { $0 > 0 && $0 < 1 })
    }
}
