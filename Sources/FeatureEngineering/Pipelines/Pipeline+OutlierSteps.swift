// SPDX-License-Identifier: Apache-2.0

extension Pipeline.Step {
    /// Moves numbers beyond a limit on either side to that limit.
    public static func winsorise(
        _ rule: Winsorisation.Rule, only columns: [String]? = nil
    ) -> Self {
        Self(Winsorisation(rule: rule, columns: columns))
    }

    /// Leaves training rows out that lie far from the others; new rows pass as they are.
    public static func eliminateOutliers(
        _ rule: OutlierElimination.Rule, only columns: [String]? = nil
    ) -> Self {
        Self(OutlierElimination(rule, columns: columns))
    }
}

extension FittedPipeline {
    /// What each elimination of outliers found among the training rows, in the order of the steps.
    public var outlierReports: [OutlierReport] {
        steps.compactMap { ($0.transformation as? FittedOutlierElimination)?.report }
    }
}
