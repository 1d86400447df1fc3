// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// Fits a model to accepted applications and to refused ones, whose outcome nobody has seen.
///
/// A model of accepted loans alone learns from those that an earlier rule thought good. Each method
/// makes rows with outcomes and weights of the refused applications, or weighs the accepted ones,
/// by an assumption that no data can check; ``SelectionProbit`` estimates one instead.
///
/// ```swift
/// let fit = try RejectInference(.fuzzy()).fit(
///     recipe, accepted: loans, rejected: refusals, target: "class", positive: "bad")
/// let risk = try fit.model.probabilities(in: applications)
/// ```
///
/// Source: Siddiqi, Credit Risk Scorecards, 2006, chapter 6; Crook and Banasik, Does reject
/// inference really improve the performance of application scoring models?, 2004,
/// doi:10.1016/j.jbankfin.2003.10.010.
public struct RejectInference: Codable, Hashable, Sendable {
    /// How refused applications get an outcome.
    public enum Method: Codable, Hashable, Sendable {
        /// Those with a probability of at least the threshold, by the model of accepted ones, are
        /// positive, the others are not.
        case hardCutoff(threshold: Double)
        /// The accepted ones stand for the refused ones that are as likely to be accepted: in each
        /// band of the probability of acceptance their weights sum to those of all applications. No
        /// refused one is in the fit. Bands without accepted ones join the band above.
        case augmentation(bandCount: Int = 10)
        /// In each band of the probability by the model of accepted ones, a random share of the
        /// refused ones is positive: the accepted ones' share in the band times the factor, at
        /// most 1.
        case parcelling(bandCount: Int = 10, factor: Double = 1)
        /// Each refused one is two rows, positive with the weight of its probability by the model
        /// of accepted ones times the factor, at most 1, and negative with the rest.
        case fuzzy(factor: Double = 1)
        /// As fuzzy, with a probability that follows the accepted ones' outcomes over the log-odds
        /// of acceptance and of the first model, and goes on beyond them.
        case extrapolation
    }

    /// How refused applications get an outcome.
    public var method: Method

    /// The seed of random outcomes.
    public var seed: UInt64

    /// A plan.
    public init(_ method: Method, seed: UInt64 = 0) {
        self.method = method
        self.seed = seed
    }

