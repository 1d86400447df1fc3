// SPDX-License-Identifier: Apache-2.0

/// Reads canonical bytes and refuses every form that ``CanonicalEncoder`` would not write.
package struct CanonicalDecoder: Sendable {
    private let bytes: [UInt8]
    /// The position of the next byte.
    package private(set) var offset = 0

    /// Starts at the first of `bytes`.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value whose canonical form is all of `bytes`.
    package static func decode<Value: CanonicalCodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8]
    ) throws(CanonicalDecodingError) -> Value {
        var decoder = CanonicalDecoder(bytes)
        let value = try Value(from: &decoder)
        try decoder.finish()
        return value
    }

    /// How many bytes are left.
    package var remaining: Int { bytes.count - offset }

    /// An error at the current position, for a caller that finds the value itself wrong.
    package func error(_ reason: String) -> CanonicalDecodingError {
        CanonicalDecodingError(offset: offset, reason: reason)
    }

    /// Refuses bytes behind the value.
    package func finish() throws(CanonicalDecodingError) {
        guard remaining == 0 else { throw error("\(remaining) bytes too many") }
    }

    /// Reads `count` bytes.
    package mutating func decode(fixed count: Int) throws(CanonicalDecodingError) -> [UInt8] {
        guard count >= 0, remaining >= count else {
            throw error("\(count) bytes expected, \(remaining) left")
        }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    private mutating func decode<Value: FixedWidthInteger>(
        _ type: Value.Type
    ) throws(CanonicalDecodingError) -> Value {
        let width = Value.bitWidth / 8
        guard remaining >= width else {
            throw error("\(width) bytes expected, \(remaining) left")
        }
        defer { offset += width }
        return Value(
            bigEndian: bytes.withUnsafeBytes {
                $0.loadUnaligned(fromByteOffset: offset, as: Value.self)
            })
    }

    /// Reads one byte.
    package mutating func decodeUInt8() throws(CanonicalDecodingError) -> UInt8 {
        try decode(UInt8.self)
    }

    /// Reads two bytes.
    package mutating func decodeUInt16() throws(CanonicalDecodingError) -> UInt16 {
        try decode(UInt16.self)
    }

    /// Reads four bytes.
    package mutating func decodeUInt32() throws(CanonicalDecodingError) -> UInt32 {
        try decode(UInt32.self)
    }

    /// Reads eight bytes.
    package mutating func decodeUInt64() throws(CanonicalDecodingError) -> UInt64 {
        try decode(UInt64.self)
    }

    /// Reads eight bytes, signed.
    package mutating func decodeInt64() throws(CanonicalDecodingError) -> Int64 {
        try decode(Int64.self)
    }

    /// Reads a 64-bit integer that fits this platform's `Int`.
    package mutating func decodeInt() throws(CanonicalDecodingError) -> Int {
        let value = try decode(Int64.self)
        guard let narrow = Int(exactly: value) else { throw error("\(value) is too large here") }
        return narrow
    }

    /// Reads 0 or 1.
    package mutating func decodeBool() throws(CanonicalDecodingError) -> Bool {
        let byte = try decode(UInt8.self)
        guard byte <= 1 else { throw error("\(byte) is not 0 or 1") }
        return byte == 1
    }

    /// Reads a bit pattern; a NaN must be the canonical one.
    package mutating func decodeDouble() throws(CanonicalDecodingError) -> Double {
        let value = Double(bitPattern: try decode(UInt64.self))
        guard !value.isNaN || value.bitPattern == Double.nan.bitPattern else {
            throw error("not the canonical NaN")
        }
        return value
    }

    /// Reads a length and that many bytes.
    package mutating func decodeBytes() throws(CanonicalDecodingError) -> [UInt8] {
        try decode(fixed: decodeCount())
    }

    /// Reads a length and that many bytes of valid UTF-8.
    package mutating func decodeString() throws(CanonicalDecodingError) -> String {
        let start = offset
        guard let string = String(validating: try decodeBytes(), as: UTF8.self) else {
            throw CanonicalDecodingError(offset: start, reason: "not valid UTF-8")
        }
        return string
    }

    /// Reads a minimal LEB128 count, at most the number of bytes that are left.
    ///
    /// Every counted element takes at least one byte, so a longer count is a forgery that would
    /// only make the reader reserve memory.
    package mutating func decodeCount() throws(CanonicalDecodingError) -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try decode(UInt8.self)
            guard shift < 63 else { throw error("count is too long") }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                guard byte != 0 || shift == 0 else { throw error("count is not minimal") }
                break
            }
            shift += 7
        }
        guard value <= UInt64(remaining) else {
            throw error("count \(value) exceeds the \(remaining) bytes left")
        }
        return Int(value)
    }

    /// Reads a count and that many elements.
    package mutating func decodeArray<Element: CanonicalCodable>(
        of type: Element.Type = Element.self
    ) throws(CanonicalDecodingError) -> [Element] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in
            try Element(from: &decoder)
        }
    }

    /// Reads a count and that many elements as `body` does.
    package mutating func decodeArray<Element>(
        each body: (inout CanonicalDecoder) throws(CanonicalDecodingError) -> Element
    ) throws(CanonicalDecodingError) -> [Element] {
        let count = try decodeCount()
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }

    /// Reads 0 as `nil`, or 1 and the value as `body` does.
    package mutating func decodeOptional<Value>(
        _ body: (inout CanonicalDecoder) throws(CanonicalDecodingError) -> Value
    ) throws(CanonicalDecodingError) -> Value? {
        try decodeBool() ? try body(&self) : nil
    }
}
