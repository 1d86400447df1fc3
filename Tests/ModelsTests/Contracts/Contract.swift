// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
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
    case noWeight = "rows of no weight at all are refused"
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

    /// The promises about rows that are vectors.
    private static let ofVectors: Set<Contract> = [
        .inputsUnchanged, .empty, .notFinite, .wrongWidth, .oneFeature, .iterationLimit,
    ]

    static let ofAllRows = allCases.filter { !ofVectors.contains($0) }

    /// Checks this promise of a recipe.
    func check<Recipe: Classifier>(_ recipe: Recipe, _ given: EstimatorCase) async throws {
        let check = ContractCheck(
            recipe: VectorRecipe(recipe), rows: given.sample.features,
            labels: given.sample.labels, invalid: given.invalid.map { vectorRecipe($0) },
            reorderingTolerance: given.reorderingTolerance,
            batchTolerance: given.batchTolerance,
            predictsMostProbable: given.predictsMostProbable)
        switch self {
        case .inputsUnchanged: try check.inputsUnchanged()
        case .empty: check.empty()
        case .notFinite: try check.notFinite()
        case .wrongWidth: try check.wrongWidth()
        case .oneFeature: try check.oneFeature()
        case .iterationLimit: try given.iterationLimit()
        default: try await check.check(self)
        }
    }
}

extension ContractCheck: RowContracts {
    func check(_ contract: Contract) async throws {
        switch contract {
        case .recipeRoundTrip: try recipeRoundTrip()
        case .invalidRecipe: try invalidRecipe()
        case .refit: try refit()
        case .fileRoundTrip: try fileRoundTrip()
        case .jsonRoundTrip: try jsonRoundTrip()
        case .rowByRow: try rowByRow()
        case .probabilities: try probabilities()
        case .permutation: try permutation()
        case .weightTwo: try weightTwo()
        case .weightZero: try weightZero()
        case .oneClass: oneClass()
        case .noWeight: noWeight()
        case .wrongCounts: wrongCounts()
        case .badWeights: badWeights()
        case .cancellation: await cancellation()
        case .observer: try observer()
        default: Issue.record("\(contract) is about vectors")
        }
    }

    func fittedBits() throws -> [[UInt8]] {
        let model = try fitted()
        return [model.fileBytes, try model.probabilities(rows).description.utf8.map { $0 }]
    }
}

@Suite("Contracts of every estimator")
struct ContractTests {
    @Test(arguments: EstimatorCase.all, Contract.allCases)
    func holds(_ given: EstimatorCase, _ contract: Contract) async throws {
        try await contract.check(given.recipe, given)
    }

    @Test("LS1, TX1: rows that are no vectors", arguments: RowCase.allCases, Contract.ofAllRows)
    func holds(_ given: RowCase, _ contract: Contract) async throws {
        try await given.contracts().check(contract)
    }

    @Test(
        "LS1, TX1: the same bytes on one thread and on two, others for another seed",
        arguments: RowCase.allCases)
    func determinism(_ given: RowCase) throws {
        let limit = LoopThreads.limit
        defer { LoopThreads.limit = limit }
        LoopThreads.limit = 1
        let one = try given.contracts().fittedBits()
        LoopThreads.limit = 2
        #expect(try given.contracts().fittedBits() == one)
        #expect(try given.contracts(seed: 4).fittedBits() != one)
    }
}
