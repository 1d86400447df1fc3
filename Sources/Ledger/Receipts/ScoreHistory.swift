// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Every accepted score of a borrower with its proof, in the order of the chain.
///
/// Nothing in it can be forged, but a custodian can leave a score out: the list alone does not
/// prove that it is complete.
public struct ScoreHistory: Hashable, Sendable {
    /// Whose scores they are.
    public let borrower: Borrower
    /// A receipt for each score.
    public let receipts: [ScoreReceipt]

    private static let format: UInt16 = 1

    /// Reads a history; it proves nothing before ``verify(against:)``.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("score history", from: canonicalBytes)
    }

    init(borrower: Borrower, receipts: [ScoreReceipt]) {
        self.borrower = borrower
        self.receipts = receipts
    }

    /// The history's one byte form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Checks every receipt, the borrower and the order.
    ///
    /// - Returns: the scores, the newest last.
    /// - Throws: ``LedgerError``: as ``ScoreReceipt/verify(against:)``; `malformedBytes` for a
    ///   score of somebody else, given twice or out of order.
    @discardableResult
    public func verify(against genesis: Genesis) throws(LedgerError) -> [ScoreProposal] {
        var scores: [ScoreProposal] = []
        var previous: ScoreReceipt?
        for receipt in receipts {
            let score = try receipt.verify(against: genesis)
            guard score.borrower == borrower else {
                throw LedgerError(
                    .malformedBytes, "a score of \(score.borrower), not of \(borrower)")
            }
            if let previous, !previous.proposal.precedes(receipt.proposal) {
                throw LedgerError(
                    .malformedBytes, "the scores are not in the chain's order",
                    height: receipt.proposal.height)
            }
            previous = receipt
            scores.append(score)
        }
        return scores
    }
}

extension ScoreHistory: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(Self.format)
        encoder.encode(borrower)
        encoder.encode(receipts)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let format = try decoder.decodeUInt16()
        guard format == Self.format else { throw decoder.error("\(format) is no history format") }
        borrower = try Borrower(from: &decoder)
        receipts = try decoder.decodeArray()
    }
}

extension Chain {
    /// The accepted scores of `borrower` with their proofs.
    ///
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    public func scoreHistory(of borrower: Borrower) throws(LedgerError) -> ScoreHistory {
        let state = self.state
        let accepted = state.scores(for: borrower).filter {
            $0.status(in: state.cycle) == .accepted
        }
        return ScoreHistory(borrower: borrower, receipts: try receipts(for: accepted.map(\.id)))
    }
}
