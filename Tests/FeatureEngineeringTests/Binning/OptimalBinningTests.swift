// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

struct OptimalBinningTests {
    /// Rows whose risk falls with the value; some are missing, some special.
    static func sample(
        seed: UInt64, rows: Int = 400
    ) throws -> (column: Column, labels: [Bool], weights: [Double]) {
        var generator = TestGenerator(seed: seed)
        var values: [Double?] = []
        var labels: [Bool] = []
        var weights: [Double] = []
        for _ in 0..<rows {
            let value = Double(Int.random(in: 0..<60, using: &generator))
            let isAside = Double.random(in: 0..<1, using: &generator)
            values.append(isAside < 0.1 ? nil : isAside < 0.2 ? -9 : isAside < 0.3 ? -8 : value)
            labels.append(Double.random(in: 0..<1, using: &generator) < 0.8 - value / 90)
            weights.append(Double(Int.random(in: 0...3, using: &generator)))
        }
        return (try .numeric("v", values), labels, weights)
    }

    private func encoded(_ binning: VariableBinning) -> [UInt8] {
        CanonicalEncoder.bytes(of: binning)
    }

    @Test("BP3: any number of special codes, each its own bin")
    func specialCodes() throws {
        let (column, labels, _) = try Self.sample(seed: 3)
        let recipe = OptimalBinning(
            trend: .descending,
            specialCodes: [-7, -8, SpecialCode("no record", numbers: [-9, -99]), "text only"])
        let binning = try recipe.fit(column, labels: labels)
        let aside = Array(binning.bins[binning.regularBins.upperBound...])
        #expect(aside.map(\.label) == ["-7", "-8", "no record", "Missing"])
        let numbers = try #require(column.numbers)
        for (bin, code) in zip(aside, [-7.0, -8, -9]) {
            #expect(bin.count == Double(numbers.count { $0 == code }))
        }
        #expect(aside[0].count == 0 && aside[0].weightOfEvidence == 0)
        let first = binning.regularBins.upperBound
        #expect(try binning.binIndex(of: -99) == first + 2)
        #expect(try binning.binIndex(of: -9) == first + 2)
        #expect(try binning.binIndex(of: nil) == first + 3)
        #expect(try binning.binIndex(of: -8.5) == 0)
        // Each weight of evidence is the logarithm of the ratio of shares.
        for bin in binning.bins where bin.count > 0 {
            let (good, bad) = (binning.nonEvents, binning.events)
            expectClose(
                bin.weightOfEvidence, log((bin.nonEvents / good) / (bin.events / bad)),
                absolute: 1e-12)
        }
    }

    @Test("BP3: weights of evidence without a class are finite", arguments: [0.5, 1, 0])
    func zeroCounts(more: Double) throws {
        var recipe = OptimalBinning(specialCodes: [-1])
        recipe.zeroCounts = more == 0.5 ? .jeffreys : more == 1 ? .laplace : .neutral
        let column = try Column.numeric("v", [1, 1, 1, 2, 2, 2, -1, -1, nil].map { $0 })
        let labels = [true, true, false, false, false, true, false, false, true]
        let binning = try recipe.fit(column, labels: labels)
        let special = try #require(binning.bins.first { $0.label == "-1" })
        let missing = try #require(binning.bins.first { $0.label == "Missing" })
        let base = log(4.0 / 5)
        expectClose(
            special.weightOfEvidence, more == 0 ? 0 : log((2 + more) / more) + base,
            absolute: 1e-14)
        expectClose(
            missing.weightOfEvidence, more == 0 ? 0 : log(more / (1 + more)) + base,
            absolute: 1e-14)
        #expect(binning.informationValue.isFinite)
    }

