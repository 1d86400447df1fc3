// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import GRDB
import Ledger
import Testing

@Suite("I2 to I4: solo chains, journals, snapshots and pruning") struct SoloChainTests {
    /// A solo chain with four blocks of three entries and one score between them.
    struct Scene {
        var network: Network
        let solo: SoloChain
        let places: [Place]
        var chain: Chain { solo.chain }

        init(at url: URL) throws {
            network = try Network(banks: 1, bureaus: 1)
            solo = try SoloChain(
                Chain.create(at: url, genesis: network.genesis), bureau: network.bureaus[0],
                bank: network.banks[0])
            var places: [Place] = []
            for block in 0..<4 {
                places.append(
                    try solo.append(
                        entries: Self.entries(block), to: "events", now: Network.start))
                if block == 1 {
                    let proposal = try SignedTransaction(
                        .scoreProposal(scoreProposal(1)), nonce: 77,
                        signedBy: network.bureaus[0], chainID: network.chainID)
                    try solo.append(
                        [proposal, network.vote(0, on: proposal)], now: Network.start + 50_000)
                }
            }
            self.places = places
        }

        static func entries(_ block: Int) -> [[UInt8]] {
            (0..<3).map { [UInt8(block), UInt8($0), 9] }
        }
    }

    @Test func everyEntryCanBeProved() throws {
        try withTemporaryFolder { folder in
            let scene = try Scene(at: folder.appending(path: "chain"))
            #expect(scene.places.map(\.height) == [1, 2, 4, 5])
            #expect(scene.chain.state.journals == ["events": 12])
            for (block, place) in scene.places.enumerated() {
                #expect(try scene.chain.entries(at: place) == Scene.entries(block))
                let proof = try scene.chain.entryProof(at: place, index: 2)
                let copy = try EntryProof(canonicalBytes: proof.canonicalBytes)
                let found = try copy.verify(against: scene.network.genesis)
                #expect(copy.entry == [UInt8(block), 2, 9])
                #expect(found.journal == "events" && found.index == 2)
                #expect(found.sender == scene.network.address(scene.network.bureaus[0]))
            }
            let proof = try scene.chain.entryProof(at: scene.places[1], index: 0)
            let bytes = proof.canonicalBytes
            for bit in stride(from: 0, to: bytes.count * 8, by: 7) {
                let forged = try? EntryProof(canonicalBytes: bytes.flipping(bit: bit))
                if let forged, (try? forged.verify(against: scene.network.genesis)) != nil {
                    Issue.record("bit \(bit) of \(bytes.count * 8) is not covered")
                }
            }
            expectError(.unknownReference) {
                try scene.chain.entryProof(at: scene.places[0], index: 3)
            }
            expectError(.unknownReference) {
                try scene.chain.entries(at: Place(height: 3, position: 0))
            }
            expectError(.unknownReference) {
                try scene.chain.entries(at: Place(height: 9, position: 0))
            }
            try scene.chain.close()
            let report = try Chain.verify(file: folder.appending(path: "chain"))
            #expect(report.height == 5 && report.prunedBelow == 0)
        }
    }

    @Test func aSoloChainNeedsAQuorumOfOne() throws {
        let network = try Network(banks: 2)
        let chain = try Chain.inMemory(genesis: network.genesis)
        expectError(.quorumNotReached) {
            try SoloChain(chain, bureau: network.bureaus[0], bank: network.banks[0])
        }
        expectError(.wrongRole) {
            try SoloChain(chain, bureau: network.banks[0], bank: network.banks[0])
        }
        expectError(.invalidValue) { try EntryBatch(journal: "j", entries: []) }
        expectError(.invalidValue) {
            try EntryBatch(journal: "j", entries: [[], [UInt8](repeating: 0, count: 4_097)])
        }
    }

