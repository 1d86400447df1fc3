// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

struct DecimalNumberTests {
    private let schema = TableSchema([.numeric("x")])

    private func read(_ texts: [String]) throws -> [Double] {
        let text = "x\n" + texts.joined(separator: "\n")
        return try #require(try Table(csvText: text, schema: schema)[column: "x"].numbers)
    }

    @Test func everyBitAgreesWithPython() throws {
        let reading: ReadingGolden = try golden("reading")
        let numbers = try read(reading.numbers.map(\.text))
        for (number, expected) in zip(numbers, reading.numbers) {
            #expect(String(number.bitPattern) == expected.bits, "\(expected.text)")
        }
    }

    @Test(arguments: propertySeeds(5))
    func whatSwiftWritesReadsBack(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let numbers = (0..<2000).map { index -> Double in
            switch index % 3 {
            case 0:
                let number = Double(bitPattern: generator.next())
                return number.isFinite ? number : 0
            case 1: return Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 100
            default: return Double.random(in: -1e6...1e6, using: &generator)
            }
        }
        let back = try read(numbers.map { "\($0)" })
        #expect(back.map(\.bitPattern) == numbers.map(\.bitPattern))
    }

    @Test(arguments: [
        "", "+", "-", ".", "e5", "1e", "1e+", "--1", "1..2", "1.2.3", "1,5", "0x10", "inf", "nan",
        "NaN", "Infinity", "1 2", "1_000", "1f", "١", "1e5.", "+-1",
    ])
    func refusesWhatIsNoNumber(text: String) {
        let error = #expect(throws: FeatureError.self) {
            try Table(csvText: "x\n\"\(text)\"\n", schema: schema)
        }
        #expect(error?.code == .invalidValue && error?.value == text)
    }

    @Test func refusesNumbersTooLargeForADouble() {
        for text in ["1e999", "-1e309", "179769313486231580000e289"] {
            let error = #expect(throws: FeatureError.self) { try read([text]) }
            #expect(error?.code == .outOfRange && error?.value == text)
        }
    }
}
