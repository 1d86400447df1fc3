// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
public import Models

/// The model of the example: what it is, how it was judged, and what it says of every applicant.
public struct CreditModel: Sendable {
    /// Missing values by median and mode, numbers at mean 0 and deviation 1, levels as columns of
    /// 0 and 1, then logistic regression with an L2 penalty of C = 1.
    ///
    /// A level that no training row had, as a rare one in a fold, counts as none of the others.
    public static let recipe = Pipeline(
        .impute(.median), .standardise(), .oneHot(unknown: .ignore)
    ).then(LogisticRegression(penalty: .l2(C: 1)))

    /// The model that was trained on every loan.
    public var model: PipelineModel<LogisticRegression>
    /// How models of the same recipe did on loans they had not seen, in ten-fold cross-validation.
    public var quality: ScoreQuality

    /// Cross-validates the recipe and trains it on the whole book.
    ///
    /// - Parameter progress: Sees the share of the folds that is done.
    /// - Throws: `ModelError` for a book that cannot be learnt from, such as one with fewer than
    ///   ten loans of an outcome; `MetricsError` never in practice.
    public init(_ book: LoanBook, seed: UInt64, progress: @escaping (Double) -> Void) throws {
        let report = try CrossValidation(foldCount: 10, seeds: [seed]).evaluate(
            Self.recipe, on: book.table, target: book.target, positive: book.positive
        ) { fold in progress(Double(fold.step) / Double(fold.stepLimit)) }
        quality = try ScoreQuality(report)
        model = try Self.recipe.fit(book.table, target: book.target, positive: book.positive)
    }

    /// The features that move the log-odds most: numbers per standard deviation, levels as such.
    func strongestFeatures(_ count: Int) -> [(name: String, coefficient: Double)] {
        zip(model.model.featureNames, model.model.coefficients)
            .map { (name: $0, coefficient: $1) }
            .sorted { abs($0.coefficient) > abs($1.coefficient) }
            .prefix(count).map { $0 }
    }
}
