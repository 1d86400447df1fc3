// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

/// T13: readers and verifiers of proofs under changed inputs.
///
/// None crashes, has two forms of a value or accepts a false statement.
/// `CREDIT_FUZZ_COUNT=1000000` with an optimised build takes minutes.
@Suite struct FuzzTests {
    /// Feeds changed inputs to `judge`, which gives a complaint or `nil`, and counts what was read.
    func fuzz(
        _ name: String, _ corpus: [[UInt8]], share: Int = 1,
        _ judge: ([UInt8]) throws -> String?
    ) {
        var mutation = Mutation(corpus: corpus, seed: 1)
        for input in corpus {
            if let complaint = try? judge(input) { Issue.record("\(name): \(complaint)") }
        }
        for number in 0..<Mutation.count / share {
            let input = mutation.next()
            // An error is the right answer to most inputs.
            guard let complaint = try? judge(input) else { continue }
            Issue.record("\(name), input \(number) (\(Hexadecimal.string(input))): \(complaint)")
            return
        }
    }

    /// Feeds a canonical decoder; `check` judges what was read.
    func fuzz<Value: CanonicalCodable>(
        _ values: [Value], share: Int = 1, _ check: (Value) throws -> String? = { _ in nil }
    ) {
        fuzz("\(Value.self)", values.map { CanonicalEncoder.bytes(of: $0) }, share: share) {
            bytes in
            let value = try CanonicalDecoder.decode(Value.self, from: bytes)
            guard CanonicalEncoder.bytes(of: value) == bytes else { return "has two forms" }
            return try check(value)
        }
    }

    let leaves = (0..<100).map(goldenLeaf)

    @Test func inclusionProofs() {
        let tree = MerkleTree(leaves: leaves)
        let proofs = [0, 1, 63, 64, 98, 99].map { tree.inclusionProof(at: $0) }
        fuzz(proofs) { proof in
            guard proof.treeSize == 100, proof.leafIndex < 100 else { return nil }
            // Whatever the index, the proof of another leaf is refused.
            let index = Int(proof.leafIndex)
            let wrong = MerkleTree.leafHash(leaves[(index + 1) % 100])
            if try proof.computedRoot(leafHash: wrong) == tree.root { return "wrong leaf" }
            let found = try proof.computedRoot(leafHash: MerkleTree.leafHash(leaves[index]))
            return found == tree.root && proof != tree.inclusionProof(at: index)
                ? "another path" : nil
        }
    }

    @Test func consistencyProofs() throws {
        let tree = MerkleTree(leaves: leaves)
        let old = MerkleTree(leaves: Array(leaves.prefix(41)))
        let proof = tree.consistencyProof(from: 41)
        let inputs = CanonicalEncoder.bytes(of: tree.inclusionProof(at: 41))
        var encoder = CanonicalEncoder()
        encoder.encode(proof.oldSize)
        encoder.encode(proof.newSize)
        encoder.encode(proof.path)
        fuzz("ConsistencyProof", [encoder.bytes, inputs]) { bytes in
            // The same fields as an inclusion proof has.
            let read = try CanonicalDecoder.decode(InclusionProof.self, from: bytes)
            let forged = ConsistencyProof(
                oldSize: read.leafIndex, newSize: read.treeSize, path: read.path)
            try forged.verify(oldRoot: old.root, newRoot: tree.root)
            return forged.path != proof.path ? "another path" : nil
        }
    }

    @Test func compactRanges() {
        let ranges = [0..<0, 0..<1, 0..<37, 5..<37, 33..<34].map { bounds in
            var range = CompactRange(from: UInt64(bounds.lowerBound))
            for index in bounds { range.append(leaves[index]) }
            return range
        }
        fuzz(ranges) { range in
            var longer = range
            if range.end < .max { longer.append(leafHash: MerkleTree.leafHash([])) }
            return longer.count < range.count ? "shrinks" : nil
        }
    }

    @Test func stateProofs() throws {
        var tree = StateTree()
        func key(_ index: Int) -> StateKey { StateKey(kind: "k", name: goldenLeaf(index)) }
        for index in 0..<40 { tree.set(MerkleTree.leafHash(leaves[index]), for: key(index)) }
        fuzz((0..<60).map { tree.proof(for: key($0)) }) { proof in
            try proof.verify(root: tree.root) == tree.value(for: proof.key) ? nil : "a lie"
        }
    }

