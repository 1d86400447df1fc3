// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// The promises of ``RegressorContract``.
struct RegressorCheck<Recipe: Regressor> {
    let recipe: Recipe
    let given: RegressorCase

    var features: Matrix<Double> { given.sample.features }
    var targets: [Double] { given.sample.targets }
    private var rows: Range<Int> { 0..<features.rowCount }

    func fitted() throws -> Recipe.Model { try recipe.fit(features: features, targets: targets) }

    private func refusal(
        _ features: Matrix<Double>, _ targets: [Double], weights: [Double]? = nil
    ) -> ModelError? {
        modelError { _ = try recipe.fit(features: features, targets: targets, weights: weights) }
    }

    func recipeRoundTrip() throws {
        let json = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: json) == recipe)
        #expect(try Recipe(fileBytes: recipe.fileBytes) == recipe)
        #expect(Set([recipe, recipe]).count == 1)
    }

    func invalidRecipe() throws {
        for invalid in given.invalid { try refuses(invalid) }
    }

    private func refuses(_ invalid: some Regressor) throws {
        #expect(modelError { try invalid.validate() }?.code == .invalidRecipe)
        #expect(
            modelError { _ = try invalid.fit(features: features, targets: targets) }?.code
                == .invalidRecipe)
        #expect(
            modelError { _ = try type(of: invalid).init(fileBytes: invalid.fileBytes) }?.code
                == .invalidFile)
    }

    func fileRoundTrip() throws {
        let model = try fitted()
        let copy = try Recipe.Model(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(copy.fileBytes == model.fileBytes)
        #expect(try copy.predictions(features) == model.predictions(features))
        #expect(copy.featureNames.count == features.columnCount)
        let json = try JSONEncoder().encode([model])
        #expect(try JSONDecoder().decode([Recipe.Model].self, from: json) == [model])
    }

    func rowByRow() throws {
        let model = try fitted()
        let batch = try model.predictions(features)
        let alone = try rows.map { try model.predictions(features.gatheringRows([$0]))[0] }
        if given.batchTolerance == 0 {
            #expect(alone.map(\.bitPattern) == batch.map(\.bitPattern))
        } else {
            expectClose(alone, batch, absolute: given.batchTolerance)
        }
    }

    func learns() throws {
        let predictions = try fitted().predictions(features)
        #expect(predictions.count == targets.count)
        let mean = targets.reduce(0, +) / Double(targets.count)
        let spread = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let errors = zip(targets, predictions).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(errors < spread / 2)
    }

    func permutation() throws {
        var generator = TestGenerator(seed: 3)
        let order = rows.shuffled(using: &generator)
        try expectSame(
            try recipe.fit(
                features: features.gatheringRows(order), targets: order.map { targets[$0] }),
            try fitted())
    }

    func weightTwo() throws {
        let repeated = rows.flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
        try expectSame(
            try recipe.fit(
                features: features, targets: targets, weights: rows.map { Double(1 + $0 % 3) }),
            try recipe.fit(
                features: features.gatheringRows(repeated), targets: repeated.map { targets[$0] }))
    }

    func weightZero() throws {
        let kept = rows.filter { $0 % 4 != 0 }
        try expectSame(
            try recipe.fit(
                features: features, targets: targets, weights: rows.map { $0 % 4 == 0 ? 0 : 1 }),
            try recipe.fit(
                features: features.gatheringRows(kept), targets: kept.map { targets[$0] }))
    }

    private func expectSame(
        _ model: Recipe.Model, _ reference: Recipe.Model,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard let tolerance = given.reorderingTolerance else { return }
        expectClose(
            try model.predictions(features), try reference.predictions(features),
            relative: tolerance, absolute: tolerance, sourceLocation: sourceLocation)
    }

    func empty() {
        #expect(refusal(.zeros(0, 3), [])?.code == .empty)
        #expect(refusal(.zeros(targets.count, 0), targets)?.code == .empty)
        let weights = [Double](repeating: 0, count: targets.count)
        #expect(refusal(features, targets, weights: weights)?.code == .empty)
    }

    func notFinite() throws {
        let model = try fitted()
        for value in [Double.nan, .infinity, -.infinity] {
            var broken = features
            broken[7, 2] = value
            let errors = [
                refusal(broken, targets), modelError { _ = try model.predictions(broken) },
            ]
            for error in errors {
                #expect(error?.code == .nonFinite)
                #expect(error?.message.contains("row 7, column 2") == true)
            }
            var brokenTargets = targets
            brokenTargets[3] = value
            let error = refusal(features, brokenTargets)
            #expect(error?.code == .nonFinite)
            #expect(error?.message.contains("row 3") == true)
        }
    }

    func wrongWidth() throws {
        let model = try fitted()
        let width = features.columnCount
        for other in [width - 1, width + 1] {
            let error = modelError { _ = try model.predictions(.zeros(2, other)) }
            #expect(error?.code == .wrongWidth)
            #expect(error?.message.contains("\(other) columns") == true)
            #expect(error?.message.contains("\(width) features") == true)
        }
        #expect(try model.predictions(.zeros(0, width)).isEmpty)
    }

    func wrongCounts() {
        let count = targets.count
        let targetError = refusal(features, Array(targets.dropLast()))
        #expect(targetError?.code == .invalidLabels)
        #expect(targetError?.message == "\(count - 1) targets for \(count) rows")
        let weightError = refusal(features, targets, weights: [1, 2])
        #expect(weightError?.code == .invalidWeights)
        #expect(weightError?.message == "2 weights for \(count) rows")
    }

    func badWeights() {
        for value in [-1, .nan, .infinity] as [Double] {
            var weights = [Double](repeating: 1, count: targets.count)
            weights[5] = value
            let error = refusal(features, targets, weights: weights)
            #expect(error?.code == .invalidWeights)
            #expect(error?.message.contains("row 5") == true)
        }
    }

    func oneFeature() throws {
        let column = Matrix(
            rowCount: features.rowCount, columnCount: 1, elements: features.column(0).elements)
        let model = try recipe.fit(features: column, targets: targets)
        #expect(model.featureNames == ["x0"])
        #expect(try model.predictions(column).allSatisfy(\.isFinite))
    }

    func cancellation() async {
        let task = Task { () -> ModelError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return modelError { _ = try fitted() }?.code
        }
        #expect(await task.value == .cancelled)
        #expect(throws: Never.self) { try fitted() }
    }

    func observer() throws {
        // The steps of every stage in a row, in the order of the stages.
        var stages: [(name: String?, steps: [Int])] = []
        let watched = try recipe.fit(features: features, targets: targets) { progress in
            if stages.isEmpty || stages[stages.count - 1].name != progress.stage {
                stages.append((progress.stage, []))
            }
            stages[stages.count - 1].steps.append(progress.step)
            #expect(progress.step <= progress.stepLimit)
        }
        #expect(!stages.isEmpty)
        for stage in stages { #expect(stage.steps == Array(1...stage.steps.count)) }
        #expect(try watched == fitted())
        let error = modelError {
            _ = try recipe.fit(features: features, targets: targets) { $0.stop() }
        }
        #expect(error?.code == .cancelled)
    }
}
