// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct UtilityCurveTests {
    static func families() throws -> [UtilityCurve] {
        try [
            .linear, .power(exponent: 0.88), .exponential(rate: 0.7), .exponential(rate: -0.4),
            .logarithmic(rate: 1.3), .quadratic(rate: 0.9), .expoPower(rate: 0.8, exponent: 0.6),
        ]
    }

    @Test func golden() throws {
        for row in try TheoryGolden.shared.get().curves {
            let curve = try row.make()
            let v = try ValueFunction(
                gains: curve, losses: curve, lossAversion: 2.25, reference: 0)
            let comment = "\(row)"
            expectClose(try v(row.size), row.value, relative: 1e-14, comment)
            expectClose(try v(-row.size), -2.25 * row.value, relative: 1e-14, comment)
            expectClose(try v.derivative(at: row.size), row.derivative, relative: 1e-13, comment)
            expectClose(
                try v.derivative(at: -row.size), 2.25 * row.derivative, relative: 1e-13, comment)
            // A flat curve loses digits on the way back.
            let condition = row.value / (row.size * row.derivative)
            expectClose(
                try v.inverse(row.value), row.size, relative: 1e-14 * max(1, condition), comment)
        }
    }

    @Test(arguments: propertySeeds(20))
    func inverseAndReference(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let families = try Self.families()
        let reference = Double.random(in: -5...5, using: &generator)
        let v = try ValueFunction(
            gains: #require(families.randomElement(using: &generator)),
            losses: #require(families.randomElement(using: &generator)), lossAversion: 2
        ).relative(to: reference)
        var last = -Double.infinity
        for step in -20...20 {
            let outcome = reference + Double(step) / 20
            let value = try v(outcome)
            #expect(value > last, "\(v) at \(outcome)")
            last = value
            expectClose(try v.inverse(value), outcome, relative: 1e-12, absolute: 1e-12, "\(v)")
            #expect((value > 0) == (step > 0) && (value < 0) == (step < 0))
        }
        #expect(v.reference == reference)
    }

    @Test func lossAversionIndices() throws {
        let equal = ValueFunction.tverskyKahneman1992
        expectClose(try equal.lossAversionIndex(at: 7), 2.25, relative: 1e-15)
        expectClose(try equal.marginalLossAversionIndex(at: 7), 2.25, relative: 1e-15)
        #expect(equal.kobberlingWakkerIndex == 2.25)
        let power = try ValueFunction.power(
            gainExponent: 0.5, lossExponent: 1, lossAversion: 2)
        // -v(-4) / v(4) = 2 * 4 / 2, -v(-9) / v(9) = 2 * 9 / 3.
        expectClose(try power.meanLossAversionIndex(over: [4, 9]), 5, relative: 1e-15)
        // v'(-4) / v'(4) = 2 / (0.5 / 2).
        expectClose(try power.marginalLossAversionIndex(at: 4), 8, relative: 1e-15)
        #expect(power.kobberlingWakkerIndex == 0)
        let other = try ValueFunction.power(gainExponent: 1, lossExponent: 0.5, lossAversion: 2)
        #expect(other.kobberlingWakkerIndex == .infinity)
        let exponential = try ValueFunction.exponential(
            gainRate: 2, lossRate: 1, lossAversion: 1.5)
        #expect(exponential.kobberlingWakkerIndex == 1.5)
        expectClose(
            try exponential.lossAversionIndex(at: 1e-9), 1.5, relative: 1e-8)
        expectError(.empty, "no sizes") { () throws(BehavioralError) in
            try equal.meanLossAversionIndex(over: [])
        }
        expectError(.invalidParameter, "size 0.0") { () throws(BehavioralError) in
            try equal.lossAversionIndex(at: 0)
        }
    }

    @Test func badInput() throws {
        for bad in [Double.nan, .infinity, 0, -1] {
            expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                try UtilityCurve.power(exponent: bad)
            }
            expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                try UtilityCurve.logarithmic(rate: bad)
            }
            expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                try UtilityCurve.quadratic(rate: bad)
            }
            expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                try UtilityCurve.expoPower(rate: bad, exponent: 1)
            }
            expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                try UtilityCurve.expoPower(rate: 1, exponent: bad)
            }
            if bad != -1 {
                expectError(.invalidParameter, "\(bad)") { () throws(BehavioralError) in
                    try UtilityCurve.exponential(rate: bad)
                }
            }
            expectError(.invalidParameter, "loss aversion \(bad)") {
                () throws(BehavioralError) in
                try ValueFunction(gains: .linear, losses: .linear, lossAversion: bad)
            }
        }
        expectError(.invalidParameter, "reference nan") { () throws(BehavioralError) in
            try ValueFunction.linear.relative(to: .nan)
        }
        let quadratic = try ValueFunction(
            gains: .quadratic(rate: 0.5), losses: .linear, lossAversion: 1)
        expectClose(try quadratic(2), 1, relative: 1e-15)
        expectClose(try quadratic.inverse(1), 2, relative: 1e-15)
        expectError(.invalidOutcome, "2.5") { () throws(BehavioralError) in try quadratic(2.5) }
        expectError(.valueOutOfRange, "1.01") { () throws(BehavioralError) in
            try quadratic.inverse(1.01)
        }
        let bounded = try ValueFunction.exponential(gainRate: 2, lossRate: 2, lossAversion: 2)
        for bad in [0.5, 0.6, -1, -3, .nan, .infinity] {
            expectError(.valueOutOfRange, "\(bad)") { () throws(BehavioralError) in
                try bounded.inverse(bad)
            }
        }
    }

    @Test func codable() throws {
        for curve in try Self.families() {
            let v = try ValueFunction(
                gains: curve, losses: .linear, lossAversion: 2, reference: -0.5)
            let data = try JSONEncoder().encode(v)
            #expect(try JSONDecoder().decode(ValueFunction.self, from: data) == v)
        }
        for text in [
            #"{"power":{"exponent":0}}"#, #"{"quadratic":{"rate":-1}}"#,
            #"{"exponential":{"rate":0}}"#,
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(UtilityCurve.self, from: Data(text.utf8))
            }
        }
    }
}
