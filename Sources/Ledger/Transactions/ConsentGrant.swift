// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A user allows one member to open its data for one purpose until a time.
public struct ConsentGrant: Hashable, Sendable {
    /// Who may open the data.
    public let recipient: Address
    /// What it may be used for, 1 to 64 bytes.
    public let purpose: String
    /// The record or the kind of records that it is about.
    public let scope: LedgerDigest
    /// When it ends, in milliseconds since 1970-01-01 UTC.
    public let expiryTime: UInt64

    /// A consent.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a purpose of other than 1 to 64 bytes.
    public init(
        recipient: Address, purpose: String, scope: LedgerDigest, expiryTime: UInt64
    ) throws(LedgerError) {
        try checkName(purpose, "the purpose")
        self.recipient = recipient
        self.purpose = purpose
        self.scope = scope
        self.expiryTime = expiryTime
    }
}

extension ConsentGrant: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(recipient)
        encoder.encode(purpose)
        encoder.encode(scope)
        encoder.encode(expiryTime)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipient = try Address(from: &decoder)
        let purpose = try decoder.decodeString()
        let scope = try LedgerDigest(from: &decoder)
        let expiryTime = try decoder.decodeUInt64()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ConsentGrant(
                recipient: recipient, purpose: purpose, scope: scope, expiryTime: expiryTime)
        }
    }
}
