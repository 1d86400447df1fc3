// SPDX-License-Identifier: Apache-2.0

/// The loans of a chain.
public struct LoanBook: Hashable, Sendable {
    /// The identifiers of all loans in the order of the chain.
    public private(set) var loans: [LedgerDigest] = []
    private var accounts: [LedgerDigest: LoanAccount] = [:]

    /// The loan with this identifier.
    public func account(of loan: LedgerDigest) -> LoanAccount? { accounts[loan] }

    /// Enters a loan and returns the money that moves.
    mutating func enter(
        _ contract: LoanContract, in context: TransactionContext
    ) throws(LedgerError) -> [SettlementEntry] {
        let terms = contract.terms
        guard terms.lender == context.sender else {
            throw LedgerError(
                .wrongRole, "\(context.sender) sends a loan of \(terms.lender)")
        }
        try contract.verify(context.registry)
        let id = terms.id(chainID: context.registry.chainID)
        guard accounts[id] == nil else {
            throw LedgerError(.duplicateAct, "loan \(id) is on the chain already")
        }
        loans.append(id)
        accounts[id] = LoanAccount(id: id, terms: terms, place: context.place)
        return [
            context.entry(
                .disbursement, from: terms.lender, to: terms.borrower, terms.price,
                terms.currency),
            context.entry(
                .initialPayment, from: terms.borrower, to: terms.lender, terms.initialPayment,
                terms.currency),
        ]
    }

    /// Counts a repayment and returns the money that moves.
    mutating func repay(
        _ repayment: Repayment, in context: TransactionContext
    ) throws(LedgerError) -> SettlementEntry {
        guard var account = accounts[repayment.loan] else {
            throw LedgerError(.unknownReference, "repayment of unknown loan \(repayment.loan)")
        }
        let terms = account.terms
        guard context.membership.isSame(context.sender, terms.lender) else {
            throw LedgerError(
                .wrongRole,
                "\(context.sender) is not the lender \(terms.lender) of loan \(repayment.loan)")
        }
        guard repayment.amount <= account.outstanding else {
            throw LedgerError(
                .invalidValue,
                "a repayment of \(repayment.amount) \(terms.currency), \(account.outstanding) are "
                    + "owed")
        }
        account.paid += repayment.amount
        account.repayments.append(context.place)
        accounts[repayment.loan] = account
        return context.entry(
            .repayment, from: terms.borrower, to: terms.lender, repayment.amount, terms.currency)
    }
}

extension TransactionContext {
    fileprivate func entry(
        _ reason: SettlementEntry.Reason, from payer: Address, to payee: Address,
        _ amount: UInt64, _ currency: String
    ) -> SettlementEntry {
        SettlementEntry(
            reason: reason, payer: .member(membership.origin(of: payer)),
            payee: .member(membership.origin(of: payee)), amount: amount, currency: currency,
            height: place.height, position: place.position)
    }
}
