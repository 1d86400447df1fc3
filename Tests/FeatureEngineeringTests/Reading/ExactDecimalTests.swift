// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

/// Every number has the bits that the C library's `strtod` gives it.
@Suite("PR4: exact decimal numbers")
struct ExactDecimalTests {
    private func check(_ texts: [String]) throws {
        let table = try Table(
            csvText: "x\n" + texts.joined(separator: "\n"), schema: TableSchema([.numeric("x")]))
        let numbers = try #require(try table[column: "x"].numbers)
        try #require(numbers.count == texts.count)
        for (number, text) in zip(numbers, texts) {
            let expected = strtod(text, nil)
            if number.bitPattern != expected.bitPattern {
                Issue.record("\(text) is read as \(number), not \(expected)")
            }
        }
    }

    @Test(arguments: propertySeeds(5))
    func randomDigitsAndExponents(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        try check(
            (0..<4000).map { _ in
                let length = Int.random(in: 1...21, using: &generator)
                var digits = (0..<length).map { _ in
                    "\(Int.random(in: 0...9, using: &generator))"
                }
                digits.insert(".", at: Int.random(in: 0...length, using: &generator))
                let exponent = Int.random(in: -70...70, using: &generator)
                let sign = ["", "-", "+"].randomElement(using: &generator)!
                return sign + digits.joined() + (exponent % 3 == 0 ? "" : "e\(exponent)")
            })
    }

    /// Numbers half way between two neighbours, and a last digit below and above it.
    @Test(arguments: propertySeeds(3))
    func halfWay(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var texts: [String] = []
        for _ in 0..<600 {
            let odd = UInt64.random(in: 1 << 53...(1 << 54 - 1), using: &generator) | 1
            for shift in 0...9 where odd.leadingZeroBitCount >= shift {
                let half = odd << UInt64(shift)
                texts += ["\(half - 1)", "\(half)", "\(half + 1)", "\(half).5", "\(half)e-1"]
                texts += ["\(half)e5", "\(half)0e-1"]
            }
        }
        try check(texts)
    }

    @Test func theEdgesOfWhatIsHeld() throws {
        var texts = ["0e300", "-0", "0.0e-99", "9007199254740993", "18446744073709551615"]
        for exponent in [-330, -308, -56, -55, -54, -28, -27, -23, -22, 22, 23, 54, 55, 56, 288] {
            for digits in ["1", "9999999999999999999", "4503599627370497", "9007199254740995"] {
                texts.append("\(digits)e\(exponent)")
            }
        }
        try check(texts)
    }
}
