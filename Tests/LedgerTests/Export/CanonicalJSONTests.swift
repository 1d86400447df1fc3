// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// B3: JSON after RFC 8785.
@Suite struct CanonicalJSONTests {
    struct Numbers: Decodable { var numbers: [[String]] }

    func canonical(_ text: String) throws -> String {
        String(
            decoding: try JSONValue(parsing: Array(text.utf8)).canonicalText(), as: UTF8.self)
    }

    @Test(
        .enabled(if: SharedData.isAvailable, SharedData.skipMessage),
        arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
    func vectors(name: String) throws {
        let folder = "vectors/jcs-rfc8785/testdata"
        let input = try SharedData.data("\(folder)/input/\(name).json")
        let output = try SharedData.data("\(folder)/output/\(name).json")
        let value = try JSONValue(parsing: Array(input))
        #expect(try value.canonicalText() == Array(output))
        let again = try JSONValue(parsing: Array(output))
        #expect(try again.canonicalText() == Array(output))
        let digits = try SharedData.data("\(folder)/outhex/\(name).txt")
        let hexadecimal = String(decoding: digits, as: UTF8.self).filter { !$0.isWhitespace }
        #expect(Hexadecimal.bytes(hexadecimal) == Array(output))
    }

    /// RFC 8785 appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
            (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"),
            (0x44B5_2D02_C7E1_4AF6, "1e+23"), (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
            (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"),
            (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"),
            (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"),
            (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func numbersOfTheAppendix(bits: UInt64, text: String) throws {
        let value = JSONValue.number(Double(bitPattern: bits))
        #expect(String(decoding: try value.canonicalText(), as: UTF8.self) == text)
    }

    @Test func numbersAgreeWithECMAScript() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "numbers", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Numbers.self, from: Data(contentsOf: url))
        #expect(golden.numbers.count > 1000)
        for item in golden.numbers {
            let value = Double(bitPattern: try #require(UInt64(item[0], radix: 16)))
            let text = String(
                decoding: try JSONValue.number(value).canonicalText(), as: UTF8.self)
            #expect(text == item[1])
            #expect(try JSONValue(parsing: Array(text.utf8)) == .number(value))
        }
        for value in [Double.nan, .infinity, -.infinity] {
            expectError(.invalidValue) { try JSONValue.number(value).canonicalText() }
        }
    }

    @Test(arguments: [
        "", " ", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "01", "1.",
        "+1", ".5", "1e", "1e999", "nul", "[1", "\"a", "\"\\x\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\ud800a\"", "\"\u{1}\"", "1 2", "{1:2}", "NaN", "-", "\u{FEFF}1",
    ])
    func otherTextsAreRefused(text: String) {
        let error = expectError(.malformedBytes, text) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.message.contains("byte") == true)
    }

    @Test func formsThatOnlyLookTheSame() throws {
        #expect(try canonical("{\"\u{E9}\":1,\"e\u{301}\":2}") == "{\"e\u{301}\":2,\"\u{E9}\":1}")
        #expect(
            try canonical(" { \"b\" : [ ] , \"a\" : \"\\u00e9\\/\" } ") == "{\"a\":\"é/\",\"b\":[]}"
        )
        expectError(.malformedBytes) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        expectError(.invalidValue) {
            try JSONValue.object([.init("a", .null), .init("a", .null)]).canonicalText()
        }
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        expectError(.malformedBytes) { try canonical(deep) }
        #expect(try canonical(String(deep.dropFirst().dropLast())).count == 128)
    }

    @Test func aBlockComesBackWithTheSameHash() throws {
        var network = try Network()
        let state = ChainState(genesis: network.genesis)
        let proposal = try network.proposal(1)
        let block = try network.certified(
            [proposal, network.vote(0, on: proposal)], after: state)
        let json = block.exportJSON()
        let read = try CertifiedBlock(json: json)
        #expect(read == block && read.block.hash == block.block.hash)
        _ = try state.advanced(by: read)
        let value = try JSONValue(parsing: json)
        #expect(value["height"]?.string == "1")
        #expect(value["hash"]?.string == "\(block.block.hash)")
        // Every readable member is bound to the bytes.
        guard case .object(let members) = value else { return }
        #expect(members.count == 16)
        for (index, member) in members.enumerated() {
            var changed = members
            changed[index] = .init(member.name, .string("other"))
            let text = try JSONValue.object(changed).canonicalText()
            expectError(.malformedBytes, member.name) { try CertifiedBlock(json: text) }
        }
        expectError(.malformedBytes) { try CertifiedBlock(json: json + [0x20]) }
    }
}
