// SPDX-License-Identifier: Apache-2.0

/// The double-entry book of a chain: every entry is paid by one account to another, so that the
/// balances of a currency always sum to zero.
///
/// A balance is a claim, not a coin: what members owe each other is settled outside.
public struct SettlementBook: Hashable, Sendable {
    /// All entries in the order of the chain.
    public private(set) var entries: [SettlementEntry] = []
    private var balances: [String: [SettlementAccount: Int64]] = [:]

    /// What `account` has been paid less what it has paid, in the currency's smallest unit.
    public func balance(of account: SettlementAccount, in currency: String) -> Int64 {
        balances[currency]?[account] ?? 0
    }

    /// The currencies with entries, in alphabetical order.
    public var currencies: [String] { balances.keys.sorted() }

    /// The accounts with entries in `currency`, in order, with their balances.
    public func balances(
        in currency: String
    ) -> [(account: SettlementAccount, balance: Int64)] {
        (balances[currency] ?? [:]).sorted { $0.key < $1.key }
            .map { (account: $0.key, balance: $0.value) }
    }

    /// Books an entry; nothing changes after an error.
    mutating func post(_ entry: SettlementEntry) throws(LedgerError) {
        guard entry.amount > 0 else { return }
        let amount = Int64(entry.amount)
        let paid = balance(of: entry.payer, in: entry.currency)
            .subtractingReportingOverflow(amount)
        let received = balance(of: entry.payee, in: entry.currency)
            .addingReportingOverflow(amount)
        guard !paid.overflow, !received.overflow else {
            throw LedgerError(
                .invalidValue,
                "\(entry.amount) \(entry.currency) from \(entry.payer) to \(entry.payee) exceed "
                    + "the range of a balance")
        }
        balances[entry.currency, default: [:]][entry.payer] = paid.partialValue
        balances[entry.currency, default: [:]][entry.payee] = received.partialValue
        entries.append(entry)
    }
}
