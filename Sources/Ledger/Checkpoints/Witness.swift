// SPDX-License-Identifier: Apache-2.0

/// Signs checkpoints of logs of which it has seen that they only grow.
///
/// The rules are those of C2SP's tlog-witness (<https://c2sp.org/tlog-witness>): it keeps the last
/// checkpoint of each log and signs only what continues it. Its memory must be on the disk before a
/// signature leaves; ``checkpoints`` is that memory.
public struct Witness: Sendable {
    /// The witness's key.
    public let key: NoteKey
    private let identity: SigningIdentity
    private let logs: [String: NoteKey]
    private var latest: [String: Checkpoint] = [:]

    /// A witness.
    ///
    /// - Parameters:
    ///   - name: the name of its key.
    ///   - logs: the logs that it watches, by their origins.
    ///   - checkpoints: what an earlier run remembered.
    /// - Throws: ``LedgerError``: `invalidValue` (name), `unsafeKey` (scheme), `unregisteredKey` (a
    ///   checkpoint of another log).
    public init(
        name: String, identity: SigningIdentity, logs: [String: NoteKey],
        resuming checkpoints: [Checkpoint] = []
    ) throws(LedgerError) {
        key = try NoteKey(name: name, kind: .witness, identity: identity.publicIdentity)
        self.identity = identity
        self.logs = logs
        for checkpoint in checkpoints {
            guard logs[checkpoint.origin] != nil else {
                throw LedgerError(.unregisteredKey, "'\(checkpoint.origin)' is not watched")
            }
            latest[checkpoint.origin] = checkpoint
        }
    }

    /// The last checkpoint of every log that has shown one, in the order of the origins.
    public var checkpoints: [Checkpoint] { latest.values.sorted { $0.origin < $1.origin } }

    /// Checks that a checkpoint continues the last one of its log, remembers it and signs it.
    ///
    /// - Parameters:
    ///   - proof: from the remembered size to the new one; `nil` where nothing was remembered or
    ///     the size is the same.
    ///   - time: seconds since 1970-01-01 UTC, which go into the signature.
    /// - Throws: ``LedgerError``: `unregisteredKey` (a log that is not watched), `badSignature`,
    ///   `staleCheckpoint` (the proof does not start at the remembered size, which is named),
    ///   `splitView` (the log contradicts what it showed before).
    public mutating func cosign(
        _ signed: SignedCheckpoint, proof: ConsistencyProof? = nil, time: UInt64
    ) throws(LedgerError) -> NoteSignature {
        let checkpoint = signed.checkpoint
        guard let log = logs[checkpoint.origin] else {
            throw LedgerError(.unregisteredKey, "'\(checkpoint.origin)' is not watched")
        }
        try signed.verify(log: log)
        if let old = latest[checkpoint.origin], old.size > 0 {
            try Self.check(checkpoint, after: old, proof)
        }
        let signature = try NoteSignature(checkpoint.text, by: identity, as: key, time: time)
        latest[checkpoint.origin] = checkpoint
        return signature
    }

    private static func check(
        _ new: Checkpoint, after old: Checkpoint, _ proof: ConsistencyProof?
    ) throws(LedgerError) {
        if new.size == old.size, proof == nil {
            guard new.root == old.root else { throw splitView(new, old, "the same size") }
            return
        }
        guard let proof, proof.oldSize == old.size, proof.newSize == new.size else {
            throw LedgerError(
                .staleCheckpoint,
                "a proof from size \(old.size) to \(new.size) is needed, this one is from "
                    + (proof.map { "\($0.oldSize) to \($0.newSize)" } ?? "nowhere"))
        }
        do throws(LedgerError) {
            try proof.verify(oldRoot: old.root, newRoot: new.root)
        } catch {
            throw splitView(new, old, error.message)
        }
    }

    private static func splitView(
        _ new: Checkpoint, _ old: Checkpoint, _ reason: String
    ) -> LedgerError {
        LedgerError(.splitView, "\(new) does not continue \(old): \(reason)")
    }
}
