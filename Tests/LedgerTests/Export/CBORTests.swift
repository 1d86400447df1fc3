// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

@Suite("B3: deterministic CBOR after RFC 8949") struct CBORTests {
    struct Vector: Decodable {
        var hex: String
        var roundtrip: Bool
        var diagnostic: String?
        /// What is decoded, where it is a number.
        var number: Double?

        private enum CodingKeys: String, CodingKey { case hex, roundtrip, diagnostic, decoded }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            hex = try values.decode(String.self, forKey: .hex)
            roundtrip = try values.decode(Bool.self, forKey: .roundtrip)
            diagnostic = try values.decodeIfPresent(String.self, forKey: .diagnostic)
            number = try? values.decode(Double.self, forKey: .decoded)
        }
    }

    func bytes(_ hexadecimal: String) throws -> [UInt8] {
        try #require(Hexadecimal.bytes(hexadecimal))
    }

    /// Diagnostic notation (RFC 8949 section 8) of what the vectors hold, without the marks of
    /// indefinite lengths.
    func diagnostic(_ value: CBORValue) -> String {
        switch value {
        case .unsigned(let number): "\(number)"
        case .negative(let number): "\(-1 - Int128(number))"
        case .bytes(let bytes): "h'\(Hexadecimal.string(bytes))'"
        case .text(let text): "\"\(text)\""
        case .array(let values): "[\(values.map(diagnostic).joined(separator: ", "))]"
        case .map(let entries):
            "{"
                + entries.map { "\(diagnostic($0.key)): \(diagnostic($0.value))" }
                .joined(separator: ", ") + "}"
        case .tagged(let tag, let value): "\(tag)(\(diagnostic(value)))"
        case .simple(20): "false"
        case .simple(21): "true"
        case .simple(22): "null"
        case .simple(23): "undefined"
        case .simple(let number): "simple(\(number))"
        case .float(let number):
            number.isNaN
                ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)"
        }
    }

    /// The value that Foundation's JSON reader makes of `decoded`, in the same notation.
    func notation(_ value: Any) -> String {
        switch value {
        case let text as String: "\"\(text)\""
        case let values as [Any]:
            "[\(values.map { notation($0) }.joined(separator: ", "))]"
        case let values as [String: Any]:
            "{"
                + values.sorted { $0.key < $1.key }
                .map { "\"\($0.key)\": \(notation($0.value))" }
                .joined(separator: ", ") + "}"
        case is NSNull: "null"
        case let number as NSNumber: "\(number)"
        default: "\(value)"
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `The 82 vectors of appendix A`() throws {
        let data = try SharedData.data("vectors/cbor-rfc8949/appendix_a.json")
        let items = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        let vectors = try JSONDecoder().decode([Vector].self, from: data)
        #expect(vectors.count == 82 && items.count == 82)
        var compared = 0
        for (vector, item) in zip(vectors, items) {
            let bytes = try bytes(vector.hex)
            if vector.hex == "f818" {
                // RFC 8949 section 3.3 took this one of RFC 7049 back.
                expectError(.malformedBytes) { try CBORValue(decoding: bytes, rules: .wellFormed) }
                continue
            }
            let value = try CBORValue(decoding: bytes, rules: .wellFormed)
            if vector.roundtrip {
                #expect(try value.deterministicBytes() == bytes, "\(vector.hex)")
                let strict = try CBORValue(decoding: bytes)
                #expect(diagnostic(strict) == diagnostic(value))
            } else {
                expectError(.malformedBytes, vector.hex) { try CBORValue(decoding: bytes) }
                let again = try CBORValue(decoding: value.deterministicBytes())
                #expect(try again.deterministicBytes() == value.deterministicBytes())
            }
            let text = diagnostic(value)
            if let stated = vector.diagnostic {
                // One has the marks of an indefinite length.
                let plain = stated == "(_ h'0102', h'030405')" ? "h'0102030405'" : stated
                #expect(text == plain, "\(vector.hex)")
                compared += 1
            } else if !["c2", "c3", "3b", "1b"].contains(String(vector.hex.prefix(2))),
                let decoded = item["decoded"], !vector.hex.hasPrefix("f4"),
                !vector.hex.hasPrefix("f5")
            {
                let isFloat = ["f9", "fa", "fb"].contains(String(vector.hex.prefix(2)))
                // JSONSerialization is off by an ulp where JSONDecoder is not.
                var expected = notation(decoded)
                if isFloat, let number = vector.number { expected = "\(number)" }
                if case .map(let entries) = value, entries.first?.key == .text("Fun") {
                    expected = "{\"Fun\": true, \"Amt\": -2}"
                }
                #expect(text == expected, "\(vector.hex)")
                compared += 1
            }
        }
        #expect(compared >= 70, "\(compared) values compared")
    }

    /// Integers too large for Foundation's JSON.
    @Test(arguments: [
        ("1b000000e8d4a51000", "1000000000000"), ("1bffffffffffffffff", "18446744073709551615"),
        ("3bffffffffffffffff", "-18446744073709551616"),
        ("c249010000000000000000", "2(h'010000000000000000')"),
        ("c349010000000000000000", "3(h'010000000000000000')"), ("f4", "false"), ("f5", "true"),
    ])
    func largeIntegers(hexadecimal: String, text: String) throws {
        #expect(diagnostic(try CBORValue(decoding: bytes(hexadecimal))) == text)
    }

    /// RFC 8949 section 4.2.1: the order of keys is that of their encodings.
    @Test func keysAreInTheOrderOfTheirBytes() throws {
        let keys: [CBORValue] = [
            .boolean(false), .array([.integer(-1)]), .array([.unsigned(100)]), .text("aa"),
            .text("z"), .integer(-1), .unsigned(100), .unsigned(10),
        ]
        let value = CBORValue.map(keys.map { .init($0, .null) })
        let sorted = CBORValue.map(keys.reversed().map { .init($0, .null) })
        // 10, 100, -1, "z", "aa", [100], [-1], false is the order of the section's example.
        let expected = "a80af61864f620f6617af6626161f6811864f68120f6f4f6"
        #expect(Hexadecimal.string(try value.deterministicBytes()) == expected)
        #expect(try sorted.deterministicBytes() == value.deterministicBytes())
        expectError(.invalidValue) {
            try CBORValue.map([.init(.text("a"), .null), .init(.text("a"), .null)])
                .deterministicBytes()
        }
    }

    @Test(arguments: [
        "", "18", "1817", "190001", "1a00000001", "1b0000000000000001", "1c", "1f", "5801", "41",
        "61ff", "81", "9f", "a1", "a101", "bf", "bf01ff", "c0", "df00", "f800", "f81f", "f9", "fc",
        "ff", "0000", "5f00ff", "7f4101ff", "5f5f4101ffff", "a2010201020304", "a202010102",
        "c2420001", "c24101", "fb3ff0000000000000", "fa3f800000", "f97e01", "9bffffffffffffffff",
        "5bffffffffffffffff", "bbffffffffffffffff", "7b7fffffffffffffff",
    ])
    func otherBytesAreRefused(hexadecimal: String) throws {
        let bytes = try bytes(hexadecimal)
        expectError(.malformedBytes, hexadecimal) { try CBORValue(decoding: bytes) }
    }

    @Test func depthIsBounded() throws {
        let deep = [UInt8](repeating: 0x81, count: 64) + [0]
        #expect(try CBORValue(decoding: deep).deterministicBytes() == deep)
        for head: UInt8 in [0x81, 0xC1, 0x9F] {
            let deeper = [UInt8](repeating: head, count: 100_000) + [0]
            expectError(.malformedBytes) { try CBORValue(decoding: deeper, rules: .wellFormed) }
        }
    }

    /// Every value comes back from its bytes, and no other bytes give it (seeds are printed).
    @Test(arguments: propertySeeds(200))
    func valuesComeBack(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let value = randomValue(&generator, depth: 4)
        let bytes = try value.deterministicBytes()
        let again = try CBORValue(decoding: bytes)
        #expect(try again.deterministicBytes() == bytes)
        #expect(diagnostic(again).count == diagnostic(value).count)
        for _ in 0..<20 {
            var changed = bytes
            let place = Int(generator.next() % UInt64(bytes.count))
            changed[place] ^= 1 << (generator.next() % 8)
            guard let other = try? CBORValue(decoding: changed) else { continue }
            #expect(try other.deterministicBytes() == changed)
        }
    }

    private func randomValue(_ generator: inout TestGenerator, depth: Int) -> CBORValue {
        let word = generator.next() >> (generator.next() % 64)
        switch generator.next() % (depth > 0 ? 9 : 6) {
        case 0: return .unsigned(word)
        case 1: return .negative(word)
        case 2: return .bytes((0..<Int(word % 40)).map { _ in UInt8(generator.next() % 256) })
        case 3: return .text(String(repeating: "é\u{1F600}x", count: Int(word % 20)))
        case 4: return .simple(UInt8(word % 24))
        case 5: return .float(Double(bitPattern: word << 20))
        case 6:
            return .array(
                (0..<Int(word % 5)).map { _ in randomValue(&generator, depth: depth - 1) })
        case 7:
            return .map(
                (0..<Int(word % 4)).map { index in
                    .init(
                        .unsigned(UInt64(index * 37)), randomValue(&generator, depth: depth - 1))
                })
        default: return .tagged(word | 8, randomValue(&generator, depth: depth - 1))
        }
    }
}
