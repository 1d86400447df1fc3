// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A value in a record; amounts are integers in the smallest unit.
public enum RecordValue: Hashable, Sendable {
    /// Yes or no.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)
    /// Bytes, such as a document.
    case bytes([UInt8])
}

extension RecordValue: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .boolean(let value):
            encoder.encode(UInt8(1))
            encoder.encode(value)
        case .integer(let value):
            encoder.encode(UInt8(2))
            encoder.encode(value)
        case .text(let value):
            encoder.encode(UInt8(3))
            encoder.encode(value)
        case .bytes(let value):
            encoder.encode(UInt8(4))
            encoder.encode(bytes: value)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .boolean(try decoder.decodeBool())
        case 2: self = .integer(try decoder.decodeInt64())
        case 3: self = .text(try decoder.decodeString())
        case 4: self = .bytes(try decoder.decodeBytes())
        case let tag: throw decoder.error("\(tag) is no kind of value")
        }
    }
}

/// A field of a record.
public struct RecordField: Hashable, Sendable {
    /// The field's name, 1 to 64 bytes.
    public let name: String
    /// The field's value.
    public let value: RecordValue

    /// A field; its name is checked by the record.
    public init(_ name: String, _ value: RecordValue) {
        self.name = name
        self.value = value
    }
}

extension RecordField: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(value)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        value = try RecordValue(from: &decoder)
        try checkingDecoded(decoder) { [name] () throws(LedgerError) in
            try checkName(name, "a field's name")
        }
    }
}
