// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's decision on a loan, made on an accepted score.
public struct LendingDecisionRecord: Hashable, Sendable {
    /// The identifier of the transaction that proposed the score.
    public let proposal: LedgerDigest
    /// The share of the bank's budget that it lends (the paper's xi), in parts per million.
    public let shareInMillionths: UInt32
    /// The kind of decision, a code that the lending layer defines.
    public let verdict: UInt8

    /// A decision.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where the share is above 1,000,000.
    public init(
        proposal: LedgerDigest, shareInMillionths: UInt32, verdict: UInt8
    ) throws(LedgerError) {
        guard shareInMillionths <= 1_000_000 else {
            throw LedgerError(.invalidValue, "a share of \(shareInMillionths) millionths exceeds 1")
        }
        self.proposal = proposal
        self.shareInMillionths = shareInMillionths
        self.verdict = verdict
    }
}

extension LendingDecisionRecord: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(proposal)
        encoder.encode(shareInMillionths)
        encoder.encode(verdict)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let proposal = try LedgerDigest(from: &decoder)
        let share = try decoder.decodeUInt32()
        let verdict = try decoder.decodeUInt8()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try LendingDecisionRecord(
                proposal: proposal, shareInMillionths: share, verdict: verdict)
        }
    }
}
