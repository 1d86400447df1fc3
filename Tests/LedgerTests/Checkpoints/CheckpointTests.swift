// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

/// C2 and C3: checkpoints as signed notes, witnesses, and proofs up to a checkpoint.
@Suite struct CheckpointTests {
    static let origin = "credit.example/log"

    struct Scene {
        var log = MerkleLog()
        let signer: SigningIdentity
        let key: NoteKey
        var witnesses: [Witness]
        let policy: WitnessPolicy

        init(witnesses count: Int = 3, threshold: Int = 2) throws {
            signer = try identity(1, 0)
            let key = try NoteKey(name: origin, identity: signer.publicIdentity)
            self.key = key
            witnesses = try (0..<count).map {
                try Witness(
                    name: "witness\($0).example", identity: identity(2, $0), logs: [origin: key])
            }
            policy = try WitnessPolicy(threshold: threshold, of: witnesses.map(\.key))
        }

        func signed(_ log: MerkleLog) throws -> SignedCheckpoint {
            try SignedCheckpoint(
                Checkpoint(origin: origin, size: UInt64(log.count), root: log.root),
                signedBy: signer, as: key)
        }
    }

    func log(_ count: Int, from start: Int = 0) -> MerkleLog {
        var log = MerkleLog()
        for index in 0..<count { log.append(goldenLeaf(start + index)) }
        return log
    }

    @Test func notesAreThoseOfTheSpecification() throws {
        let golden = try ProofGolden.load()
        let signed = try SignedCheckpoint(text: golden.note)
        #expect(signed.text == golden.note)
        #expect(signed.checkpoint.size == 23 && signed.checkpoint.extensions == ["extra line"])
        #expect(signed.checkpoint.root.description == golden.roots[23])
        let keys = try golden.verifierKeys.map { try NoteKey(verifierKey: $0) }
        #expect(keys.map(\.description) == golden.verifierKeys)
        try signed.verify(
            log: keys[0], witnesses: WitnessPolicy(threshold: 3, of: Array(keys[1...])))
        #expect(try signed.time(of: keys[2]) == 1_700_000_001)

        // The same signatures come out of our own signers.
        let scene = try Scene()
        var own = try SignedCheckpoint(signed.checkpoint, signedBy: scene.signer, as: scene.key)
        for (index, var witness) in scene.witnesses.enumerated() {
            own.add(try witness.cosign(own, time: 1_700_000_000 + UInt64(index)))
        }
        #expect(own.text == golden.note)
    }

