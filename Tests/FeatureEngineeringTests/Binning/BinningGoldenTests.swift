// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

/// The bins and tables of OptBinning, by `Scripts/golden/feature_binning.py`.
struct BinningGoldenTests {
    struct File: Decodable {
        let x: [Double]
        let y: [Int]
        let weights: [Double]
        let aside: [Double?]
        let levels: [String]
        let yLevels: [Int]
        let cases: [Case]
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let status: String
        let splits: [Double]?
        let groups: [[String]]?
        let nonEvents: [Double]
        let events: [Double]
        let woe: [Double]
        let iv: Double
        let js: Double
        let hellinger: Double
        let triangular: Double
        let gini: Double
        let ks: Double
        var testDescription: String { name }
    }

    static let file: File? = try? golden("binning")

    /// What the golden script asks for, in our words.
    static let recipes: [String: @Sendable (inout OptimalBinning) -> Void] = [
        "free": { _ in },
        "ascending": { $0.trend = .ascending },
        "descending": { $0.trend = .descending },
        "peak": { $0.trend = .peak },
        "valley": { $0.trend = .valley },
        "js": { $0.objective = .jensenShannon },
        "hellinger": { ($0.trend, $0.objective) = (.peak, .hellinger) },
        "triangular": { ($0.trend, $0.objective) = (.descending, .triangular) },
        "maxBins": { $0.maximumBins = 4 },
        "minBins": { ($0.trend, $0.minimumBins) = (.descending, 3) },
        "bothBins": { ($0.trend, $0.minimumBins, $0.maximumBins) = (.valley, 3, 5) },
        "minSize": { $0.minimumBinShare = 0.12 },
        "maxSize": { ($0.minimumBinShare, $0.maximumBinShare) = (0.07, 0.2) },
        "events": { ($0.minimumBinEvents, $0.maximumBinEvents) = (20, 60) },
        "nonEvents": { ($0.trend, $0.minimumBinNonEvents) = (.peak, 35) },
        "rateDifference": { $0.minimumEventRateDifference = 0.08 },
        "pValue": { $0.maximumPValue = 0.05 },
        "pValuePeak": {
            $0.trend = .peak
            $0.maximumPValue = 0.2
            $0.minimumEventRateDifference = 0.02
        },
        "quantiles": { ($0.preBinning, $0.maximumPreBins) = (.quantiles, 12) },
        "uniform": { ($0.preBinning, $0.maximumPreBins) = (.equalWidth, 10) },
        "small": { ($0.minimumPreBinShare, $0.maximumPreBins) = (0.02, 9) },
        "user": { $0.candidateSplits = [15, 20, 25, 31, 40, 52, 70] },
        "fixed": {
            $0.trend = .descending
            $0.candidateSplits = [15, 20, 31, 40, 70]
            $0.fixedSplits = [25, 52]
        },
        "fixedFree": {
            $0.maximumBins = 4
            $0.candidateSplits = [15, 25, 31, 40, 52]
            $0.fixedSplits = [20, 70]
        },
        "aside": {
            $0.trend = .descending
            $0.specialCodes = [
                SpecialCode("seven", numbers: [-7]), SpecialCode("nine", numbers: [-9]),
            ]
        },
        "weighted": { _ in },
        "levels": { $0.rareLevelShare = 0.06 },
        "levelsFree": { ($0.minimumPreBinShare, $0.maximumBins) = (0.01, 4) },
    ]

