// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Synchronization
import Testing

@Suite("E1 to E6: nodes with chain files") struct ChainNodeTests {
    /// Nodes of a network in one process, with a clock and a queue of messages.
    struct Cluster {
        var network: Network
        let identities: [SigningIdentity]
        let folder: URL
        var nodes: [Address: ChainNode] = [:]
        private var timers: [Address: UInt64] = [:]
        private var queue: [(message: ConsensusMessage, from: Address, to: Address)] = []
        private(set) var now = Network.start + 1
        private(set) var evidence: [ConsensusEvidence] = []
        /// What becomes of a message on its way to a receiver; `nil` where it is lost.
        var meddle: (ConsensusMessage, Address) -> ConsensusMessage? = { message, _ in message }

        init(_ network: Network, in folder: URL) throws {
            self.network = network
            self.folder = folder
            identities = network.banks + network.bureaus
            for index in identities.indices {
                try Chain.create(at: url(index), genesis: network.genesis).close()
                try start(index)
            }
        }

        func url(_ index: Int) -> URL { folder.appending(path: "node \(index)") }

        func address(_ index: Int) -> Address { network.address(identities[index]) }

        subscript(index: Int) -> ChainNode? { nodes[address(index)] }

        mutating func start(_ index: Int) throws {
            let chain = try Chain.open(at: url(index), genesis: network.genesis)
            nodes[address(index)] = try ChainNode(
                chain, identity: identities[index],
                timing: ConsensusTiming(initialTimeOut: 100),
                batches: BatchLimits(), limits: PoolLimits())
            try step(address(index), .start)
        }

        /// Ends a node; what it had not put on the disk is lost, and so is what was under way to it.
        mutating func stop(_ index: Int) throws {
            let address = address(index)
            try nodes.removeValue(forKey: address)?.chain.close()
            timers[address] = nil
            queue.removeAll { $0.to == address }
        }

        mutating func submit(_ transaction: SignedTransaction) throws {
            for bureau in network.bureaus {
                try nodes[network.address(bureau)]?.submit(transaction, now: now)
            }
        }

        mutating func step(_ address: Address, _ event: ConsensusEvent) throws {
            guard let effects = try nodes[address]?.step(event, now: now) else { return }
            for effect in effects {
                switch effect {
                case .broadcast(let message):
                    for index in identities.indices where self.address(index) != address {
                        queue.append((message, address, self.address(index)))
                    }
                case .send(let message, let receiver): queue.append((message, address, receiver))
                case .setTimer(let time): timers[address] = time
                case .evidence(let found): evidence.append(found)
                case .conflict: Issue.record("\(address) sees a conflict")
                case .persist, .serve, .makePayload, .finalized:
                    Issue.record("an effect that the node should have done")
                }
            }
        }

        /// Runs until all nodes that run, but for some, have reached a height.
        mutating func run(to height: UInt64, except: [Int] = [], steps: Int = 20_000) throws {
            let awaited = nodes.keys.filter { !except.map(address).contains($0) }
            for _ in 0..<steps {
                if awaited.allSatisfy({ nodes[$0].map { $0.chain.height >= height } ?? true }) {
                    return
                }
                try advance()
            }
            Issue.record("height \(height) is not reached: \(nodes.values.map(\.chain.height))")
        }

        /// Delivers the next message, or lets the time of the next timers come.
        mutating func advance() throws {
            if !queue.isEmpty {
                let (message, sender, receiver) = queue.removeFirst()
                now += 1
                if let message = meddle(message, receiver) {
                    try step(receiver, .message(message, from: sender))
                }
            } else if let next = timers.values.min() {
                try wait(until: next)
            }
        }

        mutating func wait(until time: UInt64) throws {
            now = max(now, time)
            for (address, time) in timers.sorted(by: { $0.key < $1.key })
            where time <= now { try step(address, .timer) }
        }

        /// Every node's blocks are the same as far as they go.
        func expectAgreement() throws {
            let chains = nodes.values.map(\.chain)
            let common = chains.map(\.height).min() ?? 0
            #expect(common > 0)
            for height in 1..<(common + 1) {
                let hashes = try chains.map { try $0.block(at: height)?.block.hash }
                #expect(Set(hashes).count == 1, "height \(height)")
            }
        }

        func close() throws { for node in nodes.values { try node.chain.close() } }
    }

