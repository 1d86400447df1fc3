// SPDX-License-Identifier: Apache-2.0

/// A JSON value as RFC 8785 sees it: numbers are doubles, members of objects have an order.
///
/// Source: RFC 8785, JSON Canonicalization Scheme, <https://doi.org/10.17487/RFC8785>.
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number; it must be finite.
    case number(Double)
    /// A string, kept as its scalars: nothing is normalised.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; no name twice.
    case object([Member])

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: JSONValue

        /// A member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Whether names have the same scalars and values are the same.
        ///
        /// Strings of other scalars that look the same are equal in Swift, but not in JSON.
        public static func == (left: Member, right: Member) -> Bool {
            left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
        }

        /// Hashes name and value.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(Array(name.utf8))
            hasher.combine(value)
        }
    }

    /// The value of the first member called `name`; `nil` for other values than objects.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The string, where it is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
