// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import Testing

/// The contracts of a recipe, whatever its rows are.
protocol RowContracts {
    func check(_ contract: Contract) async throws
    /// The bytes of a model and the bits of its probabilities.
    func fittedBits() throws -> [[UInt8]]
}

/// An estimator whose rows are no vectors.
enum RowCase: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case last = "sequences, their last steps"
    case mean = "sequences, the mean of their steps"
    case attention = "sequences in both directions, attention"
    case fusion = "four parts together"
    case weighted = "texts of weighted terms"
    case hashed = "texts of hashed terms"
    case embedded = "texts of embedded terms"

    var testDescription: String { rawValue }

    /// Its recipe and rows.
    func contracts(seed: UInt64 = 3) throws -> any RowContracts {
        switch self {
        case .last: try Self.sequences(quickRecipe(epochs: 8, dropout: 0.1), seed)
        case .mean: try Self.sequences(quickRecipe(.gru, pooling: .mean, epochs: 8), seed)
        case .attention:
            try Self.sequences(
                quickRecipe(pooling: .attention, epochs: 8, isBidirectional: true), seed)
        case .fusion: try Self.fusion(seed)
        case .weighted: try Self.texts(.weighted(.tfidf()), seed)
        case .hashed: try Self.texts(.hashed(HashingVectoriser(columnCount: 64)), seed)
        case .embedded: try Self.texts(.embedded(.counts(), width: 4), seed)
        }
    }

    private static func sequences(
        _ recipe: SequenceClassifier, _ seed: UInt64
    ) throws -> any RowContracts {
        let sample = try SequenceSample(rows: 90, seed: 1)
        var recipe = recipe
        recipe.training.seed = seed
        return ContractCheck(
            recipe: recipe, rows: sample.inputs, labels: sample.labels.isPositive,
            invalid: changed(
                recipe,
                [
                    { $0.network.hiddenCount = 0 }, { $0.network.dropout = 1 },
                    { $0.network.forgetOffset = .nan }, { $0.network.truncation = 0 },
                    { $0.training.epochLimit = 0 }, { $0.focal = -1 },
                    { $0.classWeighting = .factors([1, 0]) },
                ]), weightZeroTolerance: 0)
    }

    private static func fusion(_ seed: UInt64) throws -> any RowContracts {
        let sample = try FusionSample(rows: 90, seed: 5)
        var recipe = FusionSample.recipe(epochs: 6, dropout: 0.1)
        recipe.training.seed = seed
        return ContractCheck(
            recipe: recipe, rows: sample.inputs, labels: sample.defaulted,
            invalid: changed(
                recipe,
                [
                    { $0.sequences.pooling = nil }, { $0.sequences.hiddenCount = 0 },
                    { $0.hiddenLayers = [HiddenLayer(0)] }, { $0.focalExponent = -1 },
                    { $0.texts.terms = .hashed(HashingVectoriser(columnCount: 0)) },
                    { $0.texts.terms = .hashed(HashingVectoriser(columnCount: 1 << 30)) },
                    { $0.texts.terms = .embedded(.counts(), width: 0) },
                    { $0.texts.terms = .weighted(.tfidf(.words(0...1))) },
                ]), weightZeroTolerance: 0)
    }

    private static func texts(
        _ terms: TextNetwork.Terms, _ seed: UInt64
    ) throws -> any RowContracts {
        let sample = try FusionSample(rows: 90, seed: 5)
        let recipe = TextClassifier(
            TextNetwork(terms, layers: [HiddenLayer(6, dropout: 0.1)]),
            training: NetworkTraining(
                epochLimit: 8, batchSize: 16, optimiser: .adam(learningRate: 0.02), seed: seed))
        return ContractCheck(
            recipe: recipe, rows: sample.inputs.texts ?? [], labels: sample.defaulted,
            invalid: changed(
                recipe,
                [{ $0.network.layers = [HiddenLayer(0)] }, { $0.training.batchSize = 0 }]),
            weightZeroTolerance: 0)
    }

    private static func changed<Recipe: RowRecipe>(
        _ recipe: Recipe, _ changes: [(inout Recipe) -> Void]
    ) -> [any RowRecipe<Recipe.Rows>] {
        changes.map { change in
            var recipe = recipe
            change(&recipe)
            return recipe
        }
    }
}
