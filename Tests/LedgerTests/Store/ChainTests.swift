// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Ledger
import Testing

@Suite struct ChainTests {
    /// A chain of three blocks with proposals, votes, a model and a decision.
    static func fill(_ chain: Chain, _ network: inout Network) throws {
        let proposals = try [network.proposal(1), network.proposal(2, bureau: 1)]
        let model = Transaction.modelRecord(
            try ModelRecord(modelDigest: digest(4), name: "logit", version: "1"))
        try network.append(
            proposals + [network.sign(model, by: network.bureaus[0])], to: chain)
        try network.append(
            [
                network.vote(0, on: proposals[0]), network.vote(1, on: proposals[0]),
                network.vote(2, on: proposals[1], approves: false),
            ], to: chain)
        let decision = Transaction.lendingDecision(
            try LendingDecisionRecord(
                proposal: proposals[0].id, shareInMillionths: 94_000, verdict: 1))
        try network.append([network.sign(decision, by: network.banks[1])], to: chain)
    }

    @Test func aChainSurvivesClosing() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain.sqlite")
            var network = try Network()
            let chain = try Chain.create(at: url, genesis: network.genesis)
            try Self.fill(chain, &network)
            let report = chain.report
            let first = try chain.block(at: 1)
            #expect(report.height == 3 && report.transactionCount == 7 && report.voteCount == 12)
            #expect(try chain.block(at: 0) == nil && chain.block(at: 4) == nil)
            try chain.close()
            #expect(try files(in: folder) == ["chain.sqlite"])
            expectError(.staleChain) { try chain.block(at: 1) }
            var copy = network
            let block = try copy.certified([copy.proposal(7)], after: chain.state)
            expectError(.staleChain) { try chain.append(block) }
            try chain.close()
            #expect(try Chain.verify(file: url) == report)
            #expect(try files(in: folder) == ["chain.sqlite"])
            let again = try Chain.open(at: url, genesis: network.genesis)
            let other = try Network(banks: 4).genesis
            let error = expectError(.wrongChain) { try Chain.open(at: url, genesis: other) }
            #expect(error?.message.contains("\(other.chainID)") == true)
            expectError(.wrongChain) { try Chain.verify(file: url, genesis: other) }
            #expect(again.report == report)
            #expect(again.genesis == network.genesis)
            #expect(try again.block(at: 1) == first)
            try network.append([network.proposal(3)], to: again)
            try again.close()
            #expect(try Chain.verify(file: url).height == 4)
        }
    }

    @Test func everyCommitIsFlushed() throws {
        try withTemporaryFolder { folder in
            let chain = try Chain.create(
                at: folder.appending(path: "c"), genesis: Network().genesis)
            #expect(try chain.pragma("synchronous") == "2")
            #expect(try chain.pragma("journal_mode") == "wal")
            try chain.close()
            let again = try Chain.open(at: folder.appending(path: "c"))
            #expect(try again.pragma("synchronous") == "2")
            try again.close()
        }
    }

    /// What a killed process leaves: the file and its log, with the last block only in the log.
    @Test func aChainSurvivesAKilledProcess() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            var network = try Network()
            let chain = try Chain.create(at: url, genesis: network.genesis)
            try Self.fill(chain, &network)
            let copy = folder.appending(path: "copy")
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: url.path + suffix, toPath: copy.path + suffix)
            }
            #expect(try Chain.verify(file: copy) == chain.report)
            let restored = try Chain.open(at: copy)
            #expect(restored.report == chain.report)
            try restored.close()
            try chain.close()
            #expect(try files(in: folder) == ["chain", "copy"])
        }
    }

    @Test func anOpenChainCanBeVerified() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            var network = try Network()
            let chain = try Chain.create(at: url, genesis: network.genesis)
            try Self.fill(chain, &network)
            #expect(try Chain.verify(file: url) == chain.report)
            try network.append([network.proposal(5)], to: chain)
            #expect(try Chain.verify(file: url) == chain.report)
            try chain.close()
        }
    }

    @Test func filesAreNeverOverwrittenOrHalfWritten() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            let network = try Network()
            try Data("mine".utf8).write(to: url)
            expectError(.fileExists) { try Chain.create(at: url, genesis: network.genesis) }
            #expect(try Data(contentsOf: url) == Data("mine".utf8))
            expectError(.foreignFile) { try Chain.open(at: url) }
            expectError(.foreignFile) { try Chain.verify(file: url) }
            expectError(.fileMissing) { try Chain.open(at: folder.appending(path: "none")) }
            expectError(.fileMissing) { try Chain.open(at: folder) }
            expectError(.storage) {
                try Chain.create(
                    at: folder.appending(path: "no/such/folder"), genesis: network.genesis)
            }
            let other = try DatabaseQueue(path: folder.appending(path: "other").path)
            try other.write { try $0.execute(sql: "CREATE TABLE t (a)") }
            try other.close()
            expectError(.foreignFile) { try Chain.open(at: folder.appending(path: "other")) }
            try Data().write(to: folder.appending(path: "empty"))
            expectError(.foreignFile) { try Chain.open(at: folder.appending(path: "empty")) }
            #expect(try files(in: folder) == ["chain", "empty", "other"])
        }
    }

    @Test func aRefusedBlockChangesNothing() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            var network = try Network()
            let chain = try Chain.create(at: url, genesis: network.genesis)
            try Self.fill(chain, &network)
            let report = chain.report
            let block = try #require(try chain.block(at: 3))
            expectError(.wrongParent) { try chain.append(block) }
            #expect(chain.report == report)
            try chain.close()
            #expect(try Chain.verify(file: url) == report)
        }
    }

    @Test func twoWritersDoNotMix() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            var network = try Network()
            let one = try Chain.create(at: url, genesis: network.genesis)
            let two = try Chain.open(at: url)
            try network.append([network.proposal(1)], to: one)
            // A fresh set of voters, or they would refuse to vote twice for height 1.
            var others = try Network()
            let late = try others.certified([others.proposal(2)], after: two.state)
            expectError(.staleChain) { try two.append(late) }
            try two.close()
            #expect(try one.block(at: 1) != nil)
            try one.close()
            #expect(try Chain.verify(file: url).height == 1)
        }
    }
}
