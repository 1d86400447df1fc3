// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Testing
import _CreditTestSupport

@Suite struct WeightingFamiliesTests {
    @Test func golden() throws {
        for row in try TheoryGolden.shared.get().weights {
            let function = try row.make()
            expectClose(try function(row.probability), row.weight, relative: 1e-13, "\(row)")
            expectClose(
                try function.derivative(at: row.probability), row.derivative, relative: 1e-12,
                "\(row)")
            // The error of a weight, through the slope of the inverse.
            let condition = row.weight / (row.probability * row.derivative)
            expectClose(
                try function.inverse(row.weight), row.probability,
                relative: 1e-13 * max(1, condition), "\(row)")
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func goldsteinEinhornOfSharedData() throws {
        struct Golden: Decodable { var goldstein_einhorn_lab_g60_d65: [String] }
        let golden: Golden = try SharedData.json("golden/prospect_theory.json")
        let function = try WeightingFunction.goldsteinEinhorn(curvature: 0.6, elevation: 0.65)
        expectClose(
            try [0.1, 0.5, 0.9].map { try function($0) },
            try golden.goldstein_einhorn_lab_g60_d65.map { try #require(Double($0)) },
            relative: 1e-12)
    }

    @Test(arguments: propertySeeds(20))
    func increasesAndInverts(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        func random(_ range: ClosedRange<Double>) -> Double {
            .random(in: range, using: &generator)
        }
        for function in try [
            WeightingFunction.goldsteinEinhorn(
                curvature: random(0.2...2), elevation: random(0.2...3)),
            .power(exponent: random(0.2...3)),
            .neoAdditive(intercept: random(0...0.3), slope: random(0.1...0.7)),
            .exponentialPower(alpha: random(0.2...2), beta: random(-1...1)),
            .exponentialPower(alpha: random(0.2...2), beta: 0),
            .tverskyKahneman(gamma: random(0.28...1.5)),
            .prelec(alpha: random(0.3...1.5), beta: random(0.5...2)),
        ] {
            #expect(try function(0) == 0 && function(1) == 1)
            #expect(try function.inverse(0) == 0 && function.inverse(1) == 1)
            var last = 0.0
            for step in 1..<200 {
                let p = Double(step) / 200
                let weight = try function(p)
                #expect(weight > last && weight < 1, "\(function) at \(p)")
                last = weight
                expectClose(
                    try function.inverse(weight), p, relative: 1e-9, absolute: 1e-12,
                    "\(function)")
                let h = 1e-6 * min(p, 1 - p)
                expectClose(
                    try function.derivative(at: p),
                    try (function(p + h) - function(p - h)) / (2 * h),
                    relative: 1e-5, "\(function) at \(p)")
            }
        }
    }

    @Test func jumpsInvertToTheirPlace() throws {
        let neoAdditive = try WeightingFunction.neoAdditive(intercept: 0.2, slope: 0.5)
        #expect(try neoAdditive.inverse(0.1) == 0)
        #expect(try neoAdditive.inverse(0.9) == 1)
        let jumping = try WeightingFunction.exponentialPower(alpha: 0.5, beta: 0.5)
        // exp(-1) is the weight just above 0.
        #expect(try jumping.inverse(0.36) == 0)
        #expect(try jumping.inverse(0.37) > 0)
    }

    @Test func badInput() throws {
        for bad in [Double.nan, .infinity, 0, -1] {
            expectError(.invalidParameter, "curvature") { () throws(BehavioralError) in
                try WeightingFunction.goldsteinEinhorn(curvature: bad, elevation: 1)
            }
            expectError(.invalidParameter, "elevation") { () throws(BehavioralError) in
                try WeightingFunction.goldsteinEinhorn(curvature: 1, elevation: bad)
            }
            expectError(.invalidParameter, "exponent of the power weighting \(bad)") {
                () throws(BehavioralError) in
                try WeightingFunction.power(exponent: bad)
            }
            expectError(.invalidParameter, "slope \(bad)") { () throws(BehavioralError) in
                try WeightingFunction.neoAdditive(intercept: 0.1, slope: bad)
            }
            expectError(.invalidParameter, "alpha of the exponential power") {
                () throws(BehavioralError) in
                try WeightingFunction.exponentialPower(alpha: bad, beta: 1)
            }
        }
        expectError(.invalidParameter, "intercept 0.5 and slope 0.6") {
            () throws(BehavioralError) in
            try WeightingFunction.neoAdditive(intercept: 0.5, slope: 0.6)
        }
        expectError(.invalidParameter, "beta of the exponential power weighting inf") {
            () throws(BehavioralError) in
            try WeightingFunction.exponentialPower(alpha: 1, beta: .infinity)
        }
        for bad in [Double.nan, 0, 1, -0.1, 1.1] {
            expectError(.invalidProbability, "\(bad)") { () throws(BehavioralError) in
                try WeightingFunction.identity.derivative(at: bad)
            }
        }
        expectError(.invalidProbability, "weight 1.1") { () throws(BehavioralError) in
            try WeightingFunction.identity.inverse(1.1)
        }
        for text in [
            #"{"goldsteinEinhorn":{"curvature":0,"elevation":1}}"#,
            #"{"power":{"exponent":-1}}"#, #"{"neoAdditive":{"intercept":0.9,"slope":0.9}}"#,
            #"{"exponentialPower":{"alpha":0,"beta":1}}"#,
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(WeightingFunction.self, from: Data(text.utf8))
            }
        }
    }
}
