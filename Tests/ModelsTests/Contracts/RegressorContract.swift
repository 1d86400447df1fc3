// SPDX-License-Identifier: Apache-2.0

import Models
import Testing

/// What every regressor promises.
enum RegressorContract: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case recipeRoundTrip = "a recipe survives JSON and its canonical bytes"
    case invalidRecipe = "an invalid recipe is refused by fit and by its file"
    case refit = "the same fit gives the same bytes"
    case fileRoundTrip = "a model file and its JSON read back to the same bytes"
    case rowByRow = "a row alone has the prediction that it has in a batch"
    case learns = "predictions follow the targets"
    case permutation = "the order of the rows does not matter"
    case weightTwo = "a weight of 2 is the row twice"
    case weightZero = "a weight of 0 is no row"
    case empty = "no rows and no columns are refused"
    case notFinite = "NaN and infinity are refused by row and column, in fits and predictions"
    case wrongWidth = "another number of columns is refused with both numbers"
    case wrongCounts = "too few targets and weights are refused with both numbers"
    case badWeights = "negative and infinite weights are refused by row"
    case oneFeature = "one feature is enough"
    case cancellation = "a cancelled task ends the fit"
    case observer = "the observer sees ascending steps and can stop the fit"

    var testDescription: String { rawValue }

    /// Checks this promise of a recipe.
    func check<Recipe: Regressor>(_ recipe: Recipe, _ given: RegressorCase) async throws {
        let check = RegressorCheck(recipe: recipe, given: given)
        switch self {
        case .recipeRoundTrip: try check.recipeRoundTrip()
        case .invalidRecipe: try check.invalidRecipe()
        case .refit: #expect(try check.fitted().fileBytes == check.fitted().fileBytes)
        case .fileRoundTrip: try check.fileRoundTrip()
        case .rowByRow: try check.rowByRow()
        case .learns: try check.learns()
        case .permutation: try check.permutation()
        case .weightTwo: try check.weightTwo()
        case .weightZero: try check.weightZero()
        case .empty: check.empty()
        case .notFinite: try check.notFinite()
        case .wrongWidth: try check.wrongWidth()
        case .wrongCounts: check.wrongCounts()
        case .badWeights: check.badWeights()
        case .oneFeature: try check.oneFeature()
        case .cancellation: await check.cancellation()
        case .observer: try check.observer()
        }
    }
}

@Suite("Contracts of every regressor")
struct RegressorContractTests {
    @Test(arguments: RegressorCase.all, RegressorContract.allCases)
    func holds(_ given: RegressorCase, _ contract: RegressorContract) async throws {
        try await contract.check(given.recipe, given)
    }
}