    @Test func checkpoints() throws {
        let golden = try ProofGolden.load()
        let keys = try golden.verifierKeys.map { try NoteKey(verifierKey: $0) }
        let policy = try WitnessPolicy(threshold: 1, of: Array(keys[1...]))
        let original = try SignedCheckpoint(text: golden.note).checkpoint
        fuzz("SignedCheckpoint", [Array(golden.note.utf8)]) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            let note = try SignedCheckpoint(text: text)
            guard note.text == text else { return "has two forms" }
            try note.verify(log: keys[0], witnesses: policy)
            return note.checkpoint == original ? nil : "another checkpoint"
        }
        fuzz("NoteKey", golden.verifierKeys.map { Array($0.utf8) }) { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            let key = try NoteKey(verifierKey: text)
            return key.description == text ? nil : "has two forms"
        }
    }

    @Test func canonicalJSON() throws {
        let texts = [
            #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,-0,1e-27],"s":"€$\u000F\nA'\"\\\/"}"#,
            #"{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","😂":[null,true,false]}"#,
            #"[[[["\ud83d\ude02",12345678901234567890]]]]"#,
        ]
        fuzz("JSON", texts.map { Array($0.utf8) }) { bytes in
            let text = try JSONValue(parsing: bytes).canonicalText()
            let again = try JSONValue(parsing: text).canonicalText()
            return text == again ? nil : "\(String(decoding: text, as: UTF8.self)) has two forms"
        }
        var network = try Network()
        let block = try network.certified(
            [network.proposal(1)], after: ChainState(genesis: network.genesis))
        fuzz("CertifiedBlock JSON", [block.exportJSON()], share: 10) { bytes in
            try CertifiedBlock(json: bytes).exportJSON() == bytes ? nil : "has two forms"
        }
    }

    @Test func keysAndSignatures() throws {
        let keys = try [SignatureScheme.ed25519, .p256, .rsaPSS2048].map {
            try SigningIdentity.generate($0)
        }
        fuzz(keys.map(\.publicIdentity))
        let domain = Domain("test", version: 1)
        for key in keys {
            let signature = try key.sign([1, 2, 3], in: domain)
            fuzz([signature], share: 4) { forged in
                forged != signature
                    && key.publicIdentity.isValid(forged, of: [1, 2, 3], in: domain)
                    ? "another signature" : nil
            }
        }
        let member = try Member(
            name: "m", role: .bank, identity: keys[0], chainName: "office")
        fuzz(
            [
                try KeyRotation(
                    of: member, to: identity(1, 1), chainName: "office", chainID: digest(1))
            ])
    }

    @Test func sealedRecords() throws {
        let office = try Office()
        let sealed = try office.sealed(for: [1])
        let opened = try sealed.open(with: office.openers[1])
        fuzz([sealed], share: 4) { forged in
            try forged.open(with: office.openers[1]) == opened ? nil : "other data"
        }
        fuzz([try office.record()])
        fuzz(office.keys, share: 10) { key in
            try key.verify(office.registry)
            return office.keys.contains(key) ? nil : "another key"
        }
    }

    @Test func disclosuresAndReceipts() throws {
        let office = try Office()
        let sealed = try office.sealed()
        let opened = try sealed.open(with: office.openers[0])
        let commitment = try sealed.dataCommitment()
        let shown = try [["income"], ["city", "name", "defaulted"]].map { try opened.disclose($0) }
        fuzz(shown) { forged in
            let fields = try forged.verify(commitment, chainID: office.chainID)
            return fields.allSatisfy { opened.record.fields.contains($0) } ? nil : "another field"
        }
        let receipt = try PurgeReceipt(
            record: sealed.id, commitment: sealed.commitment, signedBy: office.members[1],
            time: 1, chainID: office.chainID)
        fuzz([receipt], share: 2) { forged in
            try forged.verify(office.registry)
            return forged == receipt ? nil : "another receipt"
        }
    }

    @Test func loggedTransactions() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        var log = HeaderLog(network.genesis)
        for height in 1...3 {
            try network.append([network.proposal(height), network.proposal(height + 9)], to: chain)
            try log.append(#require(try chain.block(at: UInt64(height))).block.header)
        }
        let checkpoint = try log.checkpoint()
        let block = try #require(try chain.block(at: 2)).block
        let tree = MerkleTree(leaves: block.transactions.map(\.canonicalBytes))
        var encoder = CanonicalEncoder()
        encoder.encode(block.header)
        encoder.encode(block.header.height)
        block.transactions[1].encode(to: &encoder)
        encoder.encode(tree.inclusionProof(at: 1))
        encoder.encode(log.inclusionProof(of: 2))
        let original = encoder.bytes
        fuzz("LoggedTransaction", [original]) { bytes in
            let proof = try LoggedTransaction(canonicalBytes: bytes)
            guard proof.canonicalBytes == bytes else { return "has two forms" }
            try proof.verify(against: checkpoint)
            return bytes == original ? nil : "another transaction"
        }
    }
}
