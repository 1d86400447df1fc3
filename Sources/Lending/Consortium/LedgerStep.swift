// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Runs a step of the ledger, its error kept under a ``LendingError``.
func ledgerStep<Result>(
    _ what: @autoclosure () -> String, _ body: () throws(LedgerError) -> Result
) throws(LendingError) -> Result {
    do {
        return try body()
    } catch {
        throw LendingError(.ledger, what(), underlying: error)
    }
}

/// A digest that was computed here.
func ledgerDigest(_ bytes: [UInt8]) throws(LendingError) -> LedgerDigest {
    try ledgerStep("a digest") { () throws(LedgerError) in try LedgerDigest(bytes) }
}
