// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

@Suite struct MerkleTreeTests {
    /// RFC 9162 section 2.1.1, word for word, on purpose without levels.
    func naiveRoot(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        if leaves.isEmpty { return SHA256Hash.hash([]) }
        if leaves.count == 1 { return SHA256Hash.hash([0] + leaves[leaves.startIndex]) }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return SHA256Hash.hash([1] + naiveRoot(leaves[..<middle]) + naiveRoot(leaves[middle...]))
    }

    func leaves(_ count: Int) -> [[UInt8]] {
        (0..<count).map { [UInt8](repeating: UInt8($0), count: $0 % 7) + [UInt8($0)] }
    }

    @Test(arguments: 0...64) func rootIsThatOfTheDefinition(size: Int) {
        #expect(MerkleTree(leaves: leaves(size)).root.bytes == naiveRoot(leaves(size)[...]))
    }

    /// Sizes around the subtrees that the threads take, beside the root of a stream and proofs.
    @Test(
        "C1: large trees are the same for every number of threads",
        arguments: [2047, 2048, 2049, 6145, 10_239], [1, 64, 65])
    func largeTrees(size: Int, recordSize: Int) throws {
        let records = (0..<size * recordSize).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let leaf = { Array(records[$0 * recordSize..<($0 + 1) * recordSize]) }
        var range = CompactRange()
        for index in 0..<size { range.append(leaf(index)) }
        for threads in [1, 2, 5] {
            let tree = MerkleTree(records: records, recordSize: recordSize, threads: threads)
            #expect(tree.count == size && tree.root == range.root)
            for index in [0, 2047, size / 2, size - 2, size - 1] where index < size {
                try tree.inclusionProof(at: index).verify(
                    leafHash: MerkleTree.leafHash(leaf(index)), root: tree.root)
            }
        }
        let tree = MerkleTree(records: records, recordSize: recordSize, threads: 2)
        #expect(tree.root == MerkleTree(leaves: (0..<size).map(leaf)).root)
        let old = MerkleTree(leaves: (0..<size - 1).map(leaf))
        try tree.consistencyProof(from: size - 1).verify(oldRoot: old.root, newRoot: tree.root)
    }

    @Test(arguments: 1...64) func everyLeafHasAProof(size: Int) throws {
        let leaves = leaves(size)
        let tree = MerkleTree(leaves: leaves)
        for (index, leaf) in leaves.enumerated() {
            let proof = tree.inclusionProof(at: index)
            try proof.verify(leafHash: MerkleTree.leafHash(leaf), root: tree.root)
            #expect(proof.path.count <= Int(log2(Double(size)).rounded(.up)))
        }
    }

    @Test(arguments: 1...32) func everyFlippedBitIsFound(size: Int) {
        let leaves = leaves(size)
        let tree = MerkleTree(leaves: leaves)
        for (index, leaf) in leaves.enumerated() {
            let proof = tree.inclusionProof(at: index)
            let original = proof
            let leafHash = MerkleTree.leafHash(leaf)
            let originalRoot = try? proof.computedRoot(leafHash: leafHash)
            func refuses(_ proof: InclusionProof, _ hash: LedgerDigest, _ root: LedgerDigest) {
                // Not verify(), whose messages cost more than all hashes here.
                let computed =
                    proof == original && hash == leafHash
                    ? originalRoot : try? proof.computedRoot(leafHash: hash)
                if computed == root {
                    Issue.record("accepted a forgery: size \(size), leaf \(index)")
                }
            }
            let hash = leafHash
            for bit in 0..<leaf.count * 8 {
                refuses(proof, MerkleTree.leafHash(leaf.flipping(bit: bit)), tree.root)
            }
            for bit in 0..<256 { refuses(proof, hash, tree.root.flipping(bit)) }
            // In larger trees every bit is flipped in the proof of one leaf of eight.
            for position in proof.path.indices {
                let step = size <= 8 ? 1 : 8
                for bit in stride(from: (index + position) % step, to: 256, by: step) {
                    var path = proof.path
                    path[position] = path[position].flipping(bit)
                    refuses(
                        InclusionProof(
                            leafIndex: proof.leafIndex, treeSize: proof.treeSize, path: path),
                        hash, tree.root)
                }
            }
            for bit in 0..<64 {
                refuses(
                    InclusionProof(
                        leafIndex: proof.leafIndex ^ 1 << UInt64(bit), treeSize: proof.treeSize,
                        path: proof.path), hash, tree.root)
            }
            #expect(throws: LedgerError.self) {
                try proof.verify(leafHash: hash, root: tree.root.flipping(index))
            }
            for path in [proof.path + [hash], proof.path.dropLast()] where path != proof.path {
                refuses(
                    InclusionProof(
                        leafIndex: proof.leafIndex, treeSize: proof.treeSize, path: Array(path)),
                    hash, tree.root)
            }
        }
    }

    @Test(arguments: 1...40) func everyPrefixIsConsistent(size: Int) throws {
        let tree = MerkleTree(leaves: leaves(size))
        for old in 1...size {
            let oldRoot = MerkleTree(leaves: leaves(old)).root
            let proof = tree.consistencyProof(from: old)
            try proof.verify(oldRoot: oldRoot, newRoot: tree.root)
            for bit in stride(from: old % 8, to: 256, by: 61) {
                #expect(throws: LedgerError.self) {
                    try proof.verify(oldRoot: oldRoot.flipping(bit), newRoot: tree.root)
                }
                #expect(throws: LedgerError.self) {
                    try proof.verify(oldRoot: oldRoot, newRoot: tree.root.flipping(bit))
                }
                for position in proof.path.indices {
                    var path = proof.path
                    path[position] = path[position].flipping(bit)
                    let forged = ConsistencyProof(
                        oldSize: UInt64(old), newSize: UInt64(size), path: path)
                    #expect(throws: LedgerError.self) {
                        try forged.verify(oldRoot: oldRoot, newRoot: tree.root)
                    }
                }
            }
        }
    }

    @Test func aLeafIsNoNode() {
        let tree = MerkleTree(leaves: leaves(2))
        let node = leaves(2).flatMap { MerkleTree.leafHash($0).bytes }
        #expect(MerkleTree(leaves: [node]).root != tree.root)
        #expect(
            MerkleTree(leaves: leaves(3)).root
                != MerkleTree(leaves: leaves(3) + [leaves(3)[2]]).root)
    }
}

