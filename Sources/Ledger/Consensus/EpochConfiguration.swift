// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Who votes and who proposes during one epoch: a cycle of the paper.
///
/// Everything in it follows from the finalized chain up to the epoch before, so every node computes
/// the same. A set of voters rules whole epochs only; the last block of an epoch, signed by its
/// voters, names the digest of the next configuration.
public struct EpochConfiguration: Hashable, Sendable {
    /// The epoch, 0 at first.
    public let epoch: UInt64
    /// The banks that vote.
    public let voters: VoterSet
    /// The bureaus that propose, in their order; view `v` is the turn of number `(v - 1) % count`,
    /// so each is the prospective bureau of those before it.
    public let bureaus: [Address]
    /// The height of the epoch's last block.
    public let lastHeight: UInt64
    /// What blocks of the epoch commit to.
    public let digest: LedgerDigest

    /// A configuration for the chain `chainID`.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for no bureau or one given twice.
    public init(
        epoch: UInt64, voters: VoterSet, bureaus: [Address], lastHeight: UInt64,
        chainID: LedgerDigest
    ) throws(LedgerError) {
        guard !bureaus.isEmpty, Set(bureaus).count == bureaus.count else {
            throw LedgerError(
                .invalidValue, "an epoch needs bureaus, each once; \(bureaus.count) are given")
        }
        self.epoch = epoch
        self.voters = voters
        self.bureaus = bureaus
        self.lastHeight = lastHeight
        var encoder = CanonicalEncoder()
        Self.encode(epoch, voters, bureaus, lastHeight, to: &encoder)
        digest = LedgerDigest(LedgerDomain.epochConfiguration(chainID), encoder.bytes)
    }

    private static func encode(
        _ epoch: UInt64, _ voters: VoterSet, _ bureaus: [Address], _ lastHeight: UInt64,
        to encoder: inout CanonicalEncoder
    ) {
        encoder.encode(epoch)
        encoder.encode(voters)
        encoder.encode(bureaus)
        encoder.encode(lastHeight)
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        Self.encode(epoch, voters, bureaus, lastHeight, to: &encoder)
    }

    package init(
        from decoder: inout CanonicalDecoder, chainID: LedgerDigest
    ) throws(CanonicalDecodingError) {
        let epoch = try decoder.decodeUInt64()
        let voters = try VoterSet(from: &decoder)
        let bureaus: [Address] = try decoder.decodeArray()
        let lastHeight = try decoder.decodeUInt64()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try EpochConfiguration(
                epoch: epoch, voters: voters, bureaus: bureaus, lastHeight: lastHeight,
                chainID: chainID)
        }
    }

    /// The bureau whose turn `view` is.
    ///
    /// - Precondition: `view` is 1 or more.
    public func leader(of view: UInt64) -> Address {
        precondition(view > 0, "view 0 is the end of the epoch before")
        return bureaus[Int((view - 1) % UInt64(bureaus.count))]
    }
}
