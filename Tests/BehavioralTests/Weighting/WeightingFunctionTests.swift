// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct WeightingFunctionTests {
    @Test func golden() throws {
        for row in try BehavioralGolden.load().weights {
            let p = row.probability
            expectClose(
                try WeightingFunction.tverskyKahneman(gamma: row.gamma)(p), row.tverskyKahneman,
                relative: 1e-13, "gamma \(row.gamma), p \(p)")
            expectClose(
                try WeightingFunction.prelec(alpha: row.alpha)(p), row.prelec, relative: 1e-13,
                "alpha \(row.alpha), p \(p)")
            expectClose(
                try WeightingFunction.prelec(alpha: row.alpha, beta: row.beta)(p), row.prelecTwo,
                relative: 1e-12, "alpha \(row.alpha), beta \(row.beta), p \(p)")
            expectClose(
                try WeightingFunction.printedInHassija2020(gamma: row.printedGamma)(p),
                row.printed, relative: 1e-13, "printed \(row.printedGamma), p \(p)")
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func prospectTheoryWeights() throws {
        let golden = try ProspectTheoryGolden.load()
        #expect(golden.weights_TK1992.count == 2)
        for (gamma, weights) in golden.weights_TK1992 {
            let function = try WeightingFunction.tverskyKahneman(
                gamma: try #require(Double(gamma)))
            for (p, weight) in weights {
                expectClose(
                    try function(try #require(Double(p))), try #require(Double(weight)),
                    absolute: 1e-12, "gamma \(gamma), p \(p)")
            }
        }
        let prelec = try WeightingFunction.prelec(alpha: 0.65)
        expectClose(
            [try prelec(0.1), try prelec(0.5), try prelec(0.9)],
            try golden.prelec2_65.map { try #require(Double($0)) }, absolute: 1e-12)
        #expect(try WeightingFunction.tverskyKahneman(gamma: 0.61) == .tverskyKahneman1992Gains)
        #expect(try WeightingFunction.tverskyKahneman(gamma: 0.69) == .tverskyKahneman1992Losses)
    }

    @Test func printedFormOverweighs() throws {
        let printed = try WeightingFunction.printedInHassija2020(gamma: 0.61)
        let right = WeightingFunction.tverskyKahneman1992Gains
        expectClose(try printed(0.5), 0.5556, absolute: 5e-5)
        expectClose(try right(0.5), 0.4206, absolute: 5e-5)
        #expect(try printed(0.669) > 0.669 && printed(0.671) < 0.671)
        #expect(try right(0.338) > 0.338 && right(0.340) < 0.340)
    }

    static let functions: [WeightingFunction] = {
        var functions = [WeightingFunction.identity]
        for gamma in [0.279_204_3, 0.28, 0.61, 0.69, 1, 2, 7] {
            functions += [try? .tverskyKahneman(gamma: gamma)].compactMap { $0 }
        }
        for (alpha, beta) in [(0.2, 1), (0.65, 1), (1, 1), (1.4, 0.7), (0.5, 2)] {
            functions += [try? .prelec(alpha: alpha, beta: beta)].compactMap { $0 }
        }
        for gamma in [0.1, 0.61, 1] {
            functions += [try? .printedInHassija2020(gamma: gamma)].compactMap { $0 }
        }
        return functions
    }()

    @Test(arguments: functions)
    func increasesFromZeroToOne(function: WeightingFunction) throws {
        #expect(Self.functions.count == 16)
        #expect(try function(0) == 0)
        #expect(try function(1) == 1)
        var last = 0.0
        for step in 1..<4000 {
            let weight = try function(Double(step) / 4000)
            #expect(weight > last && weight < 1, "at \(step)")
            last = weight
        }
    }

    @Test func specialCases() throws {
        let linear = try WeightingFunction.tverskyKahneman(gamma: 1)
        let prelecLinear = try WeightingFunction.prelec(alpha: 1)
        for p in [0.01, 0.3, 0.77] {
            expectClose(try linear(p), p, relative: 1e-15)
            expectClose(try prelecLinear(p), p, relative: 1e-14)
            #expect(try WeightingFunction.identity(p) == p)
            // Prelec's fixed point is 1/e for every alpha.
            let inverseE = Double.exp(-1)
            expectClose(
                try WeightingFunction.prelec(alpha: p)(inverseE), inverseE, relative: 1e-15)
        }
    }

    @Test func guardIsWhereTheFunctionStartsToFall() throws {
        // Just below the limit the formula has a falling stretch; the limit is that sharp.
        func formula(_ p: Double, _ gamma: Double) -> Double {
            Double.pow(p, gamma)
                / Double.pow(Double.pow(p, gamma) + Double.pow(1 - p, gamma), 1 / gamma)
        }
        func falls(_ gamma: Double) -> Bool {
            (1..<1000).contains { step in
                formula(Double(step + 1) / 1000, gamma) < formula(Double(step) / 1000, gamma)
            }
        }
        #expect(falls(0.2785))
        #expect(!falls(0.2793))
        expectError(.invalidParameter, "gamma 0.279 ") { () throws(BehavioralError) in
            try WeightingFunction.tverskyKahneman(gamma: 0.279)
        }
        _ = try WeightingFunction.tverskyKahneman(gamma: 0.2793)
    }

    @Test func badInput() {
        for bad in [Double.nan, .infinity, 0, -1] {
            expectError(.invalidParameter, "gamma \(bad)") { () throws(BehavioralError) in
                try WeightingFunction.tverskyKahneman(gamma: bad)
            }
            expectError(.invalidParameter, "alpha of the Prelec weighting \(bad)") {
                () throws(BehavioralError) in
                try WeightingFunction.prelec(alpha: bad)
            }
            expectError(.invalidParameter, "beta of the Prelec weighting \(bad)") {
                () throws(BehavioralError) in
                try WeightingFunction.prelec(alpha: 1, beta: bad)
            }
            expectError(.invalidParameter, "gamma \(bad)") { () throws(BehavioralError) in
                try WeightingFunction.printedInHassija2020(gamma: bad)
            }
        }
        expectError(.invalidParameter, "gamma 1.1") { () throws(BehavioralError) in
            try WeightingFunction.printedInHassija2020(gamma: 1.1)
        }
        for bad in [Double.nan, -0.1, 1.1] {
            for function in Self.functions {
                expectError(.invalidProbability, "probability \(bad)") {
                    () throws(BehavioralError) in
                    try function(bad)
                }
            }
        }
    }

    @Test func codable() throws {
        for function in Self.functions {
            let data = try JSONEncoder().encode(function)
            #expect(try JSONDecoder().decode(WeightingFunction.self, from: data) == function)
        }
        for text in [
            #"{"tverskyKahneman":{"gamma":0.2}}"#, #"{"prelec":{"alpha":-1,"beta":1}}"#,
            #"{"printedInHassija2020":{"gamma":2}}"#, #"{"other":{}}"#,
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(WeightingFunction.self, from: Data(text.utf8))
            }
        }
    }
}
