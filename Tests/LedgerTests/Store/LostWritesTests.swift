// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

@Suite("I1, I2, T8: what a power cut may leave") struct LostWritesTests {
    /// SQLite's log cut off at every length: the file opens clean, with every block whose append
    /// had returned when the log was that long, and with no part of the next one.
    @Test func everyPrefixOfTheLogIsAWholeChain() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let network = try Network(banks: 1, bureaus: 1)
            let solo = try SoloChain(
                Chain.create(at: url, genesis: network.genesis), bureau: network.bureaus[0],
                bank: network.banks[0])
            let log = URL(fileURLWithPath: url.path + "-wal")
            var lengths: [Int] = []
            for block in 0..<4 {
                try solo.append(
                    entries: [[UInt8(block)], [UInt8](repeating: 7, count: 3_000)], to: "j", now: 0)
                lengths.append(try Data(contentsOf: log).count)
            }
            let file = try Data(contentsOf: url)
            let bytes = try Data(contentsOf: log)
            try solo.chain.close()
            var cuts = Set(stride(from: 0, through: bytes.count, by: 1_021))
            for length in lengths { cuts.formUnion([length - 1, length, length + 1]) }
            for cut in cuts.sorted() where cut <= bytes.count {
                let copy = folder.appending(path: "copy")
                try file.write(to: copy)
                try bytes.prefix(cut).write(to: URL(fileURLWithPath: copy.path + "-wal"))
                let report = try Chain.verify(file: copy)
                #expect(report.height == UInt64(lengths.count { $0 <= cut }), "cut at \(cut)")
                let chain = try Chain.open(at: copy, genesis: network.genesis)
                #expect(chain.report == report)
                let again = try SoloChain(
                    chain, bureau: network.bureaus[0], bank: network.banks[0])
                try again.append(entries: [[1]], to: "j", now: 0)
                try chain.close()
                #expect(try Chain.verify(file: copy).height == report.height + 1)
                try FileManager.default.removeItem(at: copy)
            }
        }
    }

    /// A torn or altered page in the log: what was acknowledged before it stays, nothing wrong is
    /// ever taken for a block.
    @Test func aDamagedLogEndsAtTheDamage() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let network = try Network(banks: 1, bureaus: 1)
            let solo = try SoloChain(
                Chain.create(at: url, genesis: network.genesis), bureau: network.bureaus[0],
                bank: network.banks[0])
            let log = URL(fileURLWithPath: url.path + "-wal")
            var lengths: [Int] = []
            for block in 0..<3 {
                try solo.append(entries: [[UInt8(block)]], to: "j", now: 0)
                lengths.append(try Data(contentsOf: log).count)
            }
            let file = try Data(contentsOf: url)
            let bytes = try Data(contentsOf: log)
            try solo.chain.close()
            for offset in stride(from: 33, to: bytes.count, by: 2_003) {
                let copy = folder.appending(path: "copy")
                try file.write(to: copy)
                var damaged = bytes
                damaged[offset] ^= 0x10
                try damaged.write(to: URL(fileURLWithPath: copy.path + "-wal"))
                #expect(
                    try Chain.verify(file: copy).height
                        == UInt64(lengths.count { $0 <= offset }), "byte \(offset)")
            }
        }
    }
}