    @Test func manyCallersShareAFlush() async throws {
        let network = try Network(banks: 1, bureaus: 1)
        let solo = try SoloChain(
            Chain.inMemory(genesis: network.genesis), bureau: network.bureaus[0],
            bank: network.banks[0])
        let writer = JournalWriter(solo, journal: "events", maximumCount: 100) { Network.start }
        let places = try await withThrowingTaskGroup(of: (UInt16, EntryPlace).self) { group in
            for number in 0..<UInt16(300) {
                group.addTask {
                    (number, try await writer.append([UInt8(number >> 8), UInt8(number & 255)]))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(Set(places.values).count == 300)
        #expect(solo.chain.state.journals == ["events": 300])
        #expect(solo.chain.height < 300)
        for (number, place) in places {
            let entries = try solo.chain.entries(at: place.batch)
            #expect(entries.count <= 100)
            #expect(entries[place.index] == [UInt8(number >> 8), UInt8(number & 255)])
        }
        await #expect(throws: LedgerError.self) {
            try await writer.append([UInt8](repeating: 0, count: 5_000))
        }
        #expect(try await writer.append([1]).index == 0)
    }

    @Test func prunedEntriesAreGoneAndProofsStay() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let scene = try Scene(at: url)
            let kept = try scene.chain.entryProof(at: scene.places[0], index: 1)
            let head = scene.chain.state.headHash
            #expect(try scene.chain.prune(below: 1) == 0)
            #expect(try scene.chain.prune(below: 4) == 2)
            #expect(try scene.chain.prune(below: 4) == 0)
            for place in scene.places.prefix(2) {
                let error = expectError(.prunedBelow) { try scene.chain.entries(at: place) }
                #expect(error?.message.contains("below 3") == true)
                expectError(.prunedBelow) { try scene.chain.entryProof(at: place, index: 0) }
            }
            try kept.verify(against: scene.network.genesis)
            // The chain goes on, and everything that is kept still has its proofs.
            try scene.solo.append(entries: [[1]], to: "events", now: 0)
            _ = try scene.chain.entryProof(at: scene.places[2], index: 0)
                .verify(against: scene.network.genesis)
            let score = try #require(scene.chain.state.proposals.first)
            try scene.chain.receipt(for: score).verify(against: scene.network.genesis)
            #expect(scene.chain.state.headHash != head)
            let report = scene.chain.report
            #expect(report.prunedBelow == 3 && report.description.contains("pruned below 3"))
            let export = folder.appending(path: "export")
            try scene.chain.export(to: export)
            try scene.chain.close()
            #expect(try Chain.verify(file: url) == report)
            #expect(try Chain.verify(export: export) == report)
            let copy = try Chain.import(export, to: folder.appending(path: "copy"))
            #expect(copy.report == report)
            #expect(try copy.prune(below: .max) == 3)
            #expect(copy.report.prunedBelow == 7)
            try copy.close()
            #expect(try Chain.verify(file: folder.appending(path: "copy")).prunedBelow == 7)
            let again = try Chain.open(at: url)
            #expect(try again.entries(at: scene.places[3]) == Scene.entries(3))
            try again.close()
        }
    }

