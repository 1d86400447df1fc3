// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct ValueFunctionTests {
    @Test func power() throws {
        let function = try ValueFunction.power(
            gainExponent: 0.5, lossExponent: 2, lossAversion: 3)
        #expect(try function(0) == 0)
        #expect(try function(9) == 3)
        #expect(try function(-2) == -12)
    }

    @Test func tverskyKahneman() throws {
        // 50-digit values of 100^0.88 and -2.25 * 100^0.88.
        let function = ValueFunction.tverskyKahneman1992
        expectClose(try function(100), 57.543993733715693, relative: 1e-15)
        expectClose(try function(-100), -129.47398590086031, relative: 1e-15)
        #expect(
            try function
                == .power(gainExponent: 0.88, lossExponent: 0.88, lossAversion: 2.25))
    }

    @Test func badInput() {
        for bad in [Double.nan, .infinity, 0, -1] {
            expectError(.invalidParameter, "gain exponent \(bad)") {
                () throws(BehavioralError) in
                try ValueFunction.power(gainExponent: bad, lossExponent: 1, lossAversion: 1)
            }
            expectError(.invalidParameter, "loss exponent \(bad)") {
                () throws(BehavioralError) in
                try ValueFunction.power(gainExponent: 1, lossExponent: bad, lossAversion: 1)
            }
            expectError(.invalidParameter, "loss aversion \(bad)") {
                () throws(BehavioralError) in
                try ValueFunction.power(gainExponent: 1, lossExponent: 1, lossAversion: bad)
            }
        }
        for bad in [Double.nan, .infinity, -.infinity] {
            expectError(.invalidOutcome, "outcome \(bad)") { () throws(BehavioralError) in
                try ValueFunction.tverskyKahneman1992(bad)
            }
        }
    }

    @Test func codable() throws {
        let data = try JSONEncoder().encode(ValueFunction.tverskyKahneman1992)
        #expect(
            try JSONDecoder().decode(ValueFunction.self, from: data) == .tverskyKahneman1992)
        let broken = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: "\"lossAversion\":2.25", with: "\"lossAversion\":0")
        #expect(broken.contains(":0}") || broken.contains(":0,"))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ValueFunction.self, from: Data(broken.utf8))
        }
    }
}
