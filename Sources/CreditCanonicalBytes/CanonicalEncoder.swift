// SPDX-License-Identifier: Apache-2.0

/// Writes the one canonical byte form of a value.
///
/// Integers have a fixed width and are big-endian, counts are minimal LEB128, strings and byte
/// strings carry their length, floating-point numbers are bit patterns. There is one encoding per
/// value, and ``CanonicalDecoder`` accepts no other.
package struct CanonicalEncoder: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []

    /// An empty encoder.
    package init() {}

    /// The canonical bytes of `value`.
    package static func bytes(of value: some CanonicalCodable) -> [UInt8] {
        var encoder = CanonicalEncoder()
        value.encode(to: &encoder)
        return encoder.bytes
    }

    /// Writes an integer at its fixed width, most significant byte first.
    package mutating func encode<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes an `Int` as 64 bits on every platform.
    package mutating func encode(_ value: Int) { encode(Int64(value)) }

    /// Writes 0 or 1.
    package mutating func encode(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Writes the bit pattern; every NaN becomes the one quiet NaN.
    package mutating func encode(_ value: Double) {
        encode(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
    }

    /// Writes the length in bytes and the UTF-8 bytes.
    package mutating func encode(_ value: String) { encode(bytes: Array(value.utf8)) }

    /// Writes the length and the bytes.
    package mutating func encode(bytes value: [UInt8]) {
        encodeCount(value.count)
        bytes.append(contentsOf: value)
    }

    /// Writes bytes whose number the reader knows.
    package mutating func encode(fixed value: [UInt8]) { bytes.append(contentsOf: value) }

    /// Writes a non-negative count as minimal LEB128.
    package mutating func encodeCount(_ count: Int) {
        var rest = UInt64(count)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Writes a value in its own form.
    package mutating func encode(_ value: some CanonicalCodable) { value.encode(to: &self) }

    /// Writes the count and every element.
    package mutating func encode<Element: CanonicalCodable>(_ values: [Element]) {
        encode(values) { encoder, value in value.encode(to: &encoder) }
    }

    /// Writes the count and every element as `body` does.
    package mutating func encode<Element>(
        _ values: [Element], each body: (inout CanonicalEncoder, Element) -> Void
    ) {
        encodeCount(values.count)
        for value in values { body(&self, value) }
    }

    /// Writes 0 for `nil`, else 1 and the value as `body` does.
    package mutating func encode<Value>(
        optional value: Value?, _ body: (inout CanonicalEncoder, Value) -> Void
    ) {
        encode(value != nil)
        if let value { body(&self, value) }
    }
}
