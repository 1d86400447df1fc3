// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// Proofs of logs and of the state.
    static func merkle() throws -> [FuzzSubject] {
        let leaves = (0..<100).map { Array("leaf \($0)".utf8) }
        let tree = MerkleTree(leaves: leaves)
        let inclusion = canonical(
            [0, 1, 63, 64, 98, 99].map { tree.inclusionProof(at: $0) }
        ) { proof in
            guard proof.treeSize == 100, proof.leafIndex < 100 else { return nil }
            let index = Int(proof.leafIndex)
            let wrong = MerkleTree.leafHash(leaves[(index + 1) % 100])
            if try proof.computedRoot(leafHash: wrong) == tree.root { return "wrong leaf" }
            let found = try proof.computedRoot(leafHash: MerkleTree.leafHash(leaves[index]))
            return found == tree.root && proof != tree.inclusionProof(at: index)
                ? "another path" : nil
        }
        let ranges = [0..<0, 0..<1, 0..<37, 5..<37, 33..<34].map { bounds in
            var range = CompactRange(from: UInt64(bounds.lowerBound))
            for index in bounds { range.append(leaves[index]) }
            return range
        }
        let compact = canonical(ranges) { range in
            var longer = range
            if range.end < .max { longer.append(leafHash: MerkleTree.leafHash([])) }
            return longer.count < range.count ? "shrinks" : nil
        }
        return [inclusion, consistency(tree, leaves), compact, state(leaves)]
    }

    private static func consistency(_ tree: MerkleTree, _ leaves: [[UInt8]]) -> FuzzSubject {
        let old = MerkleTree(leaves: Array(leaves.prefix(41)))
        let proof = tree.consistencyProof(from: 41)
        var encoder = CanonicalEncoder()
        encoder.encode(proof.oldSize)
        encoder.encode(proof.newSize)
        encoder.encode(proof.path)
        return FuzzSubject("ConsistencyProof", corpus: [encoder.bytes]) { bytes in
            // The same fields as an inclusion proof has.
            let read = try CanonicalDecoder.decode(InclusionProof.self, from: bytes)
            let forged = ConsistencyProof(
                oldSize: read.leafIndex, newSize: read.treeSize, path: read.path)
            try forged.verify(oldRoot: old.root, newRoot: tree.root)
            return forged.path != proof.path ? "another path" : nil
        }
    }

    private static func state(_ leaves: [[UInt8]]) -> FuzzSubject {
        func key(_ index: Int) -> StateKey { StateKey(kind: "k", name: leaves[index]) }
        var tree = StateTree()
        for index in 0..<40 { tree.set(MerkleTree.leafHash(leaves[index]), for: key(index)) }
        let complete = tree
        return canonical((0..<60).map { complete.proof(for: key($0)) }) { proof in
            try proof.verify(root: complete.root) == complete.value(for: proof.key) ? nil : "a lie"
        }
    }
}
