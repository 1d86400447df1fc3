// SPDX-License-Identifier: Apache-2.0

/// Whose money an entry moves.
public enum SettlementAccount: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// A member, by its first address.
    case member(Address)
    /// The fund that pays proposers; it owes what it has paid.
    case incentive

    /// The address, or "incentive".
    public var description: String {
        switch self {
        case .member(let address): address.description
        case .incentive: "incentive"
        }
    }
}

/// One movement of money between two accounts that follows from a block.
public struct SettlementEntry: Hashable, Sendable {
    /// Why money moves.
    public enum Reason: UInt8, Sendable, Hashable, CaseIterable {
        /// The lender pays the price of a loan.
        case disbursement = 1
        /// The borrower pays what is due at once.
        case initialPayment = 2
        /// The borrower pays back.
        case repayment = 3
        /// The proposer of a block is rewarded.
        case proposerReward = 4
    }

    /// Why.
    public let reason: Reason
    /// Who pays.
    public let payer: SettlementAccount
    /// Who is paid.
    public let payee: SettlementAccount
    /// How much, in the currency's smallest unit; never 0.
    public let amount: UInt64
    /// The currency (ISO 4217).
    public let currency: String
    /// The block.
    public let height: UInt64
    /// The transaction's position in it; `nil` for a reward.
    public let position: Int?
}
