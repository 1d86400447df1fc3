// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A user takes back a consent; what was opened before cannot be recalled.
public struct ConsentRevocation: Hashable, Sendable {
    /// The identifier of the transaction that granted it.
    public let grant: LedgerDigest

    /// A revocation.
    public init(grant: LedgerDigest) { self.grant = grant }
}

extension ConsentRevocation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(grant) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        grant = try LedgerDigest(from: &decoder)
    }
}
