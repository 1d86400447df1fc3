// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct LenderBatchTests {
    /// Random columns in the order of the initialiser, then default probabilities and rates.
    static func columns(count: Int, seed: UInt64) -> [[Double]] {
        var generator = TestGenerator(seed: seed)
        let ranges = [
            0.5...1, 0.5...1, 1...3, 0.4...1, 0.4...1, 0...0.03, 0.001...0.5, 0.02...0.4,
        ]
        return ranges.map { range in
            (0..<count).map { _ in Double.random(in: range, using: &generator) }
        }
    }

    static func batch(_ x: [[Double]]) throws -> LenderBatch {
        try LenderBatch(
            gainExponents: x[0], lossExponents: x[1], lossAversions: x[2], gainGammas: x[3],
            lossGammas: x[4], references: x[5])
    }

    let severities = [0.1, 1.0, 0.5, 0.75, 0.3]
    let probabilities = [0.1, 0.15, 0.3, 0.25, 0.2]

    @Test(arguments: propertySeeds(3))
    func equalsOneAtATime(seed: UInt64) throws {
        let count = 83
        let x = Self.columns(count: count, seed: seed)
        let best = try Self.batch(x).bestShares(
            defaultProbabilities: x[6], rates: x[7], severities: severities,
            severityProbabilities: probabilities, riskFreeReturn: 0.02)
        for row in 0..<count {
            let theory = CumulativeProspectTheory(
                valueFunction: try .power(
                    gainExponent: x[0][row], lossExponent: x[1][row], lossAversion: x[2][row]
                ).relative(to: x[5][row]),
                gainWeighting: try .tverskyKahneman(gamma: x[3][row]),
                lossWeighting: try .tverskyKahneman(gamma: x[4][row]))
            let prospect = try Prospect(
                outcomes: severities.map { -$0 } + [x[7][row]],
                probabilities: probabilities.map { $0 * x[6][row] } + [1 - x[6][row]])
            let one = try theory.bestShare(of: prospect, riskFreeReturn: 0.02)
            expectClose(best.values[row], one.value, relative: 1e-10, absolute: 1e-13, "\(row)")
            let valueThere = try theory.value(
                of: prospect.scaled(
                    by: best.shares[row], adding: (1 - best.shares[row]) * 0.02))
            expectClose(best.values[row], valueThere, relative: 1e-10, absolute: 1e-13)
        }
    }

    @Test func sameBitsInAnyBatch() throws {
        let x = Self.columns(count: 100, seed: 4)
        func shares(_ rows: Range<Int>, threads: Int?) throws -> [Double] {
            let part = x.map { Array($0[rows]) }
            return try Self.batch(part).bestShares(
                defaultProbabilities: part[6], rates: part[7], severities: severities,
                severityProbabilities: probabilities, threads: threads
            ).shares
        }
        let all = try shares(0..<100, threads: 1)
        #expect(try shares(0..<100, threads: 2) == all)
        #expect(try shares(0..<100, threads: nil) == all)
        #expect(try shares(17..<18, threads: 1) == [all[17]])
        #expect(try shares(40..<91, threads: 2) == Array(all[40..<91]))
    }

    @Test func certainties() throws {
        let batch = try LenderBatch(
            gainExponents: [0.8, 0.8], lossExponents: [0.9, 0.9], lossAversions: [2, 2],
            gainGammas: [0.6, 0.6], lossGammas: [0.7, 0.7], references: [0, 0])
        let best = try batch.bestShares(
            defaultProbabilities: [0, 1], rates: [0.1, 0.1], severities: [0.5],
            severityProbabilities: [1], cap: 2)
        #expect(best.shares == [2, 0])
        expectClose(best.values, [Double.pow(0.2, 0.8), 0], absolute: 1e-12)
    }

    @Test func badInput() throws {
        expectError(.empty, "no lenders") { () throws(BehavioralError) in
            try LenderBatch(
                gainExponents: [], lossExponents: [], lossAversions: [], gainGammas: [],
                lossGammas: [], references: [])
        }
        expectError(.invalidParameter, "gain gamma 0.2 at 1") { () throws(BehavioralError) in
            try LenderBatch(
                gainExponents: [1, 1], lossExponents: [1, 1], lossAversions: [1, 1],
                gainGammas: [1, 0.2], lossGammas: [1, 1], references: [0, 0])
        }
        expectError(.countMismatch, "2 lenders and 1 values of loss exponent") {
            () throws(BehavioralError) in
            try LenderBatch(
                gainExponents: [1, 1], lossExponents: [1], lossAversions: [1, 1],
                gainGammas: [1, 1], lossGammas: [1, 1], references: [0, 0])
        }
        let x = Self.columns(count: 2, seed: 1)
        let batch = try Self.batch(x)
        func expectRefusal(
            _ code: BehavioralError.Code, _ fragment: String, probabilities: [Double] = [0.1, 0.2],
            rates: [Double] = [0.1, 0.1], severities: [Double] = [0.5, 1],
            severityProbabilities: [Double] = [0.5, 0.5], cap: Double = 1, threads: Int? = nil
        ) {
            expectError(code, fragment) { () throws(BehavioralError) in
                try batch.bestShares(
                    defaultProbabilities: probabilities, rates: rates, severities: severities,
                    severityProbabilities: severityProbabilities, cap: cap, threads: threads)
            }
        }
        expectRefusal(
            .invalidParameter, "default probability 1.5 at 1", probabilities: [0, 1.5])
        expectRefusal(.invalidParameter, "rate nan at 0", rates: [.nan, 0])
        expectRefusal(.invalidParameter, "severity 1.5 at 0", severities: [1.5, 0])
        expectRefusal(.invalidProbabilitySum, "0.9", severityProbabilities: [0.5, 0.4])
        expectRefusal(
            .countMismatch, "2 severities and 1", severityProbabilities: [1])
        expectRefusal(.invalidParameter, "0 severities", severities: [], severityProbabilities: [])
        expectRefusal(
            .invalidParameter, "64 severities", severities: Array(repeating: 1, count: 64),
            severityProbabilities: Array(repeating: 1 / 64, count: 64))
        expectRefusal(.invalidParameter, "cap -1.0", cap: -1)
        expectRefusal(.invalidParameter, "0 threads", threads: 0)
        expectRefusal(.countMismatch, "2 lenders and 1 values of rate", rates: [0.1])
    }
}
