// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering

extension TransformerCase {
    /// The transformers of numbers, levels and dates.
    static let transforming: [TransformerCase] =
        LogarithmTransformation.Form.allCases.map {
            TransformerCase(
                "logarithm \($0)", .logarithm($0, minimumSkewness: 0.1), .impute(), .oneHot())
        }
        + [2, 10, 1000].flatMap { count in
            QuantileTransformation.Distribution.allCases.map {
                TransformerCase(
                    "\(count) quantiles \($0)", .quantileTransform($0, quantiles: count),
                    .impute(), .oneHot())
            }
        }
        + [
            TransformerCase("Yeo-Johnson", .yeoJohnson(), .impute(), .oneHot(), reports: true),
            TransformerCase(
                "Yeo-Johnson, plain", .yeoJohnson(standardise: false), .impute(), .oneHot()),
            TransformerCase("robust scaling", .robustScale(), .impute(), .oneHot()),
            TransformerCase(
                "min-max", .minMaxScale(to: -1...2, clip: true), .impute(), .oneHot()),
            TransformerCase("max-abs", .maxAbsScale(), .impute(), .oneHot()),
            TransformerCase("ordinal, value", .ordinal(unknown: .value(-1)), .impute()),
            TransformerCase("ordinal, missing", .ordinal(unknown: .missing), .impute(.mode)),
            TransformerCase("ordinal, error", .ordinal(), .impute(.mode)),
            TransformerCase(
                "target encoding", .impute(only: ["income"]), .targetEncode(),
                isCrossFitted: true, reports: true),
            TransformerCase(
                "target encoding, fixed", .impute(only: ["income"]),
                .targetEncode(smoothing: .fixed(3), folds: 3, seed: 9), isCrossFitted: true),
            TransformerCase("kept missing", .impute(), .keepMissing(), .oneHot()),
            TransformerCase("hashing", .hashEncode(buckets: 5), .impute()),
            TransformerCase(
                "hashing, unsigned", .hashEncode(buckets: 2, signed: false, only: ["job"]),
                .impute(), .oneHot()),
            TransformerCase(
                "rare levels", .groupRareLevels(below: 0.3), .impute(), .oneHot()),
            TransformerCase(
                "most frequent levels",
                .groupRareLevels(below: 0, maximumLevels: 2, into: "rest"), .impute(), .oneHot()),
            TransformerCase(
                "date parts", .dateParts([.year, .quarter, .dayOfWeek, .monthCycle]), .impute(),
                .oneHot(), hasDates: true),
        ]

    /// The selections.
    static let selecting: [TransformerCase] = [
        ("variance", .variance(above: 0), false),
        ("information value", .informationValue(.atLeast(0.01)), true),
        ("information value in a range", .informationValue(.between(0, 0.5), bins: 4), true),
        ("mutual information", .mutualInformation(.highest(2)), true),
        (
            "information of neighbours",
            .mutualInformation(.highest(3), estimator: .nearestNeighbours(3)), true
        ),
        ("correlation", .correlation(above: 0.05), true),
        (
            "rank correlation",
            .correlation(above: 0.05, .spearman, preference: .informationValue(bins: 5)), false
        ),
        ("variance inflation", .varianceInflation(above: 1.001), true),
    ].map { (name: String, criterion: FeatureSelection.Criterion, reports: Bool) in
        TransformerCase(
            name, .impute(), .selectFeatures(by: criterion), .oneHot(), reports: reports)
    }

    /// The preset.
    static let presets: [TransformerCase] = [
        TransformerCase("robust linear", Pipeline.robustLinear()),
        TransformerCase(
            "robust linear, strict",
            Pipeline.robustLinear(clip: 0.05...0.9, minimumSkewness: 0.2, rareShare: 0.4)),
    ]

    private init(_ name: String, _ pipeline: Pipeline) {
        self.init(name)
        recipe = pipeline
    }
}
