// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// Transactions, blocks, and the proofs that are taken from a chain.
    static func chains(_ corpus: LedgerCorpus) throws -> [FuzzSubject] {
        let genesis = corpus.genesis
        let scene = try LedgerCorpus.Scene(corpus)
        let block = scene.block
        return [
            canonical(try corpus.transactions()),
            canonical([block.block.header]),
            canonical([block.block]),
            canonical([block]),
            FuzzSubject("CertifiedBlock as JSON", corpus: [scene.lastBlock.exportJSON()]) { bytes in
                try CertifiedBlock(json: bytes).exportJSON() == bytes ? nil : "has two forms"
            },
            FuzzSubject("CertifiedBlock as CBOR", corpus: [scene.lastBlock.exportCBOR()]) { bytes in
                try CertifiedBlock(cbor: bytes).exportCBOR() == bytes ? nil : "has two forms"
            },
            try loggedTransactions(scene, genesis),
            canonical([scene.receipt]) { receipt in
                try receipt.verify(against: genesis)
                return receipt == scene.receipt ? nil : "another receipt"
            },
            canonical([scene.history]) { history in
                try history.verify(against: genesis)
                return history == scene.history || history.receipts.isEmpty
                    ? nil : "another history"
            },
            canonical([scene.entry]) { proof in
                try proof.verify(against: genesis)
                return proof == scene.entry ? nil : "another entry"
            },
            json(), try cbor(),
        ]
    }

    private static func loggedTransactions(
        _ scene: LedgerCorpus.Scene, _ genesis: Genesis
    ) throws -> FuzzSubject {
        var log = HeaderLog(genesis)
        for header in scene.headers { try log.append(header) }
        let checkpoint = try log.checkpoint()
        let block = scene.block.block
        let tree = MerkleTree(leaves: block.transactions.map { $0.canonicalBytes })
        var encoder = CanonicalEncoder()
        encoder.encode(block.header)
        encoder.encode(block.header.height)
        block.transactions[1].encode(to: &encoder)
        encoder.encode(tree.inclusionProof(at: 1))
        encoder.encode(log.inclusionProof(of: block.header.height))
        let original = encoder.bytes
        return FuzzSubject("LoggedTransaction", corpus: [original]) { bytes in
            let proof = try LoggedTransaction(canonicalBytes: bytes)
            guard proof.canonicalBytes == bytes else { return "has two forms" }
            try proof.verify(against: checkpoint)
            return bytes == original ? nil : "another transaction"
        }
    }

    private static func json() -> FuzzSubject {
        let texts = [
            #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,-0,1e-27],"s":"€$\u000F\nA'\"\\\/"}"#,
            #"{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","😂":[null,true,false]}"#,
            #"[[[["\ud83d\ude02",12345678901234567890]]]]"#,
        ]
        return FuzzSubject("JSON", corpus: texts.map { Array($0.utf8) }) { bytes in
            let text = try JSONValue(parsing: bytes).canonicalText()
            let again = try JSONValue(parsing: text).canonicalText()
            return text == again ? nil : "\(String(decoding: text, as: UTF8.self)) has two forms"
        }
    }

    private static func cbor() throws -> FuzzSubject {
        let items: [CBORValue] = [
            .integer(-1_000_000), .bytes([1, 2, 3]), .text("€"), .null, .boolean(true),
            .array([.integer(0), .integer(24), .array([])]),
            .map([CBORValue.Entry(.text("a"), .integer(1)), CBORValue.Entry(.text("b"), .null)]),
        ]
        let corpus = try items.map { item throws(LedgerError) in try item.deterministicBytes() }
        return FuzzSubject("CBOR", corpus: corpus) { bytes in
            let first = try CBORValue(decoding: bytes, rules: .wellFormed).deterministicBytes()
            let second = try CBORValue(decoding: first).deterministicBytes()
            return first == second ? nil : "has two forms"
        }
    }
}
