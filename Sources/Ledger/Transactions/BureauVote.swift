// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's vote for a candidate of the coming cycle; it may vote once for each candidate.
public struct BureauVote: Hashable, Sendable {
    /// A bureau that has applied.
    public let candidate: Address
    /// The cycle after the chain's present one.
    public let cycle: UInt64

    /// A vote.
    public init(candidate: Address, cycle: UInt64) {
        self.candidate = candidate
        self.cycle = cycle
    }
}

extension BureauVote: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(candidate)
        encoder.encode(cycle)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        candidate = try Address(from: &decoder)
        cycle = try decoder.decodeUInt64()
    }
}
