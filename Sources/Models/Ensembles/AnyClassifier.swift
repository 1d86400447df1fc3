// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A classifier whose kind is only known when the program runs, for lists of different ones.
///
/// ```swift
/// let candidates = [AnyClassifier(LogisticRegression()), AnyClassifier(NaiveBayes(.gaussian()))]
/// ```
///
/// Its file names the kind of the classifier in it. The classifiers of this library are read back,
/// other than ensembles, which have lists of classifiers themselves and are not part of one; a file
/// with a kind of your own is refused, so keep that recipe in a file of its own.
public struct AnyClassifier: Classifier {
    /// The recipe itself.
    public let base: any Classifier

    /// Wraps a recipe; one that is wrapped already stays as it is.
    public init(_ base: some Classifier) {
        self.base = (base as? AnyClassifier)?.base ?? base
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`, also for an ensemble.
    public func validate() throws(ModelError) {
        if base is VotingClassifier || base is StackingClassifier {
            throw ModelError(.invalidRecipe, "an ensemble in a list of classifiers")
        }
        try base.validate()
    }

    /// Fits the classifier.
    ///
    /// - Throws: ``ModelError`` with the codes of the classifier.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> AnyClassifierModel {
        try validate()
        return try AnyClassifierModel(base.fit(data, progress: progress))
    }

    /// Whether both wrap recipes of one kind with equal values.
    public static func == (left: AnyClassifier, right: AnyClassifier) -> Bool {
        type(of: left.base).kind == type(of: right.base).kind
            && left.base.canonicalBytes == right.base.canonicalBytes
    }

    /// Hashes the kind and the values.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(type(of: base).kind)
        hasher.combine(base.canonicalBytes)
    }
}

extension AnyClassifier {
    private enum CodingKeys: String, CodingKey {
        case kind
        case recipe
    }

    /// Encodes the kind and the recipe.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type(of: base).kind, forKey: .kind)
        try container.encode(base, forKey: .recipe)
    }

    /// Decodes a recipe of a kind of this library.
    ///
    /// - Throws: `DecodingError.dataCorrupted` for another kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(String.self, forKey: .kind)
        guard let type = ClassifierKinds.recipe(kind) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container,
                debugDescription: "'\(kind)' is no classifier of this library")
        }
        self = try Self.decode(type, from: container)
    }

    private static func decode<Recipe: Classifier>(
        _ type: Recipe.Type, from container: KeyedDecodingContainer<CodingKeys>
    ) throws -> AnyClassifier {
        AnyClassifier(try container.decode(type, forKey: .recipe))
    }
}
