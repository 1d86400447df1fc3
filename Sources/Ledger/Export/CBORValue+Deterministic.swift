// SPDX-License-Identifier: Apache-2.0

extension CBORValue {
    /// The one encoding of this value after RFC 8949 section 4.2.1: shortest heads and
    /// floating-point numbers, definite lengths, map keys in the order of their encodings; every
    /// NaN is the half-precision quiet one.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a key that a map has twice, a simple value
    ///   of 24 to 31, and a bignum (tags 2 and 3) that fits an integer or begins with a zero.
    /// - Complexity: O(n log n) for n bytes.
    public func deterministicBytes() throws(LedgerError) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(to: &bytes)
        return bytes
    }

    private func append(to bytes: inout [UInt8]) throws(LedgerError) {
        switch self {
        case .unsigned(let value): Self.append(head: 0, value, to: &bytes)
        case .negative(let value): Self.append(head: 1, value, to: &bytes)
        case .bytes(let content):
            Self.append(head: 2, UInt64(content.count), to: &bytes)
            bytes += content
        case .text(let text):
            Self.append(head: 3, UInt64(text.utf8.count), to: &bytes)
            bytes += text.utf8
        case .array(let values):
            Self.append(head: 4, UInt64(values.count), to: &bytes)
            for value in values { try value.append(to: &bytes) }
        case .map(let entries): try Self.append(entries, to: &bytes)
        case .tagged(let tag, let value):
            try Self.checkBignum(tag, value)
            Self.append(head: 6, tag, to: &bytes)
            try value.append(to: &bytes)
        case .simple(let value):
            guard !(24..<32).contains(value) else {
                throw LedgerError(.invalidValue, "CBOR has no simple value \(value)")
            }
            Self.append(head: 7, UInt64(value), to: &bytes)
        case .float(let value): Self.append(value, to: &bytes)
        }
    }

    private static func append(head major: UInt8, _ value: UInt64, to bytes: inout [UInt8]) {
        func write(_ information: UInt8, _ number: some FixedWidthInteger) {
            bytes.append(major << 5 | information)
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        switch value {
        case ..<24: bytes.append(major << 5 | UInt8(value))
        case ...UInt64(UInt8.max): write(24, UInt8(value))
        case ...UInt64(UInt16.max): write(25, UInt16(value))
        case ...UInt64(UInt32.max): write(26, UInt32(value))
        default: write(27, value)
        }
    }

    private static func append(
        _ entries: [Entry], to bytes: inout [UInt8]
    ) throws(LedgerError) {
        append(head: 5, UInt64(entries.count), to: &bytes)
        var encoded: [(key: [UInt8], value: CBORValue)] = []
        for entry in entries {
            encoded.append((try entry.key.deterministicBytes(), entry.value))
        }
        encoded.sort { $0.key.lexicographicallyPrecedes($1.key) }
        for (index, entry) in encoded.enumerated() {
            guard index == 0 || encoded[index - 1].key != entry.key else {
                throw LedgerError(.invalidValue, "CBOR: a map has a key twice")
            }
            bytes += entry.key
            try entry.value.append(to: &bytes)
        }
    }

    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        func write(_ information: UInt8, _ pattern: some FixedWidthInteger) {
            bytes.append(7 << 5 | information)
            withUnsafeBytes(of: pattern.bigEndian) { bytes.append(contentsOf: $0) }
        }
        if value.isNaN {
            write(25, UInt16(0x7E00))
        } else if Double(Float16(value)) == value {
            write(25, Float16(value).bitPattern)
        } else if Double(Float(value)) == value {
            write(26, Float(value).bitPattern)
        } else {
            write(27, value.bitPattern)
        }
    }

    /// Refuses a bignum that has another preferred form (section 3.4.3).
    private static func checkBignum(_ tag: UInt64, _ value: CBORValue) throws(LedgerError) {
        guard tag == 2 || tag == 3, case .bytes(let content) = value else { return }
        guard content.count > 8, content[0] != 0 else {
            throw LedgerError(
                .invalidValue, "CBOR: a bignum of \(content.count) bytes is too small")
        }
    }
}
