// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

/// Compares every transformer with scikit-learn's.
@Suite("PR1: transformers against scikit-learn")
struct TransformerGoldenTests {
    private let golden: TransformersGolden
    private let table: Table

    init() throws {
        let golden: TransformersGolden = try FeatureEngineeringTests.golden("transformers")
        self.golden = golden
        table = try Table(
            golden.columns.indices.map { column in
                try .numeric(golden.columns[column], golden.numbers.map { $0[column] })
            })
    }

    /// Compares where `expected` has a value; missing ones are imputed behind the step.
    private func compare(
        _ step: Pipeline.Step, _ expected: [[Double?]], relative: Double = 1e-13,
        absolute: Double = 1e-13, onTable other: Table? = nil
    ) throws {
        let features = try Pipeline(step, .impute()).fit(table).transform(other ?? table)
        #expect(features.rowCount == expected.count && features.names == golden.columns)
        for column in golden.columns.indices {
            let pairs = expected.enumerated().compactMap { row, values in
                values[column].map { (features.matrix[row, column], $0) }
            }
            #expect(pairs.count > 30)
            expectClose(
                pairs.map(\.0), pairs.map(\.1), relative: relative, absolute: absolute,
                golden.columns[column])
        }
    }

    @Test func signedLogarithm() throws {
        try compare(.logarithm(.signed), golden.signed_log, relative: 1e-15)
        // Of five columns four are skewed by more than 0.4, but not all of them by 2.1.
        for (limit, names) in [(0.4, golden.columns.dropFirst()), (2.1, ["skewed", "losses"])] {
            let features = try Pipeline(.logarithm(minimumSkewness: limit), .impute())
                .fit(table).transform(table)
            for (column, name) in golden.columns.enumerated() {
                #expect((golden.skewness[column].magnitude >= limit) == names.contains(name))
                let source = names.contains(name) ? golden.signed_log : golden.numbers
                let row = source.firstIndex { $0[column] != nil } ?? 0
                expectClose(
                    features.matrix[row, column], try #require(source[row][column]),
                    relative: 1e-15)
            }
        }
    }

    /// Against 40 digits; scikit-learn has four of them for large numbers.
    @Test func yeoJohnson() throws {
        for (column, name) in golden.columns.enumerated() {
            let values = golden.numbers.compactMap { $0[column] }
            let likelihood = YeoJohnsonReference(values)
            let power = try #require(
                try Pipeline(.yeoJohnson(), .impute()).fit(table.selecting([name]))
                    .yeoJohnsonPowers[name])
            expectClose(power, golden.powers[column], relative: 1e-6, absolute: 1e-7, name)
            expectClose(power, golden.scikit_learn_powers[column], absolute: 1e-3, name)
            expectClose(
                likelihood(power), golden.log_likelihoods[column], relative: 1e-7, name)
            for step in [-1e-3, 1e-3] { #expect(likelihood(power) > likelihood(power + step)) }
        }
        try compare(.yeoJohnson(), golden.yeo_johnson, relative: 1e-6, absolute: 1e-6)
    }

    @Test func quantiles() throws {
        let probe = try Table(golden.columns.map { try .numeric($0, golden.probe) })
        for (distribution, trained, probed) in [
            (
                QuantileTransformation.Distribution.uniform, golden.quantile_uniform,
                golden.quantile_uniform_probe
            ),
            (.normal, golden.quantile_normal, golden.quantile_normal_probe),
        ] {
            // scikit-learn's ends are those of 1e-7 less one rounding of 1.
            let step = Pipeline.Step.quantileTransform(distribution, quantiles: 20)
            try compare(step, trained, relative: 1e-9, absolute: 1e-12)
            try compare(step, probed, relative: 1e-9, absolute: 1e-12, onTable: probe)
        }
    }

    @Test func scaling() throws {
        try compare(.robustScale(), golden.robust_scaled)
        try compare(.robustScale(quantiles: 0.1...0.8), golden.robust_scaled_10_80)
        try compare(.minMaxScale(to: -2...5), golden.min_max_scaled)
        try compare(.maxAbsScale(), golden.max_abs_scaled, relative: 0, absolute: 0)
    }

