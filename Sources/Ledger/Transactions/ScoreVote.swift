// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's opinion of a proposed score; it decides about the score, never about a block.
public struct ScoreVote: Hashable, Sendable {
    /// The identifier of the proposing transaction.
    public let proposal: LedgerDigest
    /// Whether the bank agrees with the score.
    public let approves: Bool
    /// The proposal's cycle.
    public let cycle: UInt64

    /// A vote.
    public init(proposal: LedgerDigest, approves: Bool, cycle: UInt64) {
        self.proposal = proposal
        self.approves = approves
        self.cycle = cycle
    }
}

extension ScoreVote: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(proposal)
        encoder.encode(approves)
        encoder.encode(cycle)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        proposal = try LedgerDigest(from: &decoder)
        approves = try decoder.decodeBool()
        cycle = try decoder.decodeUInt64()
    }
}
