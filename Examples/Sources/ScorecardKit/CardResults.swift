// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Metrics
import Models

/// Everything that one run found out.
struct CardResults {
    var loans: LoanFile
    var validation: CrossValidationReport
    /// What the out-of-fold probabilities are worth.
    var assessment: ValidationReport
    var bins: FittedBinningProcess
    var card: ScorecardModel
    var document: ScorecardDocument
    var scores: [Double]
    var isDefault: [Bool]
    var curve: ROC
    /// In how many loans SQLite's score is the card's.
    var equalInSQL: Int
    var applicant: Int
    var gain: Double
    var reasons: [ScorecardReason]
    var counterfactual: Counterfactual?

    /// Bins, fits, and asks about one applicant.
    ///
    /// - Throws: ``ScorecardRunError`` for the applicant; `FeatureError`, `ModelError`.
    init(
        _ loans: LoanFile, applicant: Int?, gain: Double, seed: UInt64,
        progress: @escaping (Double, String) -> Void
    ) throws {
        let rowCount = loans.table.rowCount
        if let applicant, !(0..<rowCount).contains(applicant) {
            throw ScorecardRunError("there is no loan \(applicant); there are \(rowCount), from 0")
        }
        self.loans = loans
        self.gain = gain
        let recipe = Scorecard(
            BinningProcess(
                OptimalBinning(trend: .automaticMonotone, unknownLevels: .neutral),
                minimumInformationValue: 0.02))
        validation = try CrossValidation(foldCount: 10, seeds: [seed]).evaluate(
            recipe, on: loans.table, target: loans.target, positive: loans.positive
        ) { step in
            progress(0.1 + 0.5 * Double(step.step) / Double(step.stepLimit), "cross-validating")
        }
        progress(0.6, "fitting the card")
        bins = try recipe.binning.fit(
            loans.table, target: loans.target, positive: loans.positive)
        let card = try recipe.fit(
            loans.table, target: loans.target, positive: loans.positive)
        let scores = try card.scores(in: loans.table)
        isDefault = try loans.table.labels(loans.target, positive: loans.positive)
        let probabilities = validation.outOfFoldProbabilities(seed: seed) ?? []
        curve = try ROC(labels: validation.labels, scores: probabilities)
        assessment = try Self.assess(validation.labels, probabilities, loans.ageGroups, seed)
        progress(0.8, "scoring in SQLite")
        equalInSQL = zip(try LoanDatabase(loans.table).scores(by: card), scores)
            .count { $0 == $1 }
        // The loan that stands a fifth of the way up is a typical refusal.
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let row = applicant ?? order[rowCount / 5]
        let isOnCard = Set(card.inputNames).contains
        reasons = try card.reasons(
            for: loans.table[row], statements: loans.statements.filter { isOnCard($0.key) })
        counterfactual = try card.counterfactual(
            for: loans.table[row], improvingBy: gain,
            actionability: loans.actionability.filter { isOnCard($0.key) }, default: .fixed)
        self.card = card
        self.scores = scores
        self.applicant = row
        document = card.document
    }

    /// A default costs five times as much as a good loan that was refused, as the German credit
    /// file's own cost matrix says.
    private static func assess(
        _ labels: [Bool], _ probabilities: [Double], _ ageGroups: [String], _ seed: UInt64
    ) throws(MetricsError) -> ValidationReport {
        var options = ValidationReport.Options()
        options.costs = try CostMatrix(falsePositive: 1, falseNegative: 5)
        options.bootstrap = Bootstrap(replicates: 200, seed: seed)
        return try ValidationReport(
            labels: labels, probabilities: probabilities,
            groups: Set(ageGroups).count > 1 ? ageGroups : nil, options: options)
    }
}

/// Why a run cannot be done.
public struct ScorecardRunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked and what there is.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
