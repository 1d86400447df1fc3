// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A member gives up its key, lost or known to others; it is void from the next block on.
///
/// The member is no longer registered then. The banks remove others by a ``ConfigurationChange``.
public struct KeyRevocation: Hashable, Sendable {
    /// Why, 1 to 64 bytes.
    public let reason: String

    /// A revocation of the sender's own key.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a reason of other than 1 to 64 bytes.
    public init(reason: String) throws(LedgerError) {
        try checkName(reason, "the reason")
        self.reason = reason
    }
}

extension KeyRevocation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(reason) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let reason = try decoder.decodeString()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try KeyRevocation(reason: reason)
        }
    }
}
