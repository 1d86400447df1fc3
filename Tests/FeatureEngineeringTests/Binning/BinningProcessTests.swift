// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

/// One call for many variables, and the same as a step of a pipeline.
struct BinningProcessTests {
    private let table: Table
    private let labels: [Bool]

    init() throws {
        var generator = TestGenerator(seed: 17)
        let n = 600
        let draws = (0..<n).map { _ in Double.random(in: 0..<1, using: &generator) }
        table = try Table([
            .numeric("falling", draws.map { ($0 * 50).rounded() }),
            .numeric("steep", draws.map { ($0 * 20).rounded() }),
            .numeric(
                "valley",
                (0..<n).map { row in
                    let side = row % 2 == 0 ? 1.0 : -1
                    return row % 11 == 0 ? nil : (side * draws[row] * 30).rounded()
                }),
            .numeric("noise", (0..<n).map { Double($0 * 7919 % 101) }),
            .categorical("job", draws.map { ["a", "b", "c"][Int($0 * 3)] }),
            .text("note", [String?](repeating: "x", count: n)),
            .categorical(
                "class",
                draws.map {
                    Double.random(in: 0..<1, using: &generator) < 0.9 - $0 * 0.7 ? "2" : "1"
                }
            ),
        ])
        labels = try table.labels("class", positive: "2")
    }

    @Test("BP4: one call sets the trend for all and tells who cannot follow")
    func trendForAll() throws {
        var special = OptimalBinning()
        special.minimumBins = 4
        let process = BinningProcess(overrides: ["steep": special]).settingTrend(.ascending)
        #expect(process.overrides["steep"]?.trend == .ascending)
        let fitted = try process.fit(table, target: "class", positive: "2")
        #expect(fitted.report.map(\.variable) == ["falling", "steep", "valley", "noise", "job"])
        let report = Dictionary(uniqueKeysWithValues: fitted.report.map { ($0.variable, $0) })
        // The event rate falls, so that ascending bins collapse to one.
        #expect(report["falling"]?.trend?.outcome == .keptByOneBin)
        #expect(report["falling"]?.informationValue == 0)
        #expect(report["steep"]?.decision == .infeasible)
        #expect(report["steep"]?.obstacle?.contains("without the trend") == true)
        #expect(report["job"]?.cannotFollowTrend == false)
        #expect(Set(fitted.variablesOffTrend).isSuperset(of: ["falling", "steep"]))
        let error = #expect(throws: FeatureError.self) { try fitted[variable: "steep"] }
        #expect(error?.code == .unknownColumn)
        let falling = try process.settingTrend(.descending).fit(
            table, target: "class", positive: "2")
        #expect(try falling[variable: "falling"].trend.outcome == .kept)
        #expect(try falling[variable: "falling"].trend.points == .ascending)
    }