    @Test func ordinal() throws {
        let table = try Table([.categorical("level", golden.ordinal_levels)])
        #expect(
            try Pipeline(.ordinal()).fitTransform(table).features.matrix.elements
                == golden.ordinal)
    }

    @Test func target() throws {
        let levels = try Table([.categorical("level", golden.levels)])
        let distinct = try Table([
            .categorical("level", ["free", "own", "rent", "ward", nil, "new"])
        ])
        for (expected, smoothing, target) in [
            (golden.target_binary_auto, TargetEncoding.Smoothing.automatic, golden.labels),
            (golden.target_binary_fixed, .fixed(3.5), golden.labels),
            (golden.target_continuous_auto, .automatic, golden.amounts),
            (golden.target_continuous_fixed, .fixed(3.5), golden.amounts),
        ] {
            var table = levels
            try table.append(.numeric("y", target))
            let fitted = try Pipeline(.targetEncode(smoothing: smoothing)).fit(table, target: "y")
            #expect(expected.levels == ["free", "own", "rent", "ward", "~"])
            expectClose(
                try fitted.transform(distinct).matrix.elements, expected.values + [expected.mean],
                relative: 1e-13)
        }
    }

    @Test func hashing() throws {
        for (buckets, expected) in [(4, golden.hashed_4), (7, golden.hashed_7)] {
            for column in [
                Column.text("t", golden.tokens), try .categorical("t", golden.tokens),
            ] {
                let features = try Pipeline(.hashEncode(buckets: buckets))
                    .fitTransform(Table([column])).features
                #expect(features.matrix.elements == expected.flatMap { $0 })
                #expect(features.names == (0..<buckets).map { "t#\($0)" })
            }
        }
    }

    @Test func dateParts() throws {
        let dates = golden.dates.map { CalendarDate($0) }
        let start = try #require(CalendarDate("2000-01-01"))
        let features = try Pipeline(
            .dateParts([
                .year, .quarter, .month, .dayOfMonth, .dayOfWeek, .dayOfYear, .monthCycle,
                .daysSince(start),
            ])
        ).fitTransform(Table([.date("day", dates)])).features
        expectClose(
            features.matrix.elements, golden.date_parts.flatMap { $0 }, relative: 1e-14,
            absolute: 1e-15)
        #expect(features.names.first == "day.year")
        #expect(features.names.last == "day.daysSince 2000-01-01")
    }
}

/// The golden file of transformers and selection.
struct TransformersGolden: Decodable {
    struct Target: Decodable {
        let levels: [String]
        let values: [Double]
        let mean: Double
    }

    let columns: [String]
    let numbers: [[Double?]]
    let levels: [String?]
    let labels: [Double]
    let amounts: [Double]
    let skewness: [Double]
    let signed_log: [[Double?]]
    let powers: [Double]
    let scikit_learn_powers: [Double]
    let yeo_johnson: [[Double?]]
    let log_likelihoods: [Double]
    let probe: [Double]
    let quantile_uniform: [[Double?]]
    let quantile_uniform_probe: [[Double?]]
    let quantile_normal: [[Double?]]
    let quantile_normal_probe: [[Double?]]
    let robust_scaled: [[Double?]]
    let robust_scaled_10_80: [[Double?]]
    let min_max_scaled: [[Double?]]
    let max_abs_scaled: [[Double?]]
    let ordinal: [Double]
    let ordinal_levels: [String]
    let target_binary_auto: Target
    let target_binary_fixed: Target
    let target_continuous_auto: Target
    let target_continuous_fixed: Target
    let hashed_4: [[Double]]
    let hashed_7: [[Double]]
    let tokens: [String]
    let selection_columns: [String]
    let selection: [[Double]]
    let variances: [Double]
    let pearson: [[Double]]
    let spearman: [[Double]]
    let variance_inflation: [Double]
    let neighbour_information: [Double]
    let information_values: [Double]
    let binned_information: [Double]
    let level_information_value: Double
    let level_mutual_information: Double
    let dates: [String]
    let date_parts: [[Double]]
}