    @Test("BP1, BP2, BP3: bins and tables equal OptBinning's", arguments: file?.cases ?? [])
    func equalsOptBinning(expected: Case) throws {
        let file = try #require(Self.file)
        var recipe = OptimalBinning(trend: .any)
        let setParameters = try #require(Self.recipes[expected.name])
        setParameters(&recipe)
        let isCategorical = expected.groups != nil
        let column: Column =
            isCategorical
            ? try .categorical("v", file.levels)
            : expected.name == "aside"
                ? try .numeric("v", file.aside) : try .numeric("v", file.x)
        let labels = (isCategorical ? file.yLevels : file.y).map { $0 == 1 }
        let weights = expected.name == "weighted" ? file.weights : nil
        if expected.status == "INFEASIBLE" {
            let error = #expect(throws: FeatureError.self) {
                try recipe.fit(column, labels: labels, weights: weights)
            }
            #expect(error?.code == .infeasible)
            #expect(error?.message.contains("without the trend there would be some") == true)
            return
        }
        let binning = try recipe.fit(column, labels: labels, weights: weights)
        // OptBinning puts thresholds between values that it rounds to single precision.
        if let splits = expected.splits { expectClose(binning.splits, splits, relative: 1e-6) }
        if let groups = expected.groups {
            #expect(
                binning.bins.compactMap { bin -> Set<String>? in
                    switch bin.content {
                    case .levels(let levels), .rareLevels(let levels): Set(levels)
                    default: nil
                    }
                } == groups.map(Set.init))
        }
        let table = binning.table
        // OptBinning's table has an empty row for special codes even where there are none.
        let expectedRows = expected.nonEvents.indices.filter {
            expected.nonEvents[$0] + expected.events[$0] > 0
        }
        let rows = table.rows.filter { $0.count > 0 }
        #expect(rows.map(\.nonEvents) == expectedRows.map { expected.nonEvents[$0] })
        #expect(rows.map(\.events) == expectedRows.map { expected.events[$0] })
        expectClose(
            rows.map(\.weightOfEvidence), expectedRows.map { expected.woe[$0] }, relative: 1e-12,
            absolute: 1e-13)
        expectClose(table.informationValue, expected.iv, relative: 1e-12)
        expectClose(table.jensenShannon, expected.js, relative: 1e-12)
        expectClose(table.hellinger, expected.hellinger, relative: 1e-12)
        expectClose(table.triangular, expected.triangular, relative: 1e-12)
        expectClose(table.gini, expected.gini, relative: 1e-12)
        if expected.name != "aside" {
            expectClose(table.kolmogorovSmirnov, expected.ks, relative: 1e-12)
        }
    }

    @Test("Every golden case is compared")
    func nothingIsLeftOut() throws {
        let file = try #require(Self.file)
        #expect(Set(file.cases.map(\.name)) == Set(Self.recipes.keys))
    }
}

/// The published tables of the German data.
@Suite(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanBinningTests {
    struct File: Decodable {
        let tables: [String: Reference]
    }

    struct Reference: Decodable {
        struct Row: Decodable {
            let count: Double
            let nonEvents: Double
            let events: Double

            enum CodingKeys: String, CodingKey {
                case count = "Count"
                case nonEvents = "Non-event"
                case events = "Event"
            }
        }

        let iv: Double
        let gini: Double
        let rows: [Row]
    }

    @Test(
        "BP1, BP2: German duration, purpose and checking",
        arguments: [
            ("german_duration_auto_asc_desc", "duration", 0.288977),
            ("german_purpose_categorical", "purpose", 0.167599),
            ("german_checking_categorical", "checking", 0.666012),
        ])
    func germanTables(name: String, column: String, informationValue: Double) throws {
        let file = try SharedData.json("golden/optbinning_tables.json", as: File.self)
        let expected = try #require(file.tables[name])
        let loans = try Table(csv: SharedData.url("german/german.data"), schema: .germanCredit)
        let labels = try loans.labels("class", positive: "2")
        let match = try #require(loans.columnNames.first { $0.hasPrefix(column) })
        let table = try OptimalBinning(trend: .automaticMonotone)
            .fit(loans[column: match], labels: labels).table
        expectClose(table.informationValue, expected.iv, absolute: 1e-12)
        expectClose(table.informationValue, informationValue, absolute: 1e-6)
        expectClose(table.gini, expected.gini, absolute: 1e-12)
        let rows = expected.rows.dropLast().filter { $0.count > 0 }
        #expect(table.rows.filter { $0.count > 0 }.map(\.events) == rows.map(\.events))
        #expect(table.rows.filter { $0.count > 0 }.map(\.nonEvents) == rows.map(\.nonEvents))
        #expect(table.totals.count == 1000 && table.totals.events == 300)
    }
}
