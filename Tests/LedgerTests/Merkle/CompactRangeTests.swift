// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// C1: logs that grow, ranges that merge, trees on threads.
@Suite struct CompactRangeTests {
    func range(_ start: Int, _ end: Int) -> CompactRange {
        var range = CompactRange(from: UInt64(start))
        for index in start..<end { range.append(goldenLeaf(index)) }
        return range
    }

    @Test func rangesHaveTheHashesOfTheDefinition() throws {
        let golden = try ProofGolden.load()
        for item in golden.ranges {
            let range = range(Int(item.start), Int(item.end))
            #expect(range.hashes.map(\.description) == item.hashes, "\(item.start)..<\(item.end)")
            #expect(
                try CompactRange(
                    item.start..<item.end,
                    hashes: item.hashes.map { try LedgerDigest(hexadecimal: $0) }) == range)
            let bytes = CanonicalEncoder.bytes(of: range)
            #expect(try CanonicalDecoder.decode(CompactRange.self, from: bytes) == range)
            #expect((range.root == nil) == (item.start > 0))
            expectError(.wrongRoot) {
                try CompactRange(item.start..<item.end, hashes: range.hashes + [digest(1)])
            }
        }
        for (size, root) in golden.roots.enumerated() {
            #expect(range(0, size).root?.description == root)
        }
    }

    @Test(arguments: propertySeeds(8)) func partsMergeToTheWhole(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        for _ in 0..<20 {
            let cuts = (0..<4).map { _ in Int.random(in: 0...70, using: &generator) }.sorted()
            var joined = range(cuts[0], cuts[1])
            try joined.append(range(cuts[1], cuts[2]))
            try joined.append(range(cuts[2], cuts[3]))
            #expect(joined == range(cuts[0], cuts[3]), "\(cuts)")
            if cuts[3] != 100 {
                expectError(.wrongRoot) { try joined.append(CompactRange(from: 100)) }
            }
        }
    }

    @Test func aStreamOfLeavesHasTheRootOfTheTree() throws {
        var range = CompactRange()
        var log = MerkleLog()
        var records: [UInt8] = []
        for index in 0..<5000 {
            let record = withUnsafeBytes(of: UInt64(index).bigEndian, Array.init)
            range.append(record)
            log.append(record)
            records += record
        }
        let tree = MerkleTree(records: records, recordSize: 8)
        #expect(range.root == tree.root && log.root == tree.root)
        #expect(range.hashes.count == 5000.nonzeroBitCount)
        for threads in [2, 3, 7] {
            let other = MerkleTree(records: records, recordSize: 8, threads: threads)
            #expect(other.root == tree.root)
            #expect(other.inclusionProof(at: 4999) == tree.inclusionProof(at: 4999))
        }
    }

    @Test func aRangeStartsAnywhere() throws {
        var range = try CompactRange(
            (1 << 63)..<(1 << 63 + 1), hashes: [MerkleTree.leafHash([1])])
        range.append([2])
        #expect(range.hashes == [MerkleTree(leaves: [[1], [2]]).root])
        let all = try CompactRange(0..<UInt64.max, hashes: (0..<64).map { try digest($0) })
        #expect(all.count == UInt64.max)
        let bytes = CanonicalEncoder.bytes(of: all)
        #expect(try CanonicalDecoder.decode(CompactRange.self, from: bytes) == all)
        #expect(throws: CanonicalDecodingError.self) {
            var encoder = CanonicalEncoder()
            for value: UInt64 in [5, 4] { encoder.encode(value) }
            encoder.encodeCount(0)
            _ = try CanonicalDecoder.decode(CompactRange.self, from: encoder.bytes)
        }
    }

    /// A log proves at every size what a tree of that size proves.
    @Test func aLogProvesAboutEverySizeThatItHad() throws {
        var log = MerkleLog()
        #expect(log.root == MerkleTree(leaves: []).root)
        for index in 0..<40 { #expect(log.append(goldenLeaf(index)) == index) }
        for size in 1...40 {
            let tree = MerkleTree(leaves: (0..<size).map(goldenLeaf))
            #expect(log.root(of: size) == tree.root)
            for index in 0..<size {
                #expect(log.inclusionProof(at: index, size: size) == tree.inclusionProof(at: index))
            }
            for old in 1...size {
                #expect(
                    log.consistencyProof(from: old, to: size) == tree.consistencyProof(from: old))
            }
        }
        #expect(log.leafHash(at: 7) == MerkleTree.leafHash(goldenLeaf(7)))
    }
}