    /// The example of Go's package golang.org/x/mod/sumdb/note.
    @Test func aKeyOfAnotherImplementation() throws {
        let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        let key = try NoteKey(verifierKey: text)
        #expect(key.description == text && key.name == "PeterNeumann")
        let message =
            "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n"
        let line = try #require(
            Data(
                base64Encoded: "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNX"
                    + "gKvqfqdngotpRZb6KE6RyyBwJnAM="))
        #expect(Array(line.prefix(4)) == key.id)
        #expect(
            key.identity.isValid(try Signature(Array(line[4...])), ofSigned: Array(message.utf8)))
    }

    @Test func everyFlippedBitOfANoteIsRefused() throws {
        let golden = try ProofGolden.load()
        let keys = try golden.verifierKeys.map { try NoteKey(verifierKey: $0) }
        let policy = try WitnessPolicy(threshold: 3, of: Array(keys[1...]))
        let bytes = Array(golden.note.utf8)
        for bit in 0..<bytes.count * 8 {
            guard let text = String(validating: bytes.flipping(bit: bit), as: UTF8.self),
                let forged = try? SignedCheckpoint(text: text)
            else { continue }
            #expect(throws: LedgerError.self, "bit \(bit)") {
                try forged.verify(log: keys[0], witnesses: policy)
            }
        }
    }

    @Test(arguments: [
        "", "a\n1\n", "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        "a\n18446744073709551616\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
    ]) func otherFormsAreRefused(text: String) {
        expectError(.malformedBytes) { try Checkpoint(text: text) }
        expectError(.malformedBytes) { try SignedCheckpoint(text: text + "\n") }
    }

    @Test func namesAndKeysAreChecked() throws {
        let identity = try identity(1, 0).publicIdentity
        for name in ["", "a b", "a+b", "a\u{2003}b", "a\nb"] {
            expectError(.invalidValue) { try NoteKey(name: name, identity: identity) }
        }
        expectError(.unsafeKey) {
            try NoteKey(name: "a", identity: try SigningIdentity.generate(.p256).publicIdentity)
        }
        let key = try NoteKey(name: "a", identity: identity).description
        expectError(.malformedBytes) { try NoteKey(verifierKey: "b" + key.dropFirst()) }
        expectError(.malformedBytes) { try NoteKey(verifierKey: "a+b") }
        expectError(.badSignature) {
            try SignedCheckpoint(
                Checkpoint(origin: "a", size: 0, root: digest(0)), signedBy: .generate(),
                as: NoteKey(name: "a", identity: identity))
        }
        let witness = try NoteKey(name: "w", kind: .witness, identity: identity)
        expectError(.invalidQuorum) { try WitnessPolicy(threshold: 2, of: [witness]) }
        expectError(.invalidQuorum) { try WitnessPolicy(threshold: 0, of: [witness]) }
        expectError(.invalidQuorum) { try WitnessPolicy(threshold: 1, of: [witness, witness]) }
        expectError(.invalidQuorum) {
            try WitnessPolicy(threshold: 1, of: [try NoteKey(name: "w", identity: identity)])
        }
    }

    @Test func aWitnessSignsOnlyWhatGrows() throws {
        var scene = try Scene()
        let small = log(5)
        let large = log(12)
        var witness = scene.witnesses[0]
        var signed = try scene.signed(small)
        signed.add(try witness.cosign(signed, time: 1))
        expectError(.quorumNotReached) {
            try signed.verify(log: scene.key, witnesses: scene.policy)
        }
        signed.add(try scene.witnesses[1].cosign(signed, time: 1))
        try signed.verify(log: scene.key, witnesses: scene.policy)

        let next = try scene.signed(large)
        expectError(.staleCheckpoint) { try witness.cosign(next, time: 2) }
        expectError(.staleCheckpoint) {
            try witness.cosign(next, proof: large.consistencyProof(from: 4), time: 2)
        }
        _ = try witness.cosign(next, proof: large.consistencyProof(from: 5), time: 2)
        #expect(witness.checkpoints == [next.checkpoint])
        // Smaller again, the same again, and another root of the same size.
        expectError(.staleCheckpoint) { try witness.cosign(signed, time: 3) }
        _ = try witness.cosign(next, time: 3)
        let fork = try scene.signed(log(12, from: 1))
        expectError(.splitView) { try witness.cosign(fork, time: 3) }
        expectError(.splitView) {
            try witness.cosign(
                scene.signed(log(13, from: 1)),
                proof: log(13, from: 1).consistencyProof(from: 12), time: 3)
        }

        // A restart with its memory refuses the same; a stranger's log is not signed.
        var again = try Witness(
            name: "witness0.example", identity: identity(2, 0),
            logs: [Self.origin: scene.key], resuming: witness.checkpoints)
        expectError(.splitView) { try again.cosign(fork, time: 4) }
        let stranger = try SignedCheckpoint(
            Checkpoint(origin: "other", size: 1, root: digest(1)), signedBy: scene.signer,
            as: scene.key)
        expectError(.unregisteredKey) { try again.cosign(stranger, time: 4) }
        let unsigned = try SignedCheckpoint(
            next.checkpoint, signedBy: identity(3, 0),
            as: NoteKey(name: Self.origin, identity: identity(3, 0).publicIdentity))
        expectError(.badSignature) { try again.cosign(unsigned, time: 4) }
        expectError(.unregisteredKey) {
            try Witness(
                name: "w", identity: identity(2, 0), logs: [:], resuming: witness.checkpoints)
        }
    }

    /// Two views of one size cannot both be witnessed by two of three honest witnesses.
    @Test func aSplitViewNeedsWitnessesThatCollude() throws {
        var scene = try Scene()
        var views = try [scene.signed(log(9)), scene.signed(log(9, from: 1))]
        var refusals = 0
        for index in scene.witnesses.indices {
            for view in [index % 2, 1 - index % 2] {
                do {
                    views[view].add(try scene.witnesses[index].cosign(views[view], time: 1))
                } catch {
                    #expect(error.code == .splitView)
                    refusals += 1
                }
            }
        }
        #expect(refusals == 3)
        try views[0].verify(log: scene.key, witnesses: scene.policy)
        expectError(.quorumNotReached) {
            try views[1].verify(log: scene.key, witnesses: scene.policy)
        }
        // A witness that forgets on purpose makes the second view pass.
        var colluding = try Witness(
            name: "witness0.example", identity: identity(2, 0), logs: [Self.origin: scene.key])
        views[1].add(try colluding.cosign(views[1], time: 1))
        try views[1].verify(log: scene.key, witnesses: scene.policy)
    }

    @Test func aTransactionIsProvenUpToACheckpoint() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        var log = HeaderLog(network.genesis)
        for height in 0..<6 {
            let transactions = try (0..<height + 1).map { try network.proposal(10 * height + $0) }
            try network.append(transactions, to: chain)
            let header = try #require(try chain.block(at: UInt64(height + 1))).block.header
            if height == 1 {
                expectError(.wrongParent) {
                    var copy = HeaderLog(network.genesis)
                    try copy.append(header)
                }
            }
            try log.append(header)
            expectError(.wrongParent) { try log.append(header) }
        }
        let old = try log.checkpoint(at: 3)
        let checkpoint = try log.checkpoint()
        try log.consistencyProof(from: 3).verify(oldRoot: old.root, newRoot: checkpoint.root)
        for height in 1...6 as ClosedRange<UInt64> {
            let block = try #require(try chain.block(at: height)).block
            let tree = MerkleTree(leaves: block.transactions.map(\.canonicalBytes))
            for index in block.transactions.indices {
                var encoder = CanonicalEncoder()
                encoder.encode(block.header)
                encoder.encode(height)
                block.transactions[index].encode(to: &encoder)
                encoder.encode(tree.inclusionProof(at: index))
                encoder.encode(log.inclusionProof(of: height))
                let proof = try LoggedTransaction(canonicalBytes: encoder.bytes)
                #expect(proof.canonicalBytes == encoder.bytes)
                try proof.verify(against: checkpoint)
                expectError(.wrongRoot) { try proof.verify(against: old) }
                guard index == 0 else { continue }
                for bit in stride(from: Int(height), to: encoder.bytes.count * 8, by: 5) {
                    let forged = try? LoggedTransaction(
                        canonicalBytes: encoder.bytes.flipping(bit: bit))
                    if let forged {
                        #expect(throws: LedgerError.self) { try forged.verify(against: checkpoint) }
                    }
                }
            }
        }
        expectError(.wrongChain) {
            var other = HeaderLog(try Network(banks: 4).genesis)
            try other.append(try #require(try chain.block(at: 1)).block.header)
        }
    }
}
