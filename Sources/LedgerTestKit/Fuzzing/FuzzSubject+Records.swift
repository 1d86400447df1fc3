// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// Sealed records, what is shown of them, and what proves their erasure.
    static func records(_ corpus: LedgerCorpus) throws -> [FuzzSubject] {
        let chainID = corpus.genesis.chainID
        let registry = MemberRegistry(corpus.genesis)
        let openers = try [SealingScheme.x25519, .xWing].map { try OpeningKey.generate($0) }
        let keys = try zip(openers, [corpus.user, corpus.bank]).map {
            try RecipientKey($0, of: $1, chainID: chainID)
        }
        let record = try PlainRecord(
            schema: "income.v1",
            fields: [
                RecordField("name", .text("Ada")), RecordField("income", .integer(4_200_00)),
                RecordField("defaulted", .boolean(false)),
                RecordField("payslip", .bytes([UInt8](repeating: 7, count: 100))),
            ])
        let sealed = try keys.map {
            try SealedRecord(record, owner: $0, time: 1_800_000_000_000, chainID: chainID)
        }
        let opened = try sealed[0].open(with: openers[0])
        let commitment = try sealed[0].dataCommitment()
        let shown = try [["income"], ["name", "defaulted"]].map { try opened.disclose($0) }
        let receipt = try PurgeReceipt(
            record: sealed[0].id, commitment: sealed[0].commitment, signedBy: corpus.bank, time: 1,
            chainID: chainID)
        let opener = openers[0]
        return [
            canonical([sealed[0]]) { forged in
                try forged.open(with: opener) == opened ? nil : "other data"
            },
            canonical([sealed[1]], name: "SealedRecord for X-Wing"),
            canonical([record]),
            canonical(keys) { key in
                try key.verify(registry)
                return keys.contains(key) ? nil : "another key"
            },
            canonical(shown) { forged in
                let fields = try forged.verify(commitment, chainID: chainID)
                return fields.allSatisfy { record.fields.contains($0) } ? nil : "another field"
            },
            canonical([receipt]) { forged in
                try forged.verify(registry)
                return forged == receipt ? nil : "another receipt"
            },
        ]
    }
}
