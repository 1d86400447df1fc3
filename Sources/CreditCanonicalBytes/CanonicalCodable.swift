// SPDX-License-Identifier: Apache-2.0

/// A value with one canonical byte form: decoding what was encoded gives the value back, and
/// encoding what was decoded gives the same bytes back.
package protocol CanonicalCodable {
    /// Appends the canonical form.
    func encode(to encoder: inout CanonicalEncoder)

    /// Reads the canonical form and checks the value's invariants.
    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError)
}

/// Why bytes are not the canonical form of a value, and where.
package struct CanonicalDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The byte at which reading stopped.
    package let offset: Int
    /// What was wrong there.
    package let reason: String

    /// An error at `offset`.
    package init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }

    package var description: String { "byte \(offset): \(reason)" }
}
