// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A proposal to make a model the active one of its name at a height; the banks decide.
///
/// A rollback is an update to a model that was active before.
public struct ModelUpdate: Hashable, Sendable {
    /// The model, with the digest of its file.
    public let model: ModelRecord
    /// The model that is active when this one takes over; `nil` for the first of its name.
    public let replaces: LedgerDigest?
    /// The block with which it takes over, if the banks have approved it before.
    public let activationHeight: UInt64
    /// The digests of what went into it, such as the updates of the members of a federated round.
    public let contributions: [LedgerDigest]

    /// A proposal.
    public init(
        model: ModelRecord, replaces: LedgerDigest?, activationHeight: UInt64,
        contributions: [LedgerDigest] = []
    ) {
        self.model = model
        self.replaces = replaces
        self.activationHeight = activationHeight
        self.contributions = contributions
    }
}

extension ModelUpdate: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(model)
        encoder.encode(optional: replaces) { $0.encode($1) }
        encoder.encode(activationHeight)
        encoder.encode(contributions)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        model = try ModelRecord(from: &decoder)
        replaces = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try LedgerDigest(from: &decoder)
        }
        activationHeight = try decoder.decodeUInt64()
        contributions = try decoder.decodeArray()
    }
}
