// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The audit form of a block: JSON after RFC 8785 that people and other programs can read.
///
/// It repeats what the block says and carries the block's canonical bytes. Reading takes the bytes
/// and refuses the text unless it is exactly the one that they give, so nothing readable can differ
/// from what was signed, and an import has the same hash.
extension CertifiedBlock {
    /// The version of the form.
    private static let form = "swift-credit block 1"

    /// The canonical JSON of this block.
    public func exportJSON() -> [UInt8] {
        let header = block.header
        let json = JSONValue.object([
            .init("form", .string(Self.form)),
            .init("chain", .string("\(header.chainID)")),
            .init("hash", .string("\(header.hash)")),
            .init("height", .integer(header.height)),
            .init("view", .integer(header.view)),
            .init("cycle", .integer(header.cycle)),
            .init("time", .integer(header.timestamp)),
            .init("previous", .string("\(header.previousHash)")),
            .init("merkleRoot", .string("\(header.merkleRoot)")),
            .init("proposer", .string("\(header.proposer)")),
            .init("transactions", .array(block.transactions.map(\.json))),
            .init("votes", .array(certificate.votes.map { .string("\($0.bank)") })),
            .init("bytes", .string(Hexadecimal.string(CanonicalEncoder.bytes(of: self)))),
        ])
        // Fixed names, strings and no number: nothing here can be refused.
        return (try? json.canonicalText()) ?? []
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
}

extension JSONValue {
    /// A 64-bit integer as a string, because JSON's numbers are doubles.
    fileprivate static func integer(_ value: some BinaryInteger) -> JSONValue {
        .string(String(value))
    }
}

extension SignedTransaction {
    fileprivate var json: JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("sender", .string("\(sender)")),
            .init("nonce", .integer(nonce)), .init("kind", .string("\(transaction.kind)")),
            .init("content", transaction.json),
        ])
    }
}

extension Transaction {
    /// The members of a transaction that people ask for.
    fileprivate var json: JSONValue {
        if case .scoreProposal(let proposal) = self {
            return .object([
                .init("borrower", .string("\(proposal.borrower)")),
                .init("score", .integer(proposal.score)), .init("scale", .string(proposal.scale)),
                .init("grade", .integer(proposal.grade)),
                .init("model", .string("\(proposal.modelDigest)")),
                .init("input", .string("\(proposal.inputCommitment)")),
                .init("cycle", .integer(proposal.cycle)),
            ])
        }
        if case .scoreVote(let vote) = self {
            return .object([
                .init("proposal", .string("\(vote.proposal)")),
                .init("approves", .boolean(vote.approves)), .init("cycle", .integer(vote.cycle)),
            ])
        }
        return .string(Hexadecimal.string(CanonicalEncoder.bytes(of: self)))
    }
}
