// SPDX-License-Identifier: Apache-2.0

/// How many of which witnesses must have seen a checkpoint.
///
/// A log that shows two views to two parties needs `2k - m` witnesses that sign both, where `k` of
/// `m` are asked for: with a strict majority at least one.
public struct WitnessPolicy: Hashable, Sendable {
    /// The witnesses that count.
    public let witnesses: [NoteKey]
    /// How many of them must have signed.
    public let threshold: Int

    /// A policy.
    ///
    /// - Throws: ``LedgerError`` with `invalidQuorum` for a threshold that is not in
    ///   `1 ... witnesses.count`, a key given twice or a key of another kind.
    public init(threshold: Int, of witnesses: [NoteKey]) throws(LedgerError) {
        guard (1...max(1, witnesses.count)).contains(threshold), !witnesses.isEmpty else {
            throw LedgerError(.invalidQuorum, "\(threshold) of \(witnesses.count) witnesses")
        }
        guard witnesses.allSatisfy({ $0.kind == .witness }),
            Set(witnesses.map(\.identity)).count == witnesses.count
        else {
            throw LedgerError(.invalidQuorum, "a witness is given twice or is no witness")
        }
        self.witnesses = witnesses
        self.threshold = threshold
    }
}
