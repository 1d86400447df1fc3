// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite("H1: model updates") struct ModelHistoryTests {
    struct Scene {
        var network: Network
        let chain: Chain

        init(banks: Int = 3) throws {
            network = try Network(banks: banks)
            chain = try Chain.inMemory(genesis: network.genesis)
        }

        mutating func propose(
            _ model: UInt8, replacing: UInt8?, at height: UInt64
        ) throws -> LedgerDigest {
            let record = try ModelRecord(
                modelDigest: digest(model), name: "logit", version: "\(model)")
            let update = ModelUpdate(
                model: record, replaces: try replacing.map(digest), activationHeight: height)
            let transaction = try network.sign(.modelUpdate(update), by: network.bureaus[0])
            try network.append([transaction], to: chain)
            return transaction.id
        }

        mutating func vote(
            _ update: LedgerDigest, _ bank: Int, approves: Bool = true
        ) throws -> SignedTransaction {
            try network.sign(
                .modelApproval(ModelApproval(update: update, approves: approves)),
                by: network.banks[bank])
        }

        var active: String? { chain.state.models.activeModel(named: "logit")?.version }
    }

    @Test func anApprovedModelTakesOverAtItsHeightAndCanBeRolledBack() throws {
        var scene = try Scene()
        let first = try scene.propose(1, replacing: nil, at: 4)
        try scene.network.append([scene.vote(first, 0), scene.vote(first, 2)], to: scene.chain)
        #expect(scene.chain.state.models.update(first)?.status == .approved)
        try scene.network.append([], to: scene.chain)
        #expect(scene.active == nil)
        try scene.network.append([], to: scene.chain)
        #expect(scene.active == "1" && scene.chain.height == 4)
        let second = try scene.propose(2, replacing: 1, at: 7)
        try scene.network.append([scene.vote(second, 0), scene.vote(second, 1)], to: scene.chain)
        try scene.network.append([], to: scene.chain)
        #expect(scene.active == "2")
        let rollback = try scene.propose(1, replacing: 2, at: 10)
        try scene.network.append(
            [scene.vote(rollback, 1), scene.vote(rollback, 2)], to: scene.chain)
        try scene.network.append([], to: scene.chain)
        #expect(scene.active == "1")
        let models = scene.chain.state.models
        #expect(
            (0...11).map { models.activeModel(named: "logit", at: $0)?.version } == [
                nil, nil, nil, nil, "1", "1", "1", "2", "2", "2", "1", "1",
            ])
        #expect(models.activations(of: "logit").map(\.update) == [first, second, rollback])
        expectError(.duplicateAct) {
            try scene.network.append([scene.vote(first, 1)], to: scene.chain)
        }
    }

    @Test func unapprovedContestedAndStaleUpdatesLapse() throws {
        var scene = try Scene()
        let silent = try scene.propose(1, replacing: nil, at: 5)
        let rejected = try scene.propose(2, replacing: nil, at: 5)
        try scene.network.append(
            [
                scene.vote(silent, 0), scene.vote(rejected, 0, approves: false),
                scene.vote(rejected, 1, approves: false),
            ], to: scene.chain)
        let error = expectError(.duplicateAct) {
            try scene.network.append([scene.vote(silent, 0, approves: false)], to: scene.chain)
        }
        #expect(error?.message.contains("voted") == true)
        for _ in 4...5 { try scene.network.append([], to: scene.chain) }
        #expect(scene.active == nil)
        #expect(scene.chain.state.models.update(silent)?.status == .lapsed)
        #expect(scene.chain.state.models.update(rejected)?.status == .rejected)
        // Of two approved updates to the same height the first wins, the other is stale.
        let one = try scene.propose(3, replacing: nil, at: 9)
        let two = try scene.propose(4, replacing: nil, at: 9)
        try scene.network.append(
            [one, two].flatMap { update in
                try [scene.vote(update, 0), scene.vote(update, 1)]
            }, to: scene.chain)
        try scene.network.append([], to: scene.chain)
        #expect(scene.active == "3")
        #expect(scene.chain.state.models.update(two)?.status == .lapsed)
        expectError(.invalidValue) { try scene.propose(5, replacing: 3, at: 10) }
        expectError(.unknownReference) {
            try scene.network.append([scene.vote(digest(9), 0)], to: scene.chain)
        }
    }

    /// Random updates and votes against a count by hand, replayed to the same history.
    @Test(arguments: propertySeeds(6)) func replayGivesTheSameModels(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let banks = Int.random(in: 1...5, using: &generator)
        var scene = try Scene(banks: banks)
        var expected: [UInt8] = []
        for model in 1...UInt8(5) {
            let height = scene.chain.height + 3
            let update = try scene.propose(model, replacing: expected.last, at: height)
            let votes = (0..<banks).map { _ in Int.random(in: 0...2, using: &generator) }
            try scene.network.append(
                votes.enumerated().compactMap { bank, choice in
                    choice == 2 ? nil : try scene.vote(update, bank, approves: choice == 1)
                }, to: scene.chain)
            try scene.network.append([], to: scene.chain)
            if 2 * votes.count(where: { $0 == 1 }) > banks { expected.append(model) }
            #expect(scene.active == expected.last.map { "\($0)" })
        }
        var state = ChainState(genesis: scene.network.genesis)
        for height in 1...scene.chain.height {
            state = try state.advanced(by: try #require(try scene.chain.block(at: height)))
        }
        #expect(state.models == scene.chain.state.models)
        #expect(
            state.models.activations(of: "logit").map(\.model.version) == expected.map { "\($0)" })
    }
}
