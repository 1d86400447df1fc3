// SPDX-License-Identifier: Apache-2.0

import Models
import Testing

/// What every estimator promises.
enum Contract: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case recipeRoundTrip = "a recipe survives JSON and its canonical bytes"
    case invalidRecipe = "an invalid recipe is refused by fit and by its file"
    case refit = "the same fit gives the same bytes"
    case fileRoundTrip = "a model file reads back to the same bytes"
    case jsonRoundTrip = "a model survives JSON bit by bit"
    case rowByRow = "a row alone has the probability that it has in a batch"
    case probabilities = "probabilities are within 0...1 and sum to 1 in the order of classes"
    case permutation = "the order of the rows does not matter"
    case weightTwo = "a weight of 2 is the row twice"
    case weightZero = "a weight of 0 is no row"
    case inputsUnchanged = "fitting leaves its inputs unchanged"
    case oneClass = "one class is refused"
    case empty = "no rows and no columns are refused"
    case notFinite = "NaN and infinity are refused by row and column, in fits and predictions"
    case wrongWidth = "another number of columns is refused with both numbers"
    case wrongCounts = "too few labels and weights are refused with both numbers"
    case badWeights = "negative and infinite weights are refused by row"
    case oneFeature = "one feature is enough"
    case cancellation = "a cancelled task ends the fit"
    case observer = "the observer sees ascending steps and can stop the fit"
    case iterationLimit = "an iteration limit is reported, not passed over"

    var testDescription: String { rawValue }

    /// Checks this promise of a recipe.
    func check<Recipe: Classifier>(_ recipe: Recipe, _ given: EstimatorCase) async throws {
        let check = ContractCheck(recipe: recipe, given: given)
        switch self {
        case .recipeRoundTrip: try check.recipeRoundTrip()
        case .invalidRecipe: try check.invalidRecipe()
        case .refit: try check.refit()
        case .fileRoundTrip: try check.fileRoundTrip()
        case .jsonRoundTrip: try check.jsonRoundTrip()
        case .rowByRow: try check.rowByRow()
        case .probabilities: try check.probabilities()
        case .permutation: try check.permutation()
        case .weightTwo: try check.weightTwo()
        case .weightZero: try check.weightZero()
        case .inputsUnchanged: try check.inputsUnchanged()
        case .oneClass: check.oneClass()
        case .empty: check.empty()
        case .notFinite: try check.notFinite()
        case .wrongWidth: try check.wrongWidth()
        case .wrongCounts: check.wrongCounts()
        case .badWeights: check.badWeights()
        case .oneFeature: try check.oneFeature()
        case .cancellation: await check.cancellation()
        case .observer: try check.observer()
        case .iterationLimit: try check.iterationLimit()
        }
    }
}

@Suite("Contracts of every estimator")
struct ContractTests {
    @Test(arguments: EstimatorCase.all, Contract.allCases)
    func holds(_ given: EstimatorCase, _ contract: Contract) async throws {
        try await contract.check(given.recipe, given)
    }
}
