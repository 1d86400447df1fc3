// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// Several classifiers, fitted to the same rows, that vote on the class.
///
/// ```swift
/// let recipe = VotingClassifier([
///     EnsembleMember("lr", LogisticRegression()),
///     EnsembleMember("nb", NaiveBayes(.gaussian())),
/// ], weights: [2, 1])
/// ```
///
/// Reference: Kuncheva, Combining Pattern Classifiers, 2014, doi:10.1002/9781118914564.
public struct VotingClassifier: Classifier {
    /// What is counted.
    public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
        /// The mean of the members' probabilities.
        case soft
        /// The share of the members that find a class the most probable; of equal ones the first.
        case hard
    }

    /// The classifiers.
    public var members: [EnsembleMember]

    /// How much each member counts, above 0; all the same where `nil`.
    public var weights: [Double]?

    /// What is counted.
    public var rule: Rule

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(_ members: [EnsembleMember], weights: [Double]? = nil, rule: Rule = .soft) {
        self.members = members
        self.weights = weights
        self.rule = rule
    }

    /// Checks the hyperparameters, those of the members too.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`; the message names the member.
    public func validate() throws(ModelError) {
        try members.validate()
        try Self.check(weights, count: members.count)
    }

    static func check(_ weights: [Double]?, count: Int) throws(ModelError) {
        guard let weights else { return }
        guard weights.count == count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw ModelError(
                .invalidRecipe, "the weights \(weights) for \(count) members, not one above 0 each")
        }
    }

    /// Fits every member to all rows.
    ///
    /// - Parameters:
    ///   - data: rows that every member takes.
    ///   - progress: sees every fitted member.
    /// - Throws: ``ModelError`` with the codes of the members, whose names are in the messages.
    /// - Complexity: the sum of the members'.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> VotingModel {
        try validate()
        var models: [AnyClassifierModel] = []
        for member in members {
            try checkCancellation("member '\(member.name)'")
            models.append(
                try member.labelled { () throws(ModelError) in
                    try member.classifier.fit(data, progress: nil)
                })
            try FitProgress(step: models.count, stepLimit: members.count, objective: nil)
                .report(to: progress)
        }
        return VotingModel(
            fitted: FittedMembers(names: members.map(\.name), models: models), weights: weights,
            rule: rule)
    }
}
