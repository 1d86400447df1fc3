// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// Keys, signatures, members, checkpoints.
    static func identities(_ corpus: LedgerCorpus) throws -> [FuzzSubject] {
        let keys =
            [corpus.bank]
            + (try [SignatureScheme.p256, .rsaPSS2048].map {
                try SigningIdentity.generate($0)
            })
        let domain = Domain("ledger-test-kit.fuzzing", version: 1)
        let signatures = try keys.map { try $0.sign([1, 2, 3], in: domain) }
        let genesis = corpus.genesis
        let member = try Member(
            name: "m", role: .bank, identity: keys[0], chainName: genesis.chainName)
        return [
            canonical(keys.map { $0.publicIdentity }),
            canonical(signatures) { signature in
                guard !signatures.contains(signature) else { return nil }
                return keys.contains {
                    $0.publicIdentity.isValid(signature, of: [1, 2, 3], in: domain)
                } ? "another signature" : nil
            },
            canonical(genesis.members),
            canonical([
                try Genesis(
                    chainName: "small", banks: [corpus.bank], bureaus: [corpus.bureau],
                    creationTime: 1)
            ]),
            canonical(
                [
                    try KeyRotation(
                        of: member, to: corpus.user, chainName: genesis.chainName,
                        chainID: genesis.chainID)
                ]),
            try checkpoints(corpus), try noteKeys(corpus),
        ]
    }

    private static func checkpoints(_ corpus: LedgerCorpus) throws -> FuzzSubject {
        let key = try NoteKey(name: "example.com/log", identity: corpus.bank.publicIdentity)
        var witness = try Witness(
            name: "witness.example", identity: corpus.user, logs: ["example.com/log": key])
        let original = try Checkpoint(
            origin: "example.com/log", size: 23, root: LedgerCorpus.digest(9),
            extensions: ["extra line"])
        var note = try SignedCheckpoint(original, signedBy: corpus.bank, as: key)
        note.add(try witness.cosign(note, time: 1_700_000_000))
        let policy = try WitnessPolicy(threshold: 1, of: [witness.key])
        return FuzzSubject("SignedCheckpoint", corpus: [Array(note.text.utf8)]) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            let note = try SignedCheckpoint(text: text)
            guard note.text == text else { return "has two forms" }
            try note.verify(log: key, witnesses: policy)
            return note.checkpoint == original ? nil : "another checkpoint"
        }
    }

    private static func noteKeys(_ corpus: LedgerCorpus) throws -> FuzzSubject {
        let keys = try [("log", corpus.bank), ("witness", corpus.user)].map {
            try NoteKey(name: $0.0, identity: $0.1.publicIdentity).description
        }
        return FuzzSubject("NoteKey", corpus: keys.map { Array($0.utf8) }) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            return try NoteKey(verifierKey: text).description == text ? nil : "has two forms"
        }
    }
}
