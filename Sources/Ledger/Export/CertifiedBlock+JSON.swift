// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The audit forms of a block: JSON after RFC 8785 and deterministic CBOR after RFC 8949, which
/// people and other programs can read.
///
/// They repeat what the block says and carry the block's canonical bytes. Reading takes the bytes
/// and refuses the text unless it is exactly the one that they give, so nothing readable can differ
/// from what was signed, and an import has the same hash.
extension CertifiedBlock {
    /// The canonical JSON of this block.
    public func exportJSON() -> [UInt8] {
        // Fixed names, strings and no number: nothing here can be refused.
        (try? audit.json.canonicalText()) ?? []
    }

    /// The deterministic CBOR of this block: the same members, with integers and byte strings as
    /// they are, in about half the bytes.
    public func exportCBOR() -> [UInt8] {
        // Fixed names, none of them twice: nothing here can be refused.
        (try? audit.cbor.deterministicBytes()) ?? []
    }

    /// Reads what ``exportJSON()`` wrote.
    ///
    /// The block is judged by ``ChainState/validate(_:)`` and its certificate, not here.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes` for any other text, also where a readable
    ///   member does not agree with the bytes.
    public init(json: [UInt8]) throws(LedgerError) {
        guard let text = try JSONValue(parsing: json)["bytes"]?.string,
            let bytes = Hexadecimal.bytes(text)
        else { throw LedgerError(.malformedBytes, "JSON: no member 'bytes' in hexadecimal") }
        self = try decodeCanonical("block", from: bytes)
        guard exportJSON() == json else {
            throw LedgerError(.malformedBytes, "JSON: the text differs from the block's own")
        }
    }

    /// Reads what ``exportCBOR()`` wrote.
    ///
    /// The block is judged by ``ChainState/validate(_:)`` and its certificate, not here.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes` for any other bytes, also where a readable
    ///   member does not agree with the canonical ones.
    public init(cbor: [UInt8]) throws(LedgerError) {
        guard case .bytes(let bytes)? = try CBORValue(decoding: cbor)["bytes"] else {
            throw LedgerError(.malformedBytes, "CBOR: no byte string 'bytes'")
        }
        self = try decodeCanonical("block", from: bytes)
        guard exportCBOR() == cbor else {
            throw LedgerError(.malformedBytes, "CBOR: the item differs from the block's own")
        }
    }
}
