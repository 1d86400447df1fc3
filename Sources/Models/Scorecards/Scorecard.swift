// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A credit scorecard: optimal bins of every variable, a logistic regression on their weights of
/// evidence, and points for every bin.
///
/// ```swift
/// let recipe = Scorecard(BinningProcess(OptimalBinning(trend: .automaticMonotone)))
/// let card = try recipe.fit(loans, target: "class", positive: "2")
/// let page = card.document.markdown
/// let score = try card.score(of: applications[0])
/// let reasons = try card.reasons(for: applications[0])
/// ```
///
/// With `w` the weight of evidence of a row's bin, `ln(share of non-events / share of events)`, the
/// log-odds of the event are `b + sum of c[i] * w[i]`; a coefficient that agrees with its bins is
/// negative. The points of a bin are its term on the ``PointsScale``.
///
/// The fit is deterministic, and a weight of 2 is the row twice. Bins are learnt from the rows that
/// are fitted to only, so cross-validation of the recipe bins inside every fold.
///
/// References: Siddiqi, Credit Risk Scorecards, 2006, doi:10.1002/9781119201731; Thomas, Edelman
/// and Crook, Credit Scoring and Its Applications, 2002, doi:10.1137/1.9781611974560.
public struct Scorecard: TableRecipe, Codable, Hashable {
    /// How variables are binned, and which information values they must have.
    public var binning: BinningProcess
    /// The regression on weights of evidence; without a penalty the card has p-values.
    public var regression: LogisticRegression
    /// How log-odds become points.
    public var scale: PointsScale
    /// Whether a variable is left out whose coefficient contradicts its bins, so that a bin with
    /// more risk would get better points.
    ///
    /// One is left out at a time, that with the largest coefficient, and the rest fitted anew.
    public var requiresAgreeingSigns: Bool
    /// The largest p-value that a variable may have; `nil` for any.
    ///
    /// Those above it are left out one at a time, the largest first. It needs a regression without
    /// a penalty.
    public var maximumPValue: Double?

    /// A recipe; its values are checked by every fit.
    public init(
        _ binning: BinningProcess = BinningProcess(),
        regression: LogisticRegression = LogisticRegression(penalty: .none),
        scale: PointsScale = PointsScale(), requiresAgreeingSigns: Bool = true,
        maximumPValue: Double? = nil
    ) {
        self.binning = binning
        self.regression = regression
        self.scale = scale
        self.requiresAgreeingSigns = requiresAgreeingSigns
        self.maximumPValue = maximumPValue
    }

    /// Checks scale, regression and selection; the bins' recipe is checked when they are fitted.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try regression.validate()
        try scale.validate()
        guard let maximumPValue else { return }
        guard maximumPValue > 0, maximumPValue <= 1 else {
            throw ModelError(
                .invalidRecipe, "the largest p-value is \(maximumPValue), not in 0...1 or 0")
        }
        guard regression.penalty == .none else {
            throw ModelError(
                .invalidRecipe, "a largest p-value with a penalty, which leaves no p-values")
        }
    }
}
