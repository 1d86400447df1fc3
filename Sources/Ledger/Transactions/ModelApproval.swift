// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's vote on a model update.
public struct ModelApproval: Hashable, Sendable {
    /// The identifier of the proposing transaction.
    public let update: LedgerDigest
    /// Whether the bank agrees.
    public let approves: Bool

    /// A vote.
    public init(update: LedgerDigest, approves: Bool) {
        self.update = update
        self.approves = approves
    }
}

extension ModelApproval: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(update)
        encoder.encode(approves)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        update = try LedgerDigest(from: &decoder)
        approves = try decoder.decodeBool()
    }
}