    /// Checks the values.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        switch method {
        case .hardCutoff(let threshold):
            guard threshold >= 0, threshold <= 1 else {
                throw ModelError(.invalidRecipe, "a threshold of \(threshold), not within 0...1")
            }
        case .augmentation(let bandCount): try Self.check(bandCount)
        case .parcelling(let bandCount, let factor):
            try Self.check(bandCount)
            try Self.check(factor)
        case .fuzzy(let factor): try Self.check(factor)
        case .extrapolation: break
        }
    }

    private static func check(_ bandCount: Int) throws(ModelError) {
        guard bandCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(bandCount) bands, not 1 or more")
        }
    }

    private static func check(_ factor: Double) throws(ModelError) {
        guard factor > 0, factor.isFinite else {
            throw ModelError(.invalidRecipe, "a factor of \(factor), not a finite number above 0")
        }
    }

    /// Fits the recipe to accepted applications, infers the outcomes of refused ones, and fits it
    /// again to both.
    ///
    /// The probability of acceptance, where the method needs it, is fitted with the same recipe.
    ///
    /// - Parameters:
    ///   - recipe: a pipeline with its estimator, or a scorecard.
    ///   - accepted: applications with their outcome.
    ///   - rejected: applications with the same columns; the target need not be there.
    ///   - target: the column of the outcome.
    ///   - positive: the outcome whose probability is modelled.
    ///   - weights: one per accepted application.
    ///   - progress: sees every fit.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty` for no refused applications,
    ///   `features` for other columns, and the codes of the recipe.
    public func fit<Recipe: TableRecipe>(
        _ recipe: Recipe, accepted: Table, rejected: Table, target: String, positive: String,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> RejectInferenceFit<Recipe.Model> {
        try validate()
        guard rejected.rowCount > 0 else {
            throw ModelError(.empty, "there are no refused applications")
        }
        let labels = try accepted.classLabels(target, positive: positive)
        let weights = try checkedWeights(weights, rows: accepted.rowCount)
        let names = accepted.columnNames.filter { $0 != target }
        let inputs = try featureStep { () throws(FeatureError) in
            try Table(concatenating: [accepted.selecting(names), rejected.selecting(names)])
        }
        let known = try recipe.fit(
            accepted, target: target, positive: positive, weights: weights, progress: nil)
        try FitProgress(step: 1, stepLimit: 3, objective: nil).report(to: progress)
        var applicants = Applicants(
            outcomes: labels.isPositive, weights: weights,
            probabilities: try known.probabilities(in: inputs), acceptance: nil)
        if needsAcceptance {
            applicants.acceptance = try acceptance(recipe, inputs, weights)
        }
        try FitProgress(step: 2, stepLimit: 3, objective: nil).report(to: progress)
        let rows = try inferredRows(applicants).filter { $0.weight > 0 }
        let outcomes = rows.map { labels.classes[$0.isPositive ? 1 : 0] }
        let table = try featureStep { () throws(FeatureError) in
            var table = inputs[rows: rows.map(\.source)]
            try table.append(.categorical(target, outcomes, levels: labels.classes))
            return table
        }
        let model = try recipe.fit(
            table, target: target, positive: positive, weights: rows.map(\.weight), progress: nil)
        try FitProgress(step: 3, stepLimit: 3, objective: nil).report(to: progress)
        return RejectInferenceFit(
            model: model, knownModel: known, table: table, weights: rows.map(\.weight),
            isRejected: rows.map { $0.source >= accepted.rowCount })
    }

    private var needsAcceptance: Bool {
        switch method {
        case .augmentation, .extrapolation: true
        case .hardCutoff, .parcelling, .fuzzy: false
        }
    }

    /// The probability of acceptance of every application by the same recipe.
    private func acceptance(
        _ recipe: some TableRecipe, _ inputs: Table, _ weights: [Double]
    ) throws(ModelError) -> [Double] {
        var name = "accepted"
        while inputs.contains(column: name) { name += "_" }
        let column = name
        let values = (0..<inputs.rowCount).map { $0 < weights.count ? "yes" : "no" }
        let table = try featureStep { () throws(FeatureError) in
            var table = inputs
            try table.append(.categorical(column, values))
            return table
        }
        let rejectedCount = inputs.rowCount - weights.count
        return try recipe.fit(
            table, target: column, positive: "yes",
            weights: weights + [Double](repeating: 1, count: rejectedCount), progress: nil
        ).probabilities(in: inputs)
    }
}

/// What a ``RejectInference`` found.
public struct RejectInferenceFit<Model: TableModel>: Sendable {
    /// The model of all applications.
    public let model: Model

    /// The model of the accepted ones alone.
    public let knownModel: Model

    /// The rows that ``model`` was fitted to, accepted ones first, with their outcomes in the
    /// target.
    public let table: Table

    /// The weight of every row of ``table``.
    public let weights: [Double]

    /// Whether each row of ``table`` is of a refused application.
    public let isRejected: [Bool]

    /// The share of positive outcomes that was given to the refused applications; `nil` where none
    /// is in the fit.
    public var rejectedRate: Double? { rate(isRejected: true) }

    /// The share of positive outcomes of the accepted applications, as they count in the fit.
    public var acceptedRate: Double? { rate(isRejected: false) }

    private func rate(isRejected: Bool) -> Double? {
        guard let target = try? table[column: model.target] else { return nil }
        var positive = 0.0
        var total = 0.0
        for row in weights.indices where self.isRejected[row] == isRejected {
            total += weights[row]
            if target[row].text == model.positiveClass { positive += weights[row] }
        }
        return total > 0 ? positive / total : nil
    }
}
