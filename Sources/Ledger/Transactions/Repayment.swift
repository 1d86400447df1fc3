// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A lender's confirmation that the borrower paid; its time is that of its block.
public struct Repayment: Hashable, Sendable {
    /// The loan's identifier, see ``LoanContractTerms/id(chainID:)``.
    public let loan: LedgerDigest
    /// What was paid, in the smallest unit of the loan's currency.
    public let amount: UInt64

    /// A confirmation.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for an amount of 0.
    public init(loan: LedgerDigest, amount: UInt64) throws(LedgerError) {
        guard amount > 0 else { throw LedgerError(.invalidValue, "a repayment of nothing") }
        self.loan = loan
        self.amount = amount
    }
}

extension Repayment: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(loan)
        encoder.encode(amount)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let loan = try LedgerDigest(from: &decoder)
        let amount = try decoder.decodeUInt64()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try Repayment(loan: loan, amount: amount)
        }
    }
}
