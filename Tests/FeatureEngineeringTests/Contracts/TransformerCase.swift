// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

/// A transformer under contract, in a pipeline that ends in finite numbers on ``loans(_:seed:)``;
/// a new transformer adds one to `all`.
struct TransformerCase: Sendable, CustomTestStringConvertible {
    /// The name in the test report.
    var name: String
    /// The pipeline under test.
    var recipe: Pipeline
    /// Whether features of training rows differ from those that the same rows have later.
    var isCrossFitted = false
    /// Whether training rows are dropped.
    var dropsRows = false
    /// Whether fitting shows its steps to an observer and ends when its task is cancelled.
    var reports = false
    /// Whether the table has the date column `opened`.
    var hasDates = false

    var testDescription: String { name }

    init(
        _ name: String, _ steps: Pipeline.Step..., isCrossFitted: Bool = false,
        dropsRows: Bool = false, reports: Bool = false, hasDates: Bool = false
    ) {
        self.name = name
        recipe = Pipeline(steps: steps)
        self.isCrossFitted = isCrossFitted
        self.dropsRows = dropsRows
        self.reports = reports
        self.hasDates = hasDates
    }

    static let all = general + transforming + selecting + presets

    private static let general: [TransformerCase] = [
        TransformerCase("select", .select("constant")),
        TransformerCase("exclude", .exclude("job", "housing"), .impute()),
        TransformerCase("impute median", .impute(.median), .oneHot()),
        TransformerCase("impute mean", .impute(.mean), .oneHot()),
        TransformerCase("impute mode", .impute(.mode), .oneHot()),
        TransformerCase("impute constant", .impute(.constant(-1)), .oneHot()),
        TransformerCase(
            "impute own level", .impute(categorical: .level("none"), indicators: true), .oneHot()),
        TransformerCase("one-hot, error", .impute(), .oneHot(unknown: .error)),
        TransformerCase("one-hot, ignore", .impute(), .oneHot(unknown: .ignore)),
        TransformerCase(
            "one-hot, own level", .impute(), .oneHot(dropFirst: true, unknown: .ownLevel)),
        TransformerCase("standardise", .impute(indicators: true), .oneHot(), .standardise()),
        TransformerCase(
            "standardise, sample", .standardise(deviation: .sample), .impute(.mean), .oneHot()),
        TransformerCase("clip", .clip(quantiles: 0.1...0.8), .impute(), .oneHot(dropFirst: true)),
        TransformerCase(
            "neighbours", .standardise(), .imputeFromNeighbours(3, indicators: true), .impute(),
            .oneHot(), reports: true),
        TransformerCase(
            "neighbours by distance", .imputeFromNeighbours(4, weighting: .distance), .impute(),
            .oneHot(unknown: .ignore), reports: true),
        TransformerCase(
            "iterative", .imputeIteratively(indicators: true), .impute(), .oneHot(), reports: true),
        TransformerCase(
            "iterative ridge", .imputeIteratively(.ridge(penalty: 2), only: ["income", "age"]),
            .exclude("housing"), .oneHot(), reports: true),
        TransformerCase(
            "winsorise shares", .winsorise(.shares(lower: 0.1, upper: 0.05)), .impute(), .oneHot()),
        TransformerCase(
            "winsorise limits", .winsorise(.limits(lower: nil, upper: 5e4), only: ["income"]),
            .impute(), .oneHot()),
        TransformerCase(
            "winsorise quartiles", .winsorise(.interquartileRange(multiple: 0.5)), .impute(),
            .oneHot()),
        TransformerCase(
            "winsorise deviations", .winsorise(.medianAbsoluteDeviation(multiple: 1)), .impute(),
            .oneHot()),
        TransformerCase(
            "outliers by quartiles", .eliminateOutliers(.interquartileRange(multiple: 0.3)),
            .impute(), .oneHot(), dropsRows: true),
        TransformerCase(
            "outliers by deviations",
            .eliminateOutliers(.medianAbsoluteDeviation(multiple: 1.5), only: ["age"]), .impute(),
            .oneHot(), dropsRows: true),
        TransformerCase(
            "outliers by distance", .impute(),
            .eliminateOutliers(.mahalanobis(probability: 0.8), only: ["income", "age"]), .oneHot(),
            dropsRows: true),
        TransformerCase(
            "outliers by robust distance", .impute(),
            .eliminateOutliers(
                .robustMahalanobis(probability: 0.9, seed: 3), only: ["income", "age"]),
            .oneHot(), dropsRows: true, reports: true),
        TransformerCase(
            "weight of evidence",
            .woeBinning(OptimalBinning(trend: .automaticMonotone, unknownLevels: .missing)),
            reports: true),
        TransformerCase(
            "bin indices", .woeBinning(OptimalBinning(), output: .binIndex), reports: true),
        TransformerCase(
            "many steps", .impute(only: ["income", "housing", "job"]), .exclude("age"), .oneHot(),
            .standardise(only: ["income", "constant"]), .select("income", "job=a")),
    ]

    /// Loans with missing values in three columns and a column that never varies.
    func loans(_ rowCount: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        func draw() -> Double { Double.random(in: 0..<1, using: &generator) }
        var table = try Table([
            .numeric("income", (0..<rowCount).map { _ in draw() < 0.2 ? nil : draw() * 1e5 }),
            .numeric("age", (0..<rowCount).map { _ in (draw() * 60).rounded() + 18 }),
            .categorical(
                "housing",
                (0..<rowCount).map { _ in
                    draw() < 0.2 ? nil : ["own", "rent", "free"].randomElement(using: &generator)
                }),
            .categorical(
                "job", (0..<rowCount).map { $0 == 0 ? "a" : ["a", "b"][Int(draw() * 2)] },
                levels: ["b", "a", "never"]),
            .numeric("constant", [Double](repeating: 0.1, count: rowCount)),
            .categorical("class", (0..<rowCount).map { _ in draw() < 0.3 ? "bad" : "good" }),
        ])
        if hasDates {
            try table.append(
                .date(
                    "opened",
                    (0..<rowCount).map { _ in CalendarDate(daysSince1970: Int(draw() * 2e4)) }))
        }
        return table
    }

    /// The pipeline fitted to `table`, its target being `bad` in `class`.
    func fit(_ table: Table, progress: FitObserver? = nil) throws -> FittedPipeline {
        try recipe.fit(table, target: "class", positive: "bad", progress: progress)
    }
}
