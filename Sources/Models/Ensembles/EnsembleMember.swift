// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
internal import LinearAlgebra

/// A classifier in an ensemble, with a name for messages and features.
public struct EnsembleMember: Codable, Hashable, Sendable {
    /// The name, once in an ensemble.
    public let name: String

    /// The recipe.
    public let classifier: AnyClassifier

    /// A member.
    public init(_ name: String, _ classifier: some Classifier) {
        self.name = name
        self.classifier = AnyClassifier(classifier)
    }
}

extension EnsembleMember: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        classifier.encode(to: &encoder)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        classifier = try AnyClassifier(from: &decoder)
    }
}

extension [EnsembleMember] {
    /// Checks the names and every recipe.
    func validate() throws(ModelError) {
        guard !isEmpty else { throw ModelError(.invalidRecipe, "an ensemble without members") }
        let names = map(\.name)
        guard Set(names).count == count, !names.contains("") else {
            throw ModelError(
                .invalidRecipe, "names of members that are empty or not different: \(names)")
        }
        for member in self {
            try member.labelled { () throws(ModelError) in
                try member.classifier.validate()
            }
        }
    }
}

extension EnsembleMember {
    /// Runs `body`, its error with the member's name in the message.
    func labelled<Result>(_ body: () throws(ModelError) -> Result) throws(ModelError) -> Result {
        do {
            return try body()
        } catch {
            throw ModelError(
                error.code, "member '\(name)': \(error.message)", underlying: error.underlying)
        }
    }
}

/// The fitted members of an ensemble, all of the same classes and features.
struct FittedMembers: Equatable, Sendable {
    let names: [String]
    let models: [AnyClassifierModel]

    var classes: [String] { models[0].classes }
    var featureNames: [String] { models[0].featureNames }

    /// The class probabilities of every member.
    func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Matrix<Double>] {
        var all: [Matrix<Double>] = []
        for model in models { all.append(try model.classProbabilities(features)) }
        return all
    }
}

extension FittedMembers: CanonicalCodable {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: names)
        encoder.encode(models) { encoder, model in model.encode(to: &encoder) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        names = try decoder.decodeStrings()
        models = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try AnyClassifierModel(from: &decoder)
        }
        guard let first = models.first, names.count == models.count,
            Set(names).count == names.count, !names.contains("")
        else { throw decoder.error("\(models.count) members with the names \(names)") }
        guard
            models.allSatisfy({
                $0.classes == first.classes && $0.featureNames == first.featureNames
            })
        else { throw decoder.error("members of different classes or features") }
    }
}
