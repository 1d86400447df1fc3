// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// What people and other programs read of a block, before it is written as JSON or CBOR.
indirect enum AuditValue {
    case unsigned(UInt64)
    case signed(Int64)
    case boolean(Bool)
    case text(String)
    case bytes([UInt8])
    case list([AuditValue])
    case record([(name: String, value: AuditValue)])
    /// An optional member that is not there.
    case none

    static func digest(_ digest: LedgerDigest) -> AuditValue { .bytes(digest.bytes) }

    static func digest(_ digest: LedgerDigest?) -> AuditValue {
        digest.map { .bytes($0.bytes) } ?? .none
    }

    static func address(_ address: Address) -> AuditValue { .bytes(address.bytes) }

    static func number(_ value: some UnsignedInteger) -> AuditValue { .unsigned(UInt64(value)) }

    static func number(_ value: some SignedInteger) -> AuditValue { .signed(Int64(value)) }

    /// Integers as decimal strings, because JSON's numbers are doubles;
    /// bytes as hexadecimal digits.
    var json: JSONValue {
        switch self {
        case .unsigned(let value): .string(String(value))
        case .signed(let value): .string(String(value))
        case .boolean(let value): .boolean(value)
        case .text(let text): .string(text)
        case .bytes(let bytes): .string(Hexadecimal.string(bytes))
        case .list(let values): .array(values.map(\.json))
        case .record(let members): .object(members.map { .init($0.name, $0.value.json) })
        case .none: .null
        }
    }

    /// Integers and byte strings as they are, names as text.
    var cbor: CBORValue {
        switch self {
        case .unsigned(let value): .unsigned(value)
        case .signed(let value): .integer(value)
        case .boolean(let value): .boolean(value)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        case .list(let values): .array(values.map(\.cbor))
        case .record(let members): .map(members.map { .init(.text($0.name), $0.value.cbor) })
        case .none: .null
        }
    }
}
