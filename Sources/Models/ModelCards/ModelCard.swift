// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// What a model is, what it was made of and how well it does: for the people who approve and use
/// it.
///
/// ```swift
/// var card = try ModelCard(of: model, name: "Consumer loans", version: "1.2.0")
/// card.intendedUses = ["Applications for consumer loans up to 10,000"]
/// try card.describeTraining(on: training, name: "Loans of 2024")
/// try card.evaluate(model, on: holdOut, name: "Loans of 2025", groups: ["sex"])
/// card.markdown
/// card.digest
/// ```
///
/// The numbers are computed from models and tables; the sentences are yours. The card names the
/// model by the digest of its file and has a digest of its own, so both can be anchored on a ledger
/// and checked against each other. It has no clock: dates are sentences too.
///
/// Source: Mitchell and others, Model cards for model reporting, 2019, doi:10.1145/3287560.3287596.
public struct ModelCard: Codable, Hashable, Sendable {
    /// The name of the model.
    public var name: String

    /// The version of the model, in your own count.
    public var version: String

    /// A paragraph on the model.
    public var summary = ""

    /// Who answers for the model.
    public var contacts: [String] = []

    /// What the model is for.
    public var intendedUses: [String] = []

    /// What the model is not for.
    public var excludedUses: [String] = []

    /// Known limits.
    public var limitations: [String] = []

    /// Risks to people, and what is done about them.
    public var considerations: [String] = []

    /// The kind of the model's file, such as `scorecard-model.1`.
    public let modelKind: String

    /// The digest of the model's file, in hexadecimal digits.
    public let modelDigest: String

    /// The column that the model predicts.
    public let target: String

    /// The class whose probability the model gives.
    public let positiveClass: String

    /// The columns that the model takes.
    public let inputNames: [String]

    /// The rows that the model was fitted to, where they were described.
    public internal(set) var training: DataSummary?

    /// How well the model does, in the order in which it was tried.
    public internal(set) var evaluations: [Evaluation] = []

    /// The importance of columns, where it was given.
    public internal(set) var importances: [Importance] = []

    /// A card of a model, without data and scores yet.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile` for a model whose file bytes are none.
    public init(of model: some TableModel, name: String, version: String) throws(ModelError) {
        let file = try ModelFile(bytes: model.fileBytes)
        self.name = name
        self.version = version
        modelKind = file.kind
        modelDigest = file.digest.description
        target = model.target
        positiveClass = model.positiveClass
        inputNames = model.inputNames
    }

    /// Whether the card is of `model`, by its digest.
    public func describes(_ model: some TableModel) -> Bool {
        model.digest.description == modelDigest
    }

    /// Describes the rows that the model was fitted to.
    ///
    /// - Throws: ``ModelError`` with code `features` for a column that is not there,
    ///   `invalidLabels` or `oneClass` for the target.
    public mutating func describeTraining(on table: Table, name: String) throws(ModelError) {
        training = try DataSummary(
            table, name: name, target: target, positive: positiveClass, inputs: inputNames)
    }

    /// Adds the scores of a model on rows that it was not fitted to.
    ///
    /// - Parameters:
    ///   - model: the model of this card.
    ///   - table: the rows, with the target.
    ///   - name: of the rows.
    ///   - groups: columns of levels, inputs or not, whose levels are scored apart.
    /// - Throws: ``ModelError`` with code `incompatible` for another model, `features` for a
    ///   column, `invalidLabels`, or `invalidSplit` where the rows cannot be scored.
    public mutating func evaluate(
        _ model: some TableModel, on table: Table, name: String, groups: [String] = []
    ) throws(ModelError) {
        guard describes(model) else {
            throw ModelError(
                .incompatible, "the model \(model.digest), the card is of \(modelDigest)")
        }
        evaluations.append(try Evaluation(model, table, name: name, groups: groups))
    }

    /// Adds the scores of cross-validation: their means over all folds, with the spreads.
    public mutating func add(_ report: CrossValidationReport, name: String) {
        evaluations.append(Evaluation(report, name: name))
    }

    /// Sets the importance of columns, the most important first.
    public mutating func setImportances(_ importances: FeatureImportances) {
        self.importances = importances.ranked.map {
            Importance(
                name: $0.name, loss: $0.importance, spread: $0.summary.standardDeviation,
                score: importances.scoreName)
        }
    }
}