    @Test("BP4: selection by information value")
    func selection() throws {
        let all = try BinningProcess(variables: ["noise", "falling", "job"])
            .fit(table, labels: labels)
        let values = Dictionary(
            uniqueKeysWithValues: all.report.map { ($0.variable, $0.informationValue) })
        let (noise, falling, job) = (values["noise"]!, values["falling"]!, values["job"]!)
        #expect(noise < job && job < falling)
        var process = all.recipe
        process.minimumInformationValue = (noise + job) / 2
        process.maximumVariables = 1
        let one = try process.fit(table, labels: labels)
        #expect(one.selectedVariables == ["falling"])
        #expect(
            one.report.map(\.decision) == [
                .informationValueTooSmall, .selected, .beyondMaximumVariables,
            ])
        process.maximumInformationValue = (job + falling) / 2
        let other = try process.fit(table, labels: labels)
        #expect(other.selectedVariables == ["job"])
        #expect(other.report[1].decision == .informationValueTooLarge)
        let features = try other.transform(table)
        #expect(features.names == ["job"] && features.rowCount == 600)
        process.minimumInformationValue = 100
        process.maximumInformationValue = nil
        let none = try process.fit(table, labels: labels)
        let error = #expect(throws: FeatureError.self) { try none.transform(table) }
        #expect(error?.code == .emptyInput)
    }

    @Test("The number of threads changes no bit, and all is kept by JSON")
    func threads() throws {
        let process = BinningProcess(OptimalBinning(trend: .automaticMonotone))
        let before = LoopThreads.limit
        defer { LoopThreads.limit = before }
        LoopThreads.limit = 1
        let one = try process.fit(table, target: "class", positive: "2")
        LoopThreads.limit = 4
        let four = try process.fit(table, target: "class", positive: "2")
        #expect(one == four)
        for (a, b) in zip(one.binnings, four.binnings) {
            #expect(CanonicalEncoder.bytes(of: a) == CanonicalEncoder.bytes(of: b))
        }
        let decoded = try JSONDecoder().decode(
            FittedBinningProcess.self, from: JSONEncoder().encode(one))
        #expect(decoded == one)
        let bytes = CanonicalEncoder.bytes(of: process)
        #expect(try CanonicalDecoder.decode(BinningProcess.self, from: bytes) == process)
    }

    @Test("A fit is ended by its observer, and mistakes are named")
    func errors() throws {
        let stopped = #expect(throws: FeatureError.self) {
            try BinningProcess().fit(table, labels: labels) { $0.stop() }
        }
        #expect(stopped?.code == .cancelled)
        let unknown = #expect(throws: FeatureError.self) {
            try BinningProcess(variables: ["falling", "gone"]).fit(table, labels: labels)
        }
        #expect(unknown?.code == .unknownColumn)
        let override = #expect(throws: FeatureError.self) {
            try BinningProcess(overrides: ["gone": OptimalBinning()]).fit(table, labels: labels)
        }
        #expect(override?.code == .unknownColumn)
        let text = #expect(throws: FeatureError.self) {
            try BinningProcess(variables: ["note"]).fit(table, labels: labels)
        }
        #expect(text?.code == .wrongKind)
        let range = #expect(throws: FeatureError.self) {
            try BinningProcess(minimumInformationValue: 2, maximumInformationValue: 1)
                .fit(table, labels: labels)
        }
        #expect(range?.code == .invalidParameter)
    }

    static let outputs = FittedBinningProcess.Output.allCases

    @Test("BP1: the step of a pipeline gives what the bins give", arguments: outputs)
    func step(output: FittedBinningProcess.Output) throws {
        let binning = OptimalBinning(trend: .automaticMonotone, unknownLevels: .neutral)
        var other = binning
        other.maximumBins = 3
        let pipeline = Pipeline(
            .exclude("note", "steep"),
            .woeBinning(binning, overrides: ["noise": other], output: output))
        let fit = try pipeline.fitTransform(table, target: "class", positive: "2")
        #expect(fit.features.names == ["falling", "valley", "noise", "job"])
        let process = try BinningProcess(
            binning, overrides: ["noise": other], variables: ["falling", "valley", "noise", "job"]
        ).fit(table, labels: labels)
        #expect(try process.transform(table, to: output) == fit.features)
        #expect(try fit.pipeline.transform(table) == fit.features)
        for row in [0, 11, 599] {
            let expected = fit.features.matrix.row(row).elements
            #expect(try fit.pipeline.transform(table[row]) == expected)
        }
        let bytes = CanonicalEncoder.bytes(of: fit.pipeline)
        let decoded = try CanonicalDecoder.decode(FittedPipeline.self, from: bytes)
        #expect(decoded == fit.pipeline && CanonicalEncoder.bytes(of: decoded) == bytes)
        #expect(try decoded.transform(table) == fit.features)
        let json = try JSONEncoder().encode(pipeline)
        #expect(try JSONDecoder().decode(Pipeline.self, from: json) == pipeline)
        var generator = TestGenerator(seed: 1)
        let shuffled = table[rows: (0..<600).shuffled(using: &generator)]
        let again = try pipeline.fit(shuffled, target: "class", positive: "2")
        #expect(CanonicalEncoder.bytes(of: again) == bytes)
        let new = try Table(
            table[rows: [0]].removing(["job"]).columns + [.categorical("job", ["new"])])
        let features = try fit.pipeline.transform(new).matrix[0, 3]
        let unknown = try process[variable: "job"].binIndex(ofLevel: "new")
        let bins = try process[variable: "job"].bins
        #expect(
            features
                == (output == .weightOfEvidence
                    ? 0 : output == .binIndex ? Double(unknown) : bins[unknown].eventRate))
    }

    @Test("The step refuses what it cannot take")
    func stepErrors() throws {
        let pipeline = Pipeline(.exclude("note"), .woeBinning())
        let target = #expect(throws: FeatureError.self) { try pipeline.fit(table, target: "class") }
        #expect(target?.code == .missingTarget)
        let fitted = try pipeline.fit(table, target: "class", positive: "2")
        let new = try Table(
            table[rows: [0, 1]].removing(["job"]).columns + [.categorical("job", ["a", "new"])])
        let level = #expect(throws: FeatureError.self) { try fitted.transform(new) }
        #expect(level?.code == .unknownLevel && level?.row == 1 && level?.value == "new")
        let refusing = Pipeline(.exclude("note"), .woeBinning(OptimalBinning(missing: .error)))
        let missing = #expect(throws: FeatureError.self) {
            try refusing.fit(table, target: "class", positive: "2")
        }
        #expect(missing?.code == .missingValue && missing?.column == "valley")
        #expect(missing?.row == 0)
        var forged = CanonicalEncoder.bytes(of: fitted)
        forged[forged.count - 1] ^= 1
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(FittedPipeline.self, from: forged)
        }
    }
}
