// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// C4: a map with proofs of what is in it and what is not.
@Suite struct StateTreeTests {
    func key(_ index: Int) -> StateKey {
        StateKey(kind: "score", name: Array("borrower \(index)".utf8))
    }

    func value(_ index: Int) throws -> LedgerDigest {
        try LedgerDigest(SHA256Hash.hash(Array("value \(index)".utf8)))
    }

    @Test func rootsAreThoseOfTheDefinition() throws {
        let golden = try ProofGolden.load()
        var tree = StateTree()
        for (count, root) in golden.stateRoots.enumerated() {
            #expect(tree.root.description == root && tree.count == count)
            tree.set(try value(count), for: key(count))
        }
    }

    @Test(arguments: propertySeeds(3)) func agreesWithADictionary(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var tree = StateTree()
        var model: [Int: Int] = [:]
        for step in 0..<1500 {
            let index = Int.random(in: 0..<120, using: &generator)
            if Int.random(in: 0..<3, using: &generator) == 0 {
                tree.set(nil, for: key(index))
                model[index] = nil
            } else {
                tree.set(try value(step), for: key(index))
                model[index] = step
            }
            #expect(tree.count == model.count)
            let asked = Int.random(in: 0..<130, using: &generator)
            let expected = try model[asked].map(value)
            #expect(tree.value(for: key(asked)) == expected)
            #expect(try tree.proof(for: key(asked)).verify(root: tree.root) == expected)
        }
        // Another order of other changes, the same map, the same root.
        var other = StateTree()
        for index in (0..<120).shuffled(using: &generator) {
            other.set(try value(0), for: key(index))
        }
        for index in (0..<120).shuffled(using: &generator) {
            other.set(try model[index].map(value), for: key(index))
        }
        #expect(other.root == tree.root)
        for index in model.keys { tree.set(nil, for: key(index)) }
        #expect(tree.root == StateTree().root && tree.count == 0)
    }

    /// Keys whose first bits agree part as deep as they must.
    @Test func nearKeysPartDeepDown() throws {
        var bytes = [UInt8](repeating: 0, count: 32)
        let low = StateKey(digest: try LedgerDigest(bytes))
        bytes[31] = 1
        let high = StateKey(digest: try LedgerDigest(bytes))
        var tree = StateTree()
        tree.set(try value(1), for: low)
        let alone = tree.root
        tree.set(try value(2), for: high)
        #expect(tree.proof(for: low).path.count == 256)
        #expect(try tree.proof(for: low).verify(root: tree.root) == value(1))
        #expect(try tree.proof(for: high).verify(root: tree.root) == value(2))
        tree.set(nil, for: high)
        #expect(tree.root == alone)
        #expect(try tree.proof(for: high).verify(root: tree.root) == nil)
    }

    @Test func everyFlippedBitIsRefused() throws {
        var tree = StateTree()
        for index in 0..<40 { tree.set(try value(index), for: key(index)) }
        var endings: Set<Int> = []
        for index in [0, 17, 40, 41, 42, 43, 44, 45, 46, 47] {
            let proof = tree.proof(for: key(index))
            let expected = try proof.verify(root: tree.root)
            switch proof.end {
            case .value: endings.insert(0)
            case .nothing: endings.insert(1)
            case .other: endings.insert(2)
            }
            #expect((expected == nil) == (index >= 40))
            let bytes = proof.canonicalBytes
            #expect(try StateProof(canonicalBytes: bytes) == proof)
            for bit in 0..<bytes.count * 8 {
                guard let forged = try? StateProof(canonicalBytes: bytes.flipping(bit: bit)) else {
                    continue
                }
                // What still verifies is true: another absent key that ends at the same place.
                guard let found = try? forged.verify(root: tree.root) else { continue }
                #expect(found == tree.value(for: forged.key), "bit \(bit)")
                #expect(forged.key != proof.key || found == expected)
            }
        }
        #expect(endings.count == 3)
    }

    /// A present key cannot be shown as absent, whatever the end and the path.
    @Test func presenceCannotBeHidden() throws {
        var tree = StateTree()
        for index in 0..<40 { tree.set(try value(index), for: key(index)) }
        let genuine = tree.proof(for: key(3))
        for depth in 0...genuine.path.count {
            let path = Array(genuine.path.prefix(depth))
            for end in [
                StateProof.End.nothing, .other(key: key(4), value: try value(4)),
                .other(key: key(3), value: try value(3)),
            ] {
                expectError(.wrongRoot) {
                    try StateProof(key: key(3), end: end, path: path).verify(root: tree.root)
                }
            }
        }
        expectError(.wrongRoot) {
            try StateProof(
                key: key(3), end: .nothing, path: Array(repeating: tree.root, count: 257)
            ).verify(root: tree.root)
        }
    }
}
