// SPDX-License-Identifier: Apache-2.0

extension FairnessAssessment {
    /// The greatest difference of selection rates, in `0...1`; 0 is demographic parity.
    public var demographicParityDifference: Double { Self.gap(groups.map(\.selectionRate)) }

    /// The least selection rate divided by the greatest, in `0...1`; nil when nobody is selected.
    public var demographicParityRatio: Double? { Self.ratio(groups.map(\.selectionRate)) }

    /// Whether the ``demographicParityRatio`` is at least four fifths, the rule of thumb of the US
    /// Uniform Guidelines on Employee Selection Procedures (29 CFR 1607.4).
    public var meetsFourFifthsRule: Bool { (demographicParityRatio ?? 1) >= 0.8 }

    /// The greatest difference of favourable decisions among those whose outcome was favourable.
    ///
    /// Nil when some group has no such outcome.
    public var equalOpportunityDifference: Double? {
        Self.all(groups.map(\.opportunity)).map(Self.gap)
    }

    /// The least such rate divided by the greatest.
    ///
    /// Nil when some group has no such outcome, and when all rates are 0.
    public var equalOpportunityRatio: Double? {
        Self.all(groups.map(\.opportunity)).flatMap(Self.ratio)
    }

    /// The greater one of the differences of favourable decisions among those whose outcome was
    /// favourable, and among those whose outcome was not.
    ///
    /// Nil when some group lacks one of the two.
    public var equalisedOddsDifference: Double? {
        guard let opportunity = equalOpportunityDifference,
            let undeserved = Self.all(groups.map(\.undeserved)).map(Self.gap)
        else { return nil }
        return max(opportunity, undeserved)
    }

    /// The lesser one of the two ratios; nil as ``equalisedOddsDifference``, and when all rates of
    /// one kind are 0.
    public var equalisedOddsRatio: Double? {
        guard let opportunity = equalOpportunityRatio,
            let undeserved = Self.all(groups.map(\.undeserved)).flatMap(Self.ratio)
        else { return nil }
        return min(opportunity, undeserved)
    }

    /// The greatest difference of the groups' areas under the ROC curve; nil when one is.
    public var aucDifference: Double? { Self.all(groups.map(\.auc)).map(Self.gap) }

    /// The greatest difference between the groups of "mean score minus share of positives": how
    /// differently a probability errs.
    ///
    /// Nil without a score.
    public var calibrationDifference: Double? {
        Self.all(groups.map { group in group.meanScore.map { $0 - group.matrix.prevalence } })
            .map(Self.gap)
    }

    private static func gap(_ values: [Double]) -> Double {
        (values.max() ?? 0) - (values.min() ?? 0)
    }

    private static func ratio(_ values: [Double]) -> Double? {
        guard let least = values.min(), let greatest = values.max(), greatest > 0 else {
            return nil
        }
        return least / greatest
    }

    private static func all(_ values: [Double?]) -> [Double]? {
        let known = values.compactMap { $0 }
        return known.count == values.count ? known : nil
    }
}