    @Test func nodesAgreeThroughCyclesCrashesAndAbsence() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 4, bureaus: 2, quorum: .bft, cycleLength: 4)
            var cluster = try Cluster(network, in: folder)
            let proposal = try cluster.network.proposal(1)
            try cluster.submit(proposal)
            try cluster.run(to: 2)
            for node in cluster.nodes.values {
                #expect(node.chain.state.status(of: proposal.id) == .pending)
                #expect(node.pool.count == 0)
            }
            // A bank is away for more than a cycle, comes back, and is sent what it missed.
            try cluster.stop(1)
            try cluster.run(to: 9)
            try cluster.start(1)
            try cluster.run(to: 11)
            #expect(try #require(cluster[1]).chain.height >= 11)
            // Every node stops in the middle of a view and starts again from its file.
            for index in cluster.identities.indices { try cluster.stop(index) }
            for index in cluster.identities.indices { try cluster.start(index) }
            try cluster.run(to: 14)
            try cluster.expectAgreement()
            #expect(cluster.evidence.isEmpty)
            let report = try #require(cluster[1]).chain.report
            try cluster.close()
            #expect(try Chain.verify(file: cluster.url(1), genesis: network.genesis) == report)
        }
    }

    /// A bureau that is away costs its views; two of four banks stop the chain, and it goes on.
    @Test func progressNeedsAQuorumAndOneBureau() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 4, bureaus: 2, cycleLength: 100)
            var cluster = try Cluster(network, in: folder)
            try cluster.stop(4)
            try cluster.run(to: 3)
            let block = try #require(try cluster[0]?.chain.block(at: 3))
            #expect(block.block.header.proposer == cluster.address(5))
            #expect(block.block.header.view > 3)
            try cluster.stop(2)
            try cluster.stop(3)
            let height = try #require(cluster[0]).chain.height
            for _ in 0..<50 { try cluster.step(cluster.address(0), .timer) }
            #expect(try #require(cluster[0]).chain.height == height)
            try cluster.start(2)
            try cluster.run(to: height + 2)
            try cluster.expectAgreement()
            try cluster.close()
        }
    }

    /// What a node signed is in its file before anything leaves it.
    @Test func aNodeKeepsWhatItSigned() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 3, bureaus: 1)
            var cluster = try Cluster(network, in: folder)
            try cluster.run(to: 2)
            let before = try #require(cluster[0]).core.safety
            #expect(before.view > 0)
            try cluster.stop(0)
            try cluster.start(0)
            let after = try #require(cluster[0]).core
            #expect(after.safety.epoch == before.epoch && after.safety.view >= before.view)
            #expect(after.view >= before.view)
            try cluster.close()
        }
    }

    /// A block's hash does not cover its bureau's signature: a peer that sends the right block with
    /// a wrong signature neither gets it on a chain nor stops the node.
    @Test func aBlockFromAPeerNeedsItsSignature() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 4, bureaus: 2, quorum: .bft, cycleLength: 4)
            var cluster = try Cluster(network, in: folder)
            let victim = cluster.address(0)
            let forged = Mutex<Set<String>>([])
            func forge(_ block: ConsensusBlock, _ way: String) -> ConsensusBlock {
                forged.withLock { _ = $0.insert(way) }
                return
                    (try? ConsensusBlock(
                        header: block.header, payload: block.payload,
                        signature: [UInt8](repeating: 0, count: 64))) ?? block
            }
            let toVictim: (ConsensusMessage) -> ConsensusMessage? = { message in
                switch message {
                case .proposal: nil
                case .block(let block): .block(forge(block, "block"))
                case .segments(let segments):
                    .segments(
                        segments.map { segment in
                            FinalizedSegment(
                                blocks: segment.blocks.map { forge($0, "segment") },
                                notarization: segment.notarization,
                                finalization: segment.finalization)
                        })
                case .status(let status):
                    .status(
                        ConsensusStatus(
                            epoch: status.epoch, view: status.view, height: status.height,
                            block: status.block.map { forge($0, "status") },
                            notarization: status.notarization,
                            nullifications: status.nullifications, votes: status.votes,
                            isReply: status.isReply))
                default: message
                }
            }
            // First nothing becomes final, so that peers answer with single blocks.
            cluster.meddle = { message, receiver in
                switch message {
                case .vote(let vote) where vote.statement.role == .finalize: return nil
                case .certificate(let certificate, _):
                    return .certificate(certificate, nil)
                default: return receiver == victim ? toVictim(message) : message
                }
            }
            for step in 0..<600 {
                try cluster.advance()
                if step % 200 == 100 { try cluster.wait(until: cluster.now + 1_000) }
            }
            #expect(forged.withLock { $0 } == ["block", "status"])
            cluster.meddle = { $1 == victim ? toVictim($0) : $0 }
            try cluster.run(to: 6, except: [0])
            try cluster.wait(until: cluster.now + 10_000)
            for _ in 0..<200 { try cluster.advance() }
            #expect(forged.withLock { $0 } == ["block", "status", "segment"])
            #expect(try #require(cluster[0]).chain.height == 0)
            cluster.meddle = { message, _ in message }
            try cluster.wait(until: cluster.now + 10_000)
            try cluster.run(to: 9)
            try cluster.expectAgreement()
            let report = try #require(cluster[0]).chain.report
            try cluster.close()
            #expect(try Chain.verify(file: cluster.url(0), genesis: network.genesis) == report)
        }
    }

    /// Final blocks that do not begin behind a node's head contradict nothing: the node waits for
    /// those between.
    @Test func aGapBetweenFinalBlocksIsNoConflict() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 4, bureaus: 2)
            var cluster = try Cluster(network, in: folder)
            try cluster.run(to: 5)
            let segments = try #require(cluster[0]).chain.segments(above: 0, limit: 5)
            var late = try ChainNode(
                Chain.inMemory(genesis: network.genesis), identity: network.banks[0],
                batches: BatchLimits(), limits: PoolLimits())
            for (message, height) in [
                (segments.suffix(2), UInt64(0)), (segments.prefix(2), 2), (segments.suffix(1), 2),
                (segments[...], segments.last?.last.header.height ?? 0),
            ] {
                let effects = try late.step(
                    .message(.segments(Array(message)), from: cluster.address(1)),
                    now: cluster.now)
                #expect(!late.core.isHalted && late.chain.height == height)
                #expect(!effects.contains { if case .conflict = $0 { true } else { false } })
            }
            try cluster.close()
        }
    }

    /// D5: a bank votes for a block only near its own clock; how near is the chain's rule.
    @Test func banksPassOverABlockFarFromTheirClocks() throws {
        let network = try Network(banks: 4, bureaus: 2)
        func node(_ identity: SigningIdentity) throws -> ChainNode {
            try ChainNode(
                Chain.inMemory(genesis: network.genesis), identity: identity,
                timing: ConsensusTiming(initialTimeOut: 100, drift: 1),
                batches: BatchLimits(), limits: PoolLimits())
        }
        let time = Network.start + 100_000
        var proposals: [(message: ConsensusMessage, bureau: Address)] = []
        for bureau in network.bureaus {
            var bureauNode = try node(bureau)
            for case .broadcast(let message) in try bureauNode.step(.start, now: time) {
                if case .proposal = message {
                    proposals.append((message, network.address(bureau)))
                }
            }
        }
        let proposal = try #require(proposals.first)
        #expect(proposals.count == 1)
        // Ahead by 5 seconds at most, behind by as much and the time of the view.
        for (clock, isNear) in [
            (time, true), (time - 5_000, true), (time - 5_001, false), (time + 5_100, true),
            (time + 5_101, false),
        ] {
            var bank = try node(network.banks[0])
            _ = try bank.step(.start, now: clock)
            let effects = try bank.step(
                .message(proposal.message, from: proposal.bureau), now: clock)
            let hasVoted = effects.contains { effect in
                guard case .broadcast(.vote(let vote)) = effect else { return false }
                return vote.statement.role == .notarize
            }
            #expect(hasVoted == isNear, "the bank's clock is at \(clock)")
        }
    }

    /// Times and limits at the end of their range are no reason to stop.
    @Test func theEndOfTimeIsNoCrash() throws {
        let timing = ConsensusTiming(initialTimeOut: 3, growth: .max, maximumTimeOut: .max)
        #expect((1...3).allSatisfy { timing.timeOut(afterSkips: $0) == .max })
        var network = try Network(banks: 3, bureaus: 1)
        let parameters = try ChainParameters(maximumDrift: .max)
        let change = try TransactionExamples.change(.parameters(parameters), 1, network)
        func chain() throws -> Chain { try Chain.inMemory(genesis: network.genesis) }
        let first = try chain()
        try network.append(
            [network.sign(.configurationChange(change), by: network.banks[0])], to: first)
        let second = try chain()
        try second.append(try #require(try first.block(at: 1)))
        func node(_ chain: Chain, _ identity: SigningIdentity) throws -> ChainNode {
            try ChainNode(
                chain, identity: identity, timing: timing, batches: BatchLimits(),
                limits: PoolLimits())
        }
        var bureau = try node(first, network.bureaus[0])
        var bank = try node(second, network.banks[0])
        var proposal: ConsensusMessage?
        for case .broadcast(let message) in try bureau.step(.start, now: .max - 1) {
            if case .proposal = message { proposal = message }
        }
        _ = try bank.step(.start, now: .max - 1)
        let effects = try bank.step(
            .message(try #require(proposal), from: network.address(network.bureaus[0])),
            now: .max)
        #expect(effects.contains { if case .broadcast(.vote) = $0 { true } else { false } })
    }

    /// Stored blocks are served as they became final, and a chain of them is the same chain.
    @Test func segmentsRebuildTheChain() throws {
        try withTemporaryFolder { folder in
            let network = try Network(banks: 4, bureaus: 2, cycleLength: 3)
            var cluster = try Cluster(network, in: folder)
            try cluster.submit(try cluster.network.proposal(1))
            try cluster.run(to: 7)
            let chain = try #require(cluster[0]).chain
            let copy = try Chain.inMemory(genesis: network.genesis)
            while copy.height < chain.height {
                let segments = try chain.segments(above: copy.height, limit: 2)
                #expect(!segments.isEmpty)
                for segment in segments { try copy.append(segment) }
            }
            #expect(copy.report == chain.report)
            #expect(try chain.segments(above: chain.height, limit: 2).isEmpty)
            expectError(.wrongParent) {
                try copy.append(try #require(try chain.segments(above: 0, limit: 1).first))
            }
            try cluster.close()
        }
    }
}
