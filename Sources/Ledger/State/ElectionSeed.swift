// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The seed of the bureaus' elections: promised and opened by the banks, one cycle for the next.
struct ElectionSeed: Hashable, Sendable {
    /// The seed of the newest election; the chain id before the first.
    private(set) var seed: LedgerDigest
    private let chainID: LedgerDigest
    private var promises: [Address: SeedCommitment] = [:]
    private var secrets: [Address: SeedReveal] = [:]

    init(_ genesis: Genesis) {
        seed = genesis.chainID
        chainID = genesis.chainID
    }

    mutating func enter(
        _ promise: SeedCommitment, in context: TransactionContext
    ) throws(LedgerError) {
        guard context.isFirstHalfOfCycle else {
            throw LedgerError(
                .wrongCycle, "promises are taken in the first half of cycle \(context.cycle)")
        }
        guard promises[context.origin] == nil else {
            throw LedgerError(
                .duplicateAct, "\(context.sender) has promised a secret for this cycle already")
        }
        promises[context.origin] = promise
    }

    mutating func enter(
        _ reveal: SeedReveal, in context: TransactionContext
    ) throws(LedgerError) {
        guard !context.isFirstHalfOfCycle else {
            throw LedgerError(
                .wrongCycle, "secrets are opened in the second half of cycle \(context.cycle)")
        }
        guard let promise = promises[context.origin] else {
            throw LedgerError(
                .unknownReference, "\(context.sender) has promised no secret in this cycle")
        }
        guard reveal.commitment(chainID: chainID, cycle: context.cycle) == promise else {
            throw LedgerError(
                .wrongCommitment, "the secret is not the one that \(context.sender) promised")
        }
        guard secrets.updateValue(reveal, forKey: context.origin) == nil else {
            throw LedgerError(.duplicateAct, "\(context.sender) has opened its promise already")
        }
    }

    /// Ends a cycle: its secrets, in the order of the banks' first addresses, make the next seed.
    mutating func advance() {
        var encoder = CanonicalEncoder()
        encoder.encode(seed)
        for (bank, reveal) in secrets.sorted(by: { $0.key < $1.key }) {
            encoder.encode(bank)
            encoder.encode(reveal.secret)
        }
        seed = LedgerDigest(LedgerDomain.electionSeed(chainID), encoder.bytes)
        promises = [:]
        secrets = [:]
    }
}
