// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FoundationEssentials

/// The name and Ed25519 key of a log or a witness, as C2SP's signed notes name them
/// (<https://c2sp.org/signed-note>).
public struct NoteKey: Hashable, Sendable, CustomStringConvertible {
    /// What the key signs.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// Checkpoints of its own log.
        case log = 1
        /// Checkpoints of others, with the time at which it saw them
        /// (<https://c2sp.org/tlog-cosignature>).
        case witness = 4
    }

    /// The key's name.
    public let name: String
    /// What the key signs.
    public let kind: Kind
    /// The key.
    public let identity: PublicIdentity
    /// The first four bytes of SHA-256 over name, newline, kind and key.
    public let id: [UInt8]

    /// A key.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` for a name that is empty or has white space, a
    ///   control character or a plus sign; `unsafeKey` where the key is not of Ed25519.
    public init(
        name: String, kind: Kind = .log, identity: PublicIdentity
    ) throws(LedgerError) {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.value >= 32 && $0.value != 127 && $0 != "+" && !$0.properties.isWhitespace
        }
        guard !name.isEmpty, isPlain else {
            throw LedgerError(.invalidValue, "'\(name)' is no name of a key")
        }
        guard identity.scheme == .ed25519 else {
            throw LedgerError(.unsafeKey, "notes are signed with ed25519, not \(identity.scheme)")
        }
        self.name = name
        self.kind = kind
        self.identity = identity
        let digest = SHA256Hash.hash(
            Array(name.utf8) + [0x0A, kind.rawValue] + identity.publicKey)
        id = Array(digest.prefix(4))
    }

    /// Reads `name+id+key`, as ``description`` writes it.
    ///
    /// - Throws: ``LedgerError``: `malformedBytes`, and as the other initializer.
    public init(verifierKey text: String) throws(LedgerError) {
        // The key in base64 may hold plus signs, the name and the id may not.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.bytes(parts[2]), bytes.count == 33,
            let kind = Kind(rawValue: bytes[0])
        else { throw LedgerError(.malformedBytes, "'\(text)' is no verifier key") }
        try self.init(
            name: String(parts[0]), kind: kind,
            identity: PublicIdentity(publicKey: Array(bytes[1...])))
        guard Hexadecimal.string(id) == parts[1] else {
            throw LedgerError(
                .malformedBytes,
                "the key's id is \(Hexadecimal.string(id)), not \(parts[1])")
        }
    }

    /// The verifier key: `name+id+key`.
    public var description: String {
        "\(name)+\(Hexadecimal.string(id))+"
            + Base64.text([kind.rawValue] + identity.publicKey)
    }

    /// The time in seconds since 1970-01-01 UTC at which a witness signed `text`, 0 for a log;
    /// `nil` where the signature is not one of this key over `text`.
    func signingTime(_ signature: NoteSignature, of text: String) -> UInt64? {
        guard signature.name == name, signature.keyID == id else { return nil }
        let start = kind == .witness ? 8 : 0
        guard signature.bytes.count == start + 64 else { return nil }
        let time = signature.bytes[..<start].reduce(0) { $0 << 8 | UInt64($1) }
        let isValid = identity.isValid(
            Signature(unchecked: Array(signature.bytes[start...])),
            ofSigned: Self.signed(text, kind, time))
        return isValid ? time : nil
    }

    /// What a key of `kind` signs of `text`.
    static func signed(_ text: String, _ kind: Kind, _ time: UInt64) -> [UInt8] {
        switch kind {
        case .log: Array(text.utf8)
        case .witness: Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
        }
    }
}
