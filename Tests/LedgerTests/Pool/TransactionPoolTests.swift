// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite("D4: pool and batches") struct TransactionPoolTests {
    static func entry(
        _ network: Network, _ bureau: Int, _ nonce: UInt64, size: Int = 1,
        expiryHeight: UInt64 = .max
    ) throws -> SignedTransaction {
        try SignedTransaction(
            .entryBatch(
                EntryBatch(journal: "j", entries: [[UInt8](repeating: 1, count: size)])),
            nonce: nonce, expiryHeight: expiryHeight, signedBy: network.bureaus[bureau],
            chainID: network.chainID)
    }

    /// Agrees on a batch, appends it and lets the pool follow.
    static func commit(
        _ pool: inout TransactionPool, _ network: Network, _ chain: Chain, now: UInt64
    ) throws -> TransactionPool.Batch {
        let batch = pool.batch()
        try chain.append(batch.builder.transactions, agreedBy: network.members, now: now)
        pool.follow(chain.state)
        return batch
    }

    @Test func aBatchOfOneGivesEveryTransactionABlock() throws {
        let network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        var pool = try TransactionPool(
            after: chain.state, batches: BatchLimits(maximumCount: 1), limits: PoolLimits())
        for nonce in 0..<3 { try pool.submit(Self.entry(network, 0, UInt64(nonce)), now: 5) }
        var blocks = 0
        while pool.isDue(at: 5) {
            let batch = try Self.commit(
                &pool, network, chain, now: Network.start + UInt64(blocks))
            #expect(batch.builder.transactions.count == 1 && batch.refused.isEmpty)
            blocks += 1
        }
        #expect(blocks == 3 && chain.height == 3 && pool.count == 0 && pool.byteCount == 0)
    }

    @Test func aBlockIsDueAtACountASizeOrATime() throws {
        let network = try Network()
        let state = ChainState(genesis: network.genesis)
        let size = try Self.entry(network, 0, 0, size: 100).byteCount
        var pool = try TransactionPool(
            after: state,
            batches: BatchLimits(maximumCount: 3, maximumBytes: 4 * size, interval: 50),
            limits: PoolLimits())
        #expect(!pool.isDue(at: 1_000_000))
        try pool.submit(Self.entry(network, 0, 0), now: 100)
        #expect(!pool.isDue(at: 149) && pool.isDue(at: 150))
        try pool.submit(Self.entry(network, 0, 1), now: 120)
        #expect(!pool.isDue(at: 149))
        try pool.submit(Self.entry(network, 1, 0), now: 121)
        #expect(pool.isDue(at: 121))
        var patient = try TransactionPool(
            after: state, batches: BatchLimits(interval: .max), limits: PoolLimits())
        try patient.submit(Self.entry(network, 0, 0), now: 100)
        #expect(!patient.isDue(at: .max - 1))
        var large = try TransactionPool(
            after: state, batches: BatchLimits(maximumCount: 9, maximumBytes: 2 * size),
            limits: PoolLimits())
        for nonce in 0..<2 {
            #expect(!large.isDue(at: 0))
            try large.submit(Self.entry(network, 0, UInt64(nonce), size: 100), now: 0)
        }
        #expect(large.isDue(at: 0))
        try large.submit(Self.entry(network, 0, 2, size: 100), now: 0)
        #expect(large.batch().builder.transactions.count == 2)
        expectError(.invalidValue) { try BatchLimits(maximumCount: 0) }
    }

    @Test func replaysExpiredAndUnsignedAreRefusedAtTheDoor() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        var pool = try TransactionPool(
            after: chain.state, batches: BatchLimits(),
            limits: PoolLimits(maximumCount: 4, maximumPerSender: 2))
        let first = try Self.entry(network, 0, 7)
        try pool.submit(first, now: 0)
        expectError(.replayedTransaction) { try pool.submit(first, now: 0) }
        expectError(.expiredTransaction) {
            try pool.submit(Self.entry(network, 0, 9, expiryHeight: 0), now: 0)
        }
        expectError(.wrongRole) {
            try pool.submit(
                network.sign(.scoreProposal(scoreProposal(1)), by: network.banks[0]), now: 0)
        }
        expectError(.unregisteredKey) {
            try pool.submit(
                SignedTransaction(
                    .scoreProposal(scoreProposal(1)), nonce: 0, signedBy: identity(9, 9),
                    chainID: network.chainID), now: 0)
        }
        try pool.submit(Self.entry(network, 0, 3, expiryHeight: 1), now: 0)
        expectError(.poolFull) { try pool.submit(Self.entry(network, 0, 8), now: 0) }
        try pool.submit(Self.entry(network, 1, 0, expiryHeight: 1), now: 0)
        try pool.submit(Self.entry(network, 1, 1), now: 0)
        expectError(.poolFull) { try pool.submit(network.vote(0, on: first), now: 0) }
        #expect(pool.count == 4)
        // The chain goes on without the pool: what expired with block 1 is gone.
        try network.append([], to: chain)
        pool.follow(chain.state)
        #expect(pool.count == 2)
        let batch = try Self.commit(&pool, network, chain, now: Network.start + 3_000)
        #expect(batch.builder.transactions.map(\.nonce) == [7, 1])
        expectError(.replayedTransaction) { try pool.submit(first, now: 0) }
    }

    @Test func whatTheChainRefusesLeavesWithItsReason() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        var pool = try TransactionPool(
            after: chain.state, batches: BatchLimits(), limits: PoolLimits())
        let unknown = try network.vote(0, on: network.proposal(1))
        try pool.submit(unknown, now: 0)
        try pool.submit(Self.entry(network, 1, 0), now: 0)
        let batch = try Self.commit(&pool, network, chain, now: Network.start + 1)
        #expect(batch.builder.transactions.count == 1)
        #expect(batch.refused.map(\.transaction.id) == [unknown.id])
        #expect(batch.refused.first?.reason.code == .unknownProposal)
        #expect(pool.count == 0 && pool.byteCount == 0)
    }

    /// Transactions that arrive in any order: each takes effect once, within all bounds.
    @Test(arguments: propertySeeds(8)) func everyTransactionTakesEffectOnce(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let limits = try BatchLimits(
            maximumCount: Int.random(in: 1...5, using: &generator),
            maximumBytes: Int.random(in: 200...900, using: &generator), interval: 0)
        var pool = try TransactionPool(after: chain.state, batches: limits, limits: PoolLimits())
        var waiting = try (0..<24).map {
            try Self.entry(
                network, $0 % 2, UInt64($0), size: Int.random(in: 0...300, using: &generator))
        }
        waiting.shuffle(using: &generator)
        var sent: Set<LedgerDigest> = []
        var late = 0
        while !waiting.isEmpty || pool.count > 0 {
            for _ in 0..<min(waiting.count, Int.random(in: 0...6, using: &generator)) {
                let next = waiting.removeLast()
                do throws(LedgerError) {
                    try pool.submit(next, now: 0)
                    sent.insert(next.id)
                } catch {
                    // A lower number than one already on the chain came too late.
                    #expect(error.code == .replayedTransaction)
                    late += 1
                }
            }
            guard pool.isDue(at: 0) else { continue }
            let batch = try Self.commit(
                &pool, network, chain, now: chain.state.timestamp + 1)
            let sizes = batch.builder.transactions.map { $0.byteCount }
            #expect(sizes.count <= limits.maximumCount)
            #expect(sizes.count == 1 || sizes.reduce(0, +) <= limits.maximumBytes)
            #expect(batch.refused.isEmpty)
        }
        #expect(sent.count + late == 24)
        #expect(chain.state.journals["j"] == UInt64(sent.count))
        var nonces: [Address: UInt64] = [:]
        for height in 1...chain.height {
            for transaction in try #require(try chain.block(at: height)).block.transactions {
                #expect(sent.remove(transaction.id) != nil)
                #expect(nonces[transaction.sender].map { $0 < transaction.nonce } ?? true)
                nonces[transaction.sender] = transaction.nonce
            }
        }
        #expect(sent.isEmpty)
    }

    @Test func theParametersOfTheChainLimitItsBlocks() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let parameters = try ChainParameters(maximumTransactionCount: 2, maximumBlockBytes: 1_024)
        let change = try TransactionExamples.change(.parameters(parameters), 1, network)
        try network.append(
            [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
        #expect(chain.state.parameters == parameters)
        let three = try (0..<3).map { try Self.entry(network, 1, UInt64($0)) }
        expectError(.blockTooLarge) { try network.append(three, to: chain) }
        let long = try Self.entry(network, 1, 9, size: 1_024)
        let error = expectError(.blockTooLarge) { try network.append([long], to: chain) }
        #expect(error?.message.contains("1024 allowed") == true)
        try network.append(Array(three.prefix(2)), to: chain)
        expectError(.invalidValue) { try ChainParameters(maximumTransactionCount: 0) }
        expectError(.invalidValue) { try ChainParameters(maximumBlockBytes: 10) }
        expectError(.invalidValue) { try ChainParameters(admissionBits: 33) }
        expectError(.invalidValue) { try ChainParameters(rewardCurrency: "e") }
        expectError(.invalidValue) { try ChainParameters(proposerReward: .max) }
    }
}
