// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// One signature line of a signed checkpoint.
public struct NoteSignature: Hashable, Sendable {
    /// The key's name.
    public let name: String
    /// The key's id, four bytes.
    public let keyID: [UInt8]
    /// The signature; a witness puts its time in eight bytes in front.
    public let bytes: [UInt8]

    /// Signs `text` as `key`.
    init(
        _ text: String, by identity: SigningIdentity, as key: NoteKey, time: UInt64
    ) throws(LedgerError) {
        guard identity.publicIdentity == key.identity else {
            throw LedgerError(.badSignature, "the key of '\(key.name)' is another one")
        }
        name = key.name
        keyID = key.id
        var encoder = CanonicalEncoder()
        if key.kind == .witness { encoder.encode(time) }
        encoder.encode(
            fixed: try identity.sign(exactly: NoteKey.signed(text, key.kind, time)).bytes)
        bytes = encoder.bytes
    }

    /// Reads a line without its newline.
    init(line: some StringProtocol) throws(LedgerError) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", !parts[1].isEmpty,
            let bytes = Base64.bytes(parts[2]), bytes.count > 4
        else { throw LedgerError(.malformedBytes, "'\(line)' is no signature line") }
        name = String(parts[1])
        keyID = Array(bytes[..<4])
        self.bytes = Array(bytes[4...])
    }

    /// The line without its newline.
    var line: String { "\u{2014} \(name) \(Base64.text(keyID + bytes))" }
}