    @Test("BP3: missing values by every policy", arguments: OptimalBinning.MissingPolicy.allCases)
    func missingValues(policy: OptimalBinning.MissingPolicy) throws {
        let (column, labels, _) = try Self.sample(seed: 5)
        let recipe = OptimalBinning(trend: .descending, missing: policy)
        let numbers = try #require(column.numbers)
        let rows = numbers.indices.filter { numbers[$0].isNaN }
        let events = Double(rows.count { labels[$0] })
        guard policy != .error else {
            let error = #expect(throws: FeatureError.self) {
                try recipe.fit(column, labels: labels)
            }
            #expect(error?.code == .missingValue && error?.row == rows[0])
            let complete = column[rows: numbers.indices.filter { !numbers[$0].isNaN }]
            let binning = try recipe.fit(
                complete, labels: numbers.indices.filter { !numbers[$0].isNaN }.map { labels[$0] })
            let refused = #expect(throws: FeatureError.self) { try binning.binIndices(of: column) }
            #expect(refused?.code == .missingValue && refused?.row == rows[0])
            return
        }
        let binning = try recipe.fit(column, labels: labels)
        let bin = binning.bins[try binning.binIndex(of: nil)]
        switch policy {
        case .nearestEventRate:
            #expect(bin.includesMissing && bin.label.hasSuffix(" or missing"))
            let own = try OptimalBinning(trend: .descending).fit(column, labels: labels)
            let rate = events / Double(rows.count)
            let distances = own.bins[own.regularBins].map { abs($0.eventRate - rate) }
            let nearest = try #require(distances.firstIndex(of: distances.min() ?? 0))
            #expect(try binning.binIndex(of: nil) == nearest)
            #expect(bin.events == own.bins[nearest].events + events)
            #expect(binning.trend.eventRate == .descending)
        default:
            #expect(bin.content == .missing && bin.events == events)
            #expect((bin.weightOfEvidence == 0) == (policy == .neutral))
        }
    }

    @Test(
        "BP2: unknown levels by every policy", arguments: OptimalBinning.UnknownLevelPolicy.allCases
    )
    func unknownLevels(policy: OptimalBinning.UnknownLevelPolicy) throws {
        let column = try Column.categorical(
            "job", ["a", "a", "b", "b", "c", "c", "a", "b", nil, "a"])
        let labels = [true, false, false, false, true, true, false, true, true, false]
        var recipe = OptimalBinning(unknownLevels: policy)
        recipe.rareLevelShare = 0.25
        recipe.preBinning = .quantiles
        let binning = try recipe.fit(column, labels: labels)
        #expect(binning.bins[try binning.binIndex(ofLevel: "c")].label == "Rare: c")
        let other = try Column.categorical("job", ["b", "new"])
        guard policy != .error else {
            let error = #expect(throws: FeatureError.self) { try binning.binIndices(of: other) }
            #expect(error?.code == .unknownLevel && error?.row == 1 && error?.value == "new")
            return
        }
        let index = try binning.binIndices(of: other)[1]
        #expect(index == (try binning.binIndex(ofLevel: "new")))
        let bin = binning.bins[index]
        switch policy {
        case .missing: #expect(bin.content == .missing)
        case .rare: #expect(bin.content == .rareLevels(["c"]))
        case .neutral: #expect(bin.content == .unknownLevels && bin.weightOfEvidence == 0)
        case .error: break
        }
    }

    @Test("BP2: groups of levels that the user gives")
    func levelGroups() throws {
        let column = try Column.categorical(
            "job", ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"])
        let labels = [true, false, false, true, true, true, false, false, true, false]
        var recipe = OptimalBinning()
        recipe.levelGroups = [["a", "c"], ["b", "d", "unseen"]]
        let binning = try recipe.fit(column, labels: labels)
        #expect(
            binning.bins.map(\.content) == [
                .levels(["b", "d", "unseen"]), .levels(["a", "c"]), .rareLevels(["e"]), .missing,
            ])
        #expect(try binning.binIndex(ofLevel: "unseen") == 0)
    }

    @Test(
        "BP1: a weight of 2 is the row twice, and the order of rows does not matter",
        arguments: propertySeeds(4))
    func weightsAndOrder(seed: UInt64) throws {
        let (column, labels, weights) = try Self.sample(seed: seed)
        let recipe = OptimalBinning(trend: .automatic, specialCodes: [-8, -9])
        let weighted = try recipe.fit(column, labels: labels, weights: weights)
        let repeated = weights.indices.flatMap { row in
            [Int](repeating: row, count: Int(weights[row]))
        }
        let copies = try recipe.fit(
            column[rows: repeated], labels: repeated.map { labels[$0] })
        #expect(weighted == copies)
        // Weights whose sums round: only a fixed order of addition gives equal bytes.
        let odd = weights.map { $0 * 0.1 + 0.01 }
        let expected = encoded(try recipe.fit(column, labels: labels, weights: odd))
        var generator = TestGenerator(seed: seed)
        for _ in 0..<3 {
            let order = labels.indices.shuffled(using: &generator)
            let shuffled = try recipe.fit(
                column[rows: order], labels: order.map { labels[$0] },
                weights: order.map { odd[$0] })
            #expect(encoded(shuffled) == expected)
        }
    }

    @Test("BP5: points run against the event rate", arguments: propertySeeds(6))
    func trendOfPoints(seed: UInt64) throws {
        let (column, labels, _) = try Self.sample(seed: seed)
        for trend in MonotonicTrend.allCases {
            let binning = try OptimalBinning(trend: trend, specialCodes: [-8, -9])
                .fit(column, labels: labels)
            let regular = binning.bins[binning.regularBins]
            let report = binning.trend
            #expect(report.eventRate == TrendShape(of: regular.map(\.eventRate)))
            #expect(report.points == TrendShape(of: regular.map(\.weightOfEvidence)))
            #expect(report.points == report.eventRate.mirrored)
            for (one, two) in zip(regular, regular.dropFirst()) {
                #expect(
                    (one.eventRate < two.eventRate)
                        == (one.weightOfEvidence > two.weightOfEvidence))
            }
            if trend == .descending, regular.count > 1 {
                #expect(report.eventRate == .descending && report.points == .ascending)
            }
            #expect((0...1).contains(report.retainedObjective))
        }
    }

    @Test("Bytes and JSON keep every bit, and forged bins are refused")
    func codable() throws {
        let (column, labels, _) = try Self.sample(seed: 11)
        var recipe = OptimalBinning(
            trend: .peak, specialCodes: [-8, -9], missing: .nearestEventRate)
        recipe.candidateSplits = [5, 10, 20, 30, 40, 50]
        recipe.fixedSplits = [25]
        recipe.maximumPValue = 0.9
        let numeric = try recipe.fit(column, labels: labels)
        var levels = OptimalBinning(unknownLevels: .neutral)
        levels.rareLevelShare = 0.1
        let texts = labels.indices.map { ["a", "b", "c", "d"][$0 % 7 % 4] }
        let categorical = try levels.fit(.categorical("c", texts), labels: labels)
        for binning in [numeric, categorical] {
            let bytes = encoded(binning)
            let decoded = try CanonicalDecoder.decode(VariableBinning.self, from: bytes)
            #expect(decoded == binning && encoded(decoded) == bytes)
            let json = try JSONEncoder().encode(binning)
            let read = try JSONDecoder().decode(VariableBinning.self, from: json)
            #expect(read == binning && encoded(read) == bytes)
            let table = try JSONEncoder().encode(binning.table)
            #expect(try JSONDecoder().decode(BinningTable.self, from: table) == binning.table)
            for index in bytes.indices where index % 5 == 0 {
                // Whatever a changed byte gives, it is refused or consistent, and never a crash.
                var forged = bytes
                forged[index] ^= 1
                if let other = try? CanonicalDecoder.decode(VariableBinning.self, from: forged) {
                    #expect(encoded(other) == forged)
                }
            }
        }
        let text = String(decoding: try JSONEncoder().encode(numeric), as: UTF8.self)
        for (part, forged) in [
            ("\"upper\":25", "\"upper\":26"), ("\"weightOfEvidence\":", "\"weightOfEvidence\":9"),
            ("\"maximumPValue\":0.9", "\"maximumPValue\":-1"),
        ] {
            let broken = text.replacing(part, with: forged)
            #expect(broken != text)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(VariableBinning.self, from: Data(broken.utf8))
            }
        }
    }

    @Test("The table's text has a line per bin")
    func description() throws {
        let (column, labels, _) = try Self.sample(seed: 2)
        let binning = try OptimalBinning(trend: .descending).fit(column, labels: labels)
        let lines = binning.table.description.split(separator: "\n")
        #expect(lines.count == binning.bins.count + 2)
        #expect(lines[1].hasPrefix("(-inf, ") && lines[lines.count - 1].hasPrefix("Totals"))
        #expect(Set(lines.map(\.count)).count == 1)
    }
}
