// SPDX-License-Identifier: Apache-2.0

/// A loan on the chain and what was paid of it.
public struct LoanAccount: Hashable, Sendable {
    /// The loan's identifier.
    public let id: LedgerDigest
    /// What was agreed.
    public let terms: LoanContractTerms
    /// Where the contract is.
    public let place: Place
    /// Where the repayments are, in order.
    public internal(set) var repayments: [Place] = []
    /// What was paid back, in the currency's smallest unit.
    public internal(set) var paid: UInt64 = 0

    /// What is still owed.
    public var outstanding: UInt64 { terms.debt - paid }

    /// Whether everything is paid back.
    public var isSettled: Bool { outstanding == 0 }

    /// What was due until `time` and is not paid, in milliseconds since 1970-01-01 UTC.
    public func arrears(at time: UInt64) -> UInt64 {
        let due = terms.amountDue(by: time)
        return due > paid ? due - paid : 0
    }
}