@Suite(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct MerkleVectorTests {
    struct Inclusion: Decodable {
        var leafIdx: UInt64
        var treeSize: UInt64
        var root: Data
        var leafHash: Data
        var proof: [Data]?
        var desc: String
        var wantErr: Bool
    }

    struct Consistency: Decodable {
        var size1: UInt64
        var size2: UInt64
        var root1: Data
        var root2: Data
        var proof: [Data]?
        var desc: String
        var wantErr: Bool
    }

    struct Roots: Decodable {
        var leafInputsHex: [String]
        var rootHashesHexBySize: [String]
    }

    @Test func inclusionCasesBehaveAsStated() throws {
        let cases: [Inclusion] = try SharedData.json("vectors/merkle-rfc6962/inclusion.json")
        #expect(cases.count == 98)
        var accepted = 0
        for item in cases {
            let succeeds: Bool
            do {
                try InclusionProof(
                    leafIndex: item.leafIdx, treeSize: item.treeSize,
                    path: (item.proof ?? []).map { try LedgerDigest(Array($0)) }
                ).verify(
                    leafHash: LedgerDigest(Array(item.leafHash)),
                    root: LedgerDigest(Array(item.root)))
                succeeds = true
                accepted += 1
            } catch is LedgerError { succeeds = false }
            #expect(succeeds != item.wantErr, "\(item.desc)")
        }
        #expect(accepted == cases.count { !$0.wantErr } && accepted > 0)
    }

    /// Some cases have words instead of roots, which any 32 bytes can stand for.
    func padded(_ root: Data) throws -> LedgerDigest {
        try LedgerDigest(Array((root + Data(count: 32)).prefix(32)))
    }

    @Test func consistencyCasesBehaveAsStated() throws {
        let cases: [Consistency] = try SharedData.json("vectors/merkle-rfc6962/consistency.json")
        var accepted = 0
        for item in cases {
            let succeeds: Bool
            do {
                try ConsistencyProof(
                    oldSize: item.size1, newSize: item.size2,
                    path: (item.proof ?? []).map { try LedgerDigest(Array($0)) }
                ).verify(
                    oldRoot: padded(item.root1), newRoot: padded(item.root2))
                succeeds = true
                accepted += 1
            } catch is LedgerError { succeeds = false }
            #expect(succeeds != item.wantErr, "\(item.desc)")
        }
        #expect(accepted > 0)
    }

    @Test func referenceRoots() throws {
        let roots: Roots = try SharedData.json("vectors/merkle-rfc6962/reference_roots.json")
        let leaves = try roots.leafInputsHex.map { try #require(Hexadecimal.bytes($0)) }
        #expect(roots.rootHashesHexBySize.count == 9)
        for (size, root) in roots.rootHashesHexBySize.enumerated() {
            #expect(MerkleTree(leaves: Array(leaves.prefix(size))).root.description == root)
        }
    }
}

extension LedgerDigest {
    fileprivate func flipping(_ bit: Int) -> LedgerDigest {
        (try? LedgerDigest(bytes.flipping(bit: bit))) ?? self
    }
}
