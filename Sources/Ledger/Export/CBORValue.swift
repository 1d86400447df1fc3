// SPDX-License-Identifier: Apache-2.0

/// A CBOR data item as RFC 8949 sees it.
///
/// ```swift
/// let value = CBORValue.map([.init(.text("height"), .unsigned(7))])
/// let bytes = try value.deterministicBytes()
/// let again = try CBORValue(decoding: bytes)
/// ```
///
/// Source: RFC 8949, Concise Binary Object Representation, <https://doi.org/10.17487/RFC8949>.
public indirect enum CBORValue: Hashable, Sendable {
    /// An integer of 0 or more.
    case unsigned(UInt64)
    /// The integer -1 - n.
    case negative(UInt64)
    /// A byte string.
    case bytes([UInt8])
    /// A text string, kept as its scalars: nothing is normalised.
    case text(String)
    /// An array.
    case array([CBORValue])
    /// A map; no key twice. The order of the entries has no meaning.
    case map([Entry])
    /// A data item with a tag number.
    case tagged(UInt64, CBORValue)
    /// A simple value: 0 to 23, or 32 to 255.
    case simple(UInt8)
    /// A floating-point number.
    case float(Double)

    /// A key of a map with its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public let key: CBORValue
        /// The value.
        public let value: CBORValue

        /// An entry.
        public init(_ key: CBORValue, _ value: CBORValue) {
            self.key = key
            self.value = value
        }
    }

    /// Simple value 22.
    public static let null = CBORValue.simple(22)

    /// Simple value 20 or 21.
    public static func boolean(_ value: Bool) -> CBORValue { .simple(value ? 21 : 20) }

    /// The integer `value`.
    public static func integer(_ value: Int64) -> CBORValue {
        value < 0 ? .negative(UInt64(-1 - value)) : .unsigned(UInt64(value))
    }

    /// The value of the entry whose key is the text `name`; `nil` for other values than maps.
    public subscript(name: String) -> CBORValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { entry in
            guard case .text(let text) = entry.key else { return false }
            return text.utf8.elementsEqual(name.utf8)
        }?.value
    }
}
