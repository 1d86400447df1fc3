// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

/// Compares every step with scikit-learn's.
struct PreparationGoldenTests {
    private struct Golden: Decodable {
        let columns: [String]
        let numbers: [[Double?]]
        let housing: [String?]
        let job: [String]
        let imputed_median: [[Double]]
        let imputed_mean: [[Double]]
        let imputed_mode: [[Double]]
        let indicators: [String]
        let standardised_population: [[Double?]]
        let standardised_sample: [[Double?]]
        let clipped_5_90: [[Double?]]
        let encoded_full: [[Double]]
        let encoded_first: [[Double]]
        let encoded_full_names: [String]
        let encoded_first_names: [String]
        let german: German
    }

    private struct German: Decodable {
        let training_rows: Int
        let rows: [Int]
        let features: [[Double]]
    }

    private let golden: Golden

    init() throws { golden = try FeatureEngineeringTests.golden("preparation") }

    private func numbers() throws -> Table {
        try Table(
            golden.columns.indices.map { column in
                try .numeric(golden.columns[column], golden.numbers.map { $0[column] })
            })
    }

    /// Compares where `expected` has a value.
    private func compare(
        _ features: FeatureMatrix, _ expected: [[Double?]], relative: Double = 1e-14,
        absolute: Double = 1e-15
    ) {
        #expect(features.rowCount == expected.count)
        var pairs: [(Double, Double)] = []
        for (row, values) in expected.enumerated() {
            for (column, value) in values.enumerated() {
                if let value { pairs.append((features.matrix[row, column], value)) }
            }
        }
        #expect(pairs.count > expected.count)
        expectClose(
            pairs.map(\.0), pairs.map(\.1), relative: relative, absolute: absolute)
    }

    @Test func imputation() throws {
        let expected: [(Imputation.NumericStatistic, [[Double]])] = [
            (.median, golden.imputed_median), (.mean, golden.imputed_mean),
            (.mode, golden.imputed_mode),
        ]
        for (statistic, values) in expected {
            let features = try Pipeline(.impute(statistic, indicators: true))
                .fitTransform(try numbers()).features
            compare(features, values)
            #expect(
                features.names
                    == golden.columns + golden.indicators.map { "\($0) (missing)" })
        }
    }

    /// Missing values stay missing in these steps, so they are imputed behind them to be let out.
    @Test func standardisation() throws {
        for (deviation, expected) in [
            (Standardisation.Deviation.population, golden.standardised_population),
            (.sample, golden.standardised_sample),
        ] {
            let features = try Pipeline(.standardise(deviation: deviation), .impute())
                .fitTransform(try numbers()).features
            // `offset` is 1e9 plus noise of 0.01: its deviations have 10^-16 * 1e9 / 0.01 = 1e-5.
            // scikit-learn's mean is rounded, ours is exact, hence the absolute part.
            compare(features, expected, relative: 1e-12, absolute: 2e-5)
            let plain = golden.columns.firstIndex(of: "offset") ?? 0
            for column in golden.columns.indices where column != plain {
                let pairs = expected.enumerated().compactMap { row, values in
                    values[column].map { (features.matrix[row, column], $0) }
                }
                expectClose(
                    pairs.map(\.0), pairs.map(\.1), relative: 1e-13, absolute: 1e-14,
                    golden.columns[column])
            }
        }
    }

    @Test func clipping() throws {
        let features = try Pipeline(.clip(quantiles: 0.05...0.9), .impute())
            .fitTransform(try numbers()).features
        compare(features, golden.clipped_5_90)
    }

    @Test func oneHot() throws {
        #expect(golden.housing.contains(nil))
        let table = try Table([
            .categorical("housing", golden.housing), .categorical("job", golden.job),
        ])
        for (dropFirst, expected, names) in [
            (false, golden.encoded_full, golden.encoded_full_names),
            (true, golden.encoded_first, golden.encoded_first_names),
        ] {
            let features = try Pipeline(.impute(), .oneHot(dropFirst: dropFirst))
                .fitTransform(table).features
            #expect(features.matrix.elements == expected.flatMap { $0 })
            #expect(features.names.map { $0.replacing("=", with: "_") } == names)
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func wholePipelineOnGermanCredit() throws {
        let table = try Table(
            csv: SharedData.url("german/german.data"), schema: .germanCredit)
        let expected = golden.german
        let pipeline = try Pipeline(.impute(), .oneHot(), .standardise())
            .fit(table[rows: Array(0..<expected.training_rows)], target: "class")
        let features = try pipeline.transform(table[rows: expected.rows])
        compare(features, expected.features, relative: 1e-13, absolute: 1e-14)
        #expect(features.columnCount == expected.features[0].count)
        #expect(
            features.names.prefix(5) == [
                "checking_account=A11", "checking_account=A12", "checking_account=A13",
                "checking_account=A14", "duration",
            ])
    }
}