    /// A block that members agree on while entries are pruned does not bring the old mark back.
    @Test func pruningMayComeBetweenAgreementAndAppend() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let solo = try Scene(at: url).solo
            let chain = solo.chain
            let writer = Thread {
                do {
                    while chain.report.prunedBelow < 40 {
                        try solo.append(entries: [[1]], to: "events", now: 0)
                    }
                } catch {
                    Issue.record(error)
                }
            }
            writer.start()
            var mark: UInt64 = 0
            while !writer.isFinished {
                let height = chain.height
                if try chain.prune(below: height) > 0 { mark = height }
                #expect(chain.report.prunedBelow >= mark)
            }
            let report = chain.report
            try chain.close()
            #expect(try Chain.verify(file: url) == report)
        }
    }

    @Test func prunedBatchesDoNotEnterAgain() throws {
        var network = try Network(banks: 1, bureaus: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let batch = Transaction.entryBatch(try EntryBatch(journal: "j", entries: [[1], [2]]))
        let block = try network.certified(
            [network.sign(batch, by: network.bureaus[0])], after: chain.state)
        var encoder = CanonicalEncoder()
        encoder.encode(block)
        // The body is the flag 1, the count 2 and two entries of two bytes, before the signature.
        let body: [UInt8] = [1, 2, 1, 1, 1, 2]
        let start = try #require(
            encoder.bytes.indices.first { encoder.bytes[$0...].starts(with: body) })
        var stripped = encoder.bytes
        stripped.replaceSubrange(start..<start + body.count, with: [0])
        let without: CertifiedBlock = try CanonicalDecoder.decode(from: stripped)
        #expect(without.block.hash == block.block.hash)
        expectError(.prunedBelow) { try chain.append(without) }
        expectError(.prunedBelow) { try chain.state.validate(without.block) }
        var builder = BlockBuilder(after: chain.state)
        expectError(.prunedBelow) { try builder.add(without.block.transactions[0]) }
        // Another entry beside the same root is no batch at all.
        var forged = encoder.bytes
        forged[start + 3] = 7
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(CertifiedBlock.self, from: forged)
        }
        try chain.append(block)
    }

    @Test func changedAndMissingEntriesAreLocated() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let scene = try Scene(at: url)
            try scene.chain.prune(below: 2)
            try scene.chain.close()
            let queue = try DatabaseQueue(path: url.path)
            try queue.writeWithoutTransaction { database in
                func expect(_ height: UInt64, _ sql: String, _ bytes: Data? = nil) throws {
                    try database.inSavepoint {
                        try database.execute(
                            sql: sql, arguments: bytes.map { [$0] } ?? StatementArguments())
                        let error = expectError(.corruptStore, sql) {
                            try ChainReader.verifiedState(database)
                        }
                        #expect(error?.height == height, "\(sql): \(error as Any)")
                        return .rollback
                    }
                }
                let rows = try Row.fetchAll(
                    database, sql: "SELECT height, bytes FROM batch_entries ORDER BY height")
                #expect(rows.map { $0[0] as Int64 } == [2, 4, 5])
                for row in rows {
                    let height = UInt64(row[0] as Int64)
                    let bytes = row[1] as Data
                    for index in bytes.indices {
                        var copy = bytes
                        copy[index] ^= 1
                        try expect(
                            height, "UPDATE batch_entries SET bytes = ? WHERE height = \(height)",
                            copy)
                    }
                }
                // What is missing above the mark, a wrong mark, entries of nothing.
                try expect(5, "DELETE FROM batch_entries WHERE height = 4")
                try expect(5, "UPDATE head SET pruned_below = 0")
                try expect(5, "UPDATE head SET pruned_below = 5")
                try expect(
                    9, "INSERT INTO batch_entries SELECT 9, 0, bytes FROM batch_entries LIMIT 1")
                try expect(
                    3, "INSERT INTO batch_entries SELECT 3, 0, bytes FROM batch_entries LIMIT 1")
                // Rewound to a mark that fits what is missing, a gap is a gap all the same.
                try expect(
                    4,
                    """
                    DELETE FROM batch_entries WHERE height = 4;
                    UPDATE head SET pruned_below = 5
                    """)
                _ = try ChainReader.verifiedState(database)
            }
            try queue.close()
        }
    }

    @Test func snapshotsAreWholeChains() throws {
        try withTemporaryFolder { folder in
            let scene = try Scene(at: folder.appending(path: "chain"))
            let snapshot = folder.appending(path: "snapshot")
            let report = scene.chain.report
            try scene.chain.snapshot(to: snapshot)
            expectError(.fileExists) { try scene.chain.snapshot(to: snapshot) }
            try scene.solo.append(entries: [[5]], to: "events", now: 0)
            #expect(try Chain.verify(file: snapshot) == report)
            let restored = try Chain.restore(
                from: snapshot, to: folder.appending(path: "restored"),
                genesis: scene.network.genesis)
            #expect(restored.report == report)
            try restored.close()
            try scene.chain.close()
            expectError(.staleChain) {
                try scene.chain.snapshot(to: folder.appending(path: "late"))
            }
            expectError(.fileExists) { try Chain.restore(from: snapshot, to: snapshot) }
            var bytes = try Data(contentsOf: snapshot)
            bytes[bytes.count / 2] ^= 0xFF
            bytes[bytes.count - 100] ^= 0xFF
            let damaged = folder.appending(path: "damaged")
            try bytes.write(to: damaged)
            #expect(throws: LedgerError.self) {
                try Chain.restore(from: damaged, to: folder.appending(path: "never"))
            }
            #expect(
                try files(in: folder) == ["chain", "damaged", "restored", "snapshot"])
        }
    }
}
