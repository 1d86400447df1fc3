// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
public import LinearAlgebra

/// A fitted network that reads texts and gives class probabilities.
///
/// The probabilities of a text have the same bits alone and in every batch.
public struct TextClassifierModel: Codable, Hashable, Sendable {
    /// The recipe that was fitted.
    public let recipe: TextClassifier

    let fusion: FusionClassifierModel

    init(_ recipe: TextClassifier, _ fusion: FusionClassifierModel) {
        self.recipe = recipe
        self.fusion = fusion
    }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { fusion.classes }

    /// The vocabulary, in the order of its columns; `nil` where terms are hashed.
    public var terms: [String]? {
        if case .vocabulary(let vectoriser) = fusion.layout.terms { vectoriser.terms } else { nil }
    }

    /// The epochs of the training, for a chart of its losses.
    public var history: [TrainingEpoch] { fusion.history }

    /// The number of parameters.
    public var parameterCount: Int { fusion.parameterCount }

    /// The probability of every class, (texts x classes); each row sums to 1.
    ///
    /// Terms that are not in the vocabulary count for nothing, and a missing text is an empty one.
    ///
    /// - Throws: ``ModelError`` with code `empty` without a text.
    /// - Complexity: O(terms of all texts * sums + texts * other parameters).
    public func classProbabilities(_ texts: [String?]) throws(ModelError) -> Matrix<Double> {
        try fusion.classProbabilities(FusionInputs(texts: texts))
    }

    /// The probability of the last class, the positive one of two, one for each text.
    ///
    /// - Throws: ``ModelError`` with code `empty` without a text.
    public func probabilities(_ texts: [String?]) throws(ModelError) -> [Double] {
        try fusion.probabilities(FusionInputs(texts: texts))
    }

    /// The most probable class of every text; of equal ones the first.
    ///
    /// - Throws: ``ModelError`` with code `empty` without a text.
    public func predictedClasses(_ texts: [String?]) throws(ModelError) -> [String] {
        try fusion.predictedClasses(FusionInputs(texts: texts))
    }
}
