// SPDX-License-Identifier: Apache-2.0

/// A checkpoint with the signatures of its log and of witnesses, as a C2SP signed note.
public struct SignedCheckpoint: Hashable, Sendable {
    /// What is signed.
    public let checkpoint: Checkpoint
    /// Who signed it, the log first.
    public private(set) var signatures: [NoteSignature]
    /// How many signatures a note may have.
    private static let signatureLimit = 100

    /// Signs a checkpoint as its log.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where `key` is not the one of `identity`.
    public init(
        _ checkpoint: Checkpoint, signedBy identity: SigningIdentity, as key: NoteKey
    ) throws(LedgerError) {
        self.checkpoint = checkpoint
        signatures = [
            try NoteSignature(checkpoint.text, by: identity, as: key, time: 0)
        ]
    }

    /// Reads a signed note; the signatures are judged by ``verify(log:witnesses:)``.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(text: String) throws(LedgerError) {
        guard let split = text.range(of: "\n\n") else {
            throw LedgerError(.malformedBytes, "a note without a blank line")
        }
        checkpoint = try Checkpoint(text: text[..<split.lowerBound] + "\n")
        let lines = text[split.upperBound...].split(
            separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 2, lines.last == "", lines.count - 1 <= Self.signatureLimit else {
            throw LedgerError(
                .malformedBytes, "a note has 1 to \(Self.signatureLimit) signature lines")
        }
        signatures = []
        for line in lines.dropLast() { signatures.append(try NoteSignature(line: line)) }
    }

    /// The signed note.
    public var text: String {
        checkpoint.text + "\n" + signatures.map { $0.line + "\n" }.joined()
    }

    /// Adds a witness's signature.
    public mutating func add(_ signature: NoteSignature) { signatures.append(signature) }

    /// Checks the log's signature, and that enough witnesses have seen this checkpoint.
    ///
    /// Signatures of unknown keys are passed over; a known key whose signature is wrong is refused.
    ///
    /// - Throws: ``LedgerError``: `badSignature`, `quorumNotReached`.
    public func verify(log: NoteKey, witnesses: WitnessPolicy? = nil) throws(LedgerError) {
        guard try time(of: log) != nil else {
            throw LedgerError(.badSignature, "\(checkpoint) is not signed by \(log)")
        }
        guard let witnesses else { return }
        var seen = 0
        for witness in witnesses.witnesses where try time(of: witness) != nil { seen += 1 }
        guard seen >= witnesses.threshold else {
            throw LedgerError(
                .quorumNotReached,
                "\(seen) of \(witnesses.witnesses.count) witnesses signed \(checkpoint), "
                    + "\(witnesses.threshold) are needed")
        }
    }

    /// When a witness signed, in seconds since 1970-01-01 UTC; 0 for a log, `nil` where there is no
    /// signature of that key.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where its signature is wrong.
    public func time(of key: NoteKey) throws(LedgerError) -> UInt64? {
        let text = checkpoint.text
        for signature in signatures where signature.name == key.name && signature.keyID == key.id {
            guard let time = key.signingTime(signature, of: text) else {
                throw LedgerError(.badSignature, "\(checkpoint) is not what \(key) signed")
            }
            return time
        }
        return nil
    }
}

extension String {
    /// Where `text` last occurs.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var found: Range<String.Index>?
        var start = startIndex
        while let range = self[start...].firstRange(of: text) {
            found = range
            start = index(after: range.lowerBound)
        }
        return found
    }
}
