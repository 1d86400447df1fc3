// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Testing
import _CreditTestSupport

/// One field of every kind the encoding has.
private struct Everything: CanonicalCodable, Equatable {
    var flag = false
    var small: UInt8 = 0
    var short: UInt16 = 0
    var word: UInt32 = 0
    var long: UInt64 = 0
    var signed: Int64 = 0
    var real = 0.0
    var name = ""
    var blob: [UInt8] = []
    var list: [Int] = []
    var maybe: String?

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(flag)
        encoder.encode(small)
        encoder.encode(short)
        encoder.encode(word)
        encoder.encode(long)
        encoder.encode(signed)
        encoder.encode(real)
        encoder.encode(name)
        encoder.encode(bytes: blob)
        encoder.encode(list) { $0.encode($1) }
        encoder.encode(optional: maybe) { $0.encode($1) }
    }

    init() {}

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        flag = try decoder.decodeBool()
        small = try decoder.decodeUInt8()
        short = try decoder.decodeUInt16()
        word = try decoder.decodeUInt32()
        long = try decoder.decodeUInt64()
        signed = try decoder.decodeInt64()
        real = try decoder.decodeDouble()
        name = try decoder.decodeString()
        blob = try decoder.decodeBytes()
        list = try decoder.decodeArray { (nested) throws(CanonicalDecodingError) in
            try nested.decodeInt()
        }
        maybe = try decoder.decodeOptional { (nested) throws(CanonicalDecodingError) in
            try nested.decodeString()
        }
    }

    init(using generator: inout TestGenerator) {
        flag = .random(using: &generator)
        small = .random(in: .min ... .max, using: &generator)
        short = .random(in: .min ... .max, using: &generator)
        word = .random(in: .min ... .max, using: &generator)
        long = .random(in: .min ... .max, using: &generator)
        signed = .random(in: .min ... .max, using: &generator)
        real = Double(bitPattern: generator.next())
        if real.isNaN { real = -0.0 }
        name = ["", "chain", "crédit", "分数", "a\0b"].randomElement(using: &generator)!
        blob = (0..<Int.random(in: 0...200, using: &generator)).map {
            UInt8(truncatingIfNeeded: $0)
        }
        list = (0..<Int.random(in: 0...3, using: &generator)).map { $0 - 1 }
        maybe = flag ? name : nil
    }
}

@Suite struct CanonicalBytesTests {
    @Test func fixedVectors() {
        var encoder = CanonicalEncoder()
        encoder.encode(UInt16(0x0102))
        encoder.encode(-2)
        encoder.encode(true)
        encoder.encode(1.5)
        encoder.encode("é")
        encoder.encodeCount(300)
        let expected: [UInt8] =
            [1, 2] + [255, 255, 255, 255, 255, 255, 255, 254] + [1]
            + [0x3F, 0xF8, 0, 0, 0, 0, 0, 0] + [2, 0xC3, 0xA9] + [0xAC, 0x02]
        #expect(encoder.bytes == expected)
    }

    @Test(arguments: propertySeeds(50)) func roundTrip(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let value = Everything(using: &generator)
        let bytes = CanonicalEncoder.bytes(of: value)
        #expect(try CanonicalDecoder.decode(Everything.self, from: bytes) == value)
    }

    /// Whatever the decoder accepts, the encoder writes back to the letter.
    @Test(arguments: propertySeeds(20)) func mutatedBytesAreRefusedOrCanonical(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        let bytes = CanonicalEncoder.bytes(of: Everything(using: &generator))
        var accepted = 0
        for _ in 0..<2_000 {
            var mutated = bytes
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            switch UInt8.random(in: 0...2, using: &generator) {
            case 0: mutated[position] = .random(in: 0...255, using: &generator)
            case 1: mutated.insert(.random(in: 0...255, using: &generator), at: position)
            default: mutated.remove(at: position)
            }
            guard let value = try? CanonicalDecoder.decode(Everything.self, from: mutated) else {
                continue
            }
            accepted += 1
            #expect(CanonicalEncoder.bytes(of: value) == mutated)
        }
        #expect(accepted > 0)
    }

    @Test func everyPrefixIsRefused() {
        var generator = TestGenerator(seed: 1)
        let bytes = CanonicalEncoder.bytes(of: Everything(using: &generator))
        for count in bytes.indices {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(Everything.self, from: Array(bytes.prefix(count)))
            }
        }
    }

    @Test func nonCanonicalFormsAreNamed() {
        func reason<Value>(
            _ bytes: [UInt8],
            _ body: (inout CanonicalDecoder) throws(CanonicalDecodingError) -> Value
        ) -> String? {
            var decoder = CanonicalDecoder(bytes)
            do {
                _ = try body(&decoder)
                try decoder.finish()
                return nil
            } catch { return error.description }
        }
        #expect(
            reason([2]) { (d) throws(CanonicalDecodingError) in try d.decodeBool() }
                == "byte 1: 2 is not 0 or 1")
        #expect(
            reason([0x80, 0x00]) { (d) throws(CanonicalDecodingError) in try d.decodeCount() }
                == "byte 2: count is not minimal")
        #expect(
            reason([9, 1]) { (d) throws(CanonicalDecodingError) in try d.decodeBytes() }
                == "byte 1: count 9 exceeds the 1 bytes left")
        #expect(
            reason([1, 0xFF]) { (d) throws(CanonicalDecodingError) in try d.decodeString() }
                == "byte 0: not valid UTF-8")
        #expect(
            reason([0x7F, 0xF8, 0, 0, 0, 0, 0, 1]) { (d) throws(CanonicalDecodingError) in
                try d.decodeDouble()
            } == "byte 8: not the canonical NaN")
        #expect(
            reason([1, 0]) { (d) throws(CanonicalDecodingError) in try d.decodeBool() }
                == "byte 1: 1 bytes too many")
    }
}

@Suite struct HashTests {
    /// FIPS 180-4 examples.
    @Test func publishedDigests() {
        #expect(
            Hexadecimal.string(SHA256Hash.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hexadecimal.string(SHA256Hash.hash([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func domainsSeparate() {
        let message: [UInt8] = [1, 2, 3]
        let domains = [
            Domain("block", version: 1), Domain("block", version: 2), Domain("vote", version: 1),
            Domain("block", version: 1, context: [7]), Domain("blockx", version: 1),
        ]
        let digests = Set(domains.map { SHA256Hash.hash(domain: $0, message) })
        #expect(digests.count == domains.count)
        for first in domains {
            for second in domains where first != second {
                #expect(!second.prefix.starts(with: first.prefix))
            }
        }
    }

    @Test func hexadecimal() {
        #expect(Hexadecimal.string([0, 0x9F, 0xFF]) == "009fff")
        #expect(Hexadecimal.bytes("009FfF") == [0, 0x9F, 0xFF])
        #expect(Hexadecimal.bytes("abc") == nil)
        #expect(Hexadecimal.bytes("0g") == nil)
        #expect(Hexadecimal.bytes("+1") == nil)
    }
}
