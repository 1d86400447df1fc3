// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("J2: light client") struct LightClientTests {
    /// Three cycles of three blocks: bank 3 leaves in the first, another joins in the second.
    struct Scene {
        var network: Network
        let chain: Chain
        let fresh: SigningIdentity
        let proposal: SignedTransaction
        let now: UInt64

        init() throws {
            network = try Network(banks: 3, users: 1, cycleLength: 3)
            chain = try Chain.inMemory(genesis: network.genesis)
            proposal = try network.proposal(1)
            try network.append(
                [proposal, network.vote(0, on: proposal), network.vote(1, on: proposal)],
                to: chain)
            let remove = ConfigurationChange.Action.remove(network.address(network.banks[2]))
            try network.append(
                [
                    network.sign(
                        .configurationChange(TransactionExamples.change(remove, 1, network)),
                        by: network.banks[0])
                ], to: chain)
            try network.append([], to: chain, cycle: 1)
            fresh = try identity(5, 0)
            let member = try Member(
                name: "bank 4", role: .bank, identity: fresh, chainName: "test")
            let change = try TransactionExamples.change(
                .register(member), 2, network, by: [0, 1])
            try network.append(
                [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
            network.others.append(fresh)
            try network.append([], to: chain, cycle: 2)
            try network.append([network.proposal(2, cycle: 2)], to: chain)
            now = chain.state.timestamp + 5
        }

        func client() throws -> LightClient {
            var client = LightClient(network.genesis)
            for handOver in try chain.handOvers() { try client.follow(handOver, now: now) }
            return client
        }

        func header(_ height: UInt64) throws -> CertifiedHeader {
            try chain.certifiedHeader(at: height)
        }
    }

    @Test func itFollowsAChainWithoutItsBlocks() throws {
        let scene = try Scene()
        var client = LightClient(scene.network.genesis)
        try client.accept(scene.header(2), now: scene.now)
        try client.accept(scene.header(1), now: scene.now)
        #expect(client.newest?.height == 2)
        let handOvers = try scene.chain.handOvers()
        #expect(handOvers.map(\.next.voters.count) == [2, 3])
        for handOver in handOvers {
            let copy = try EpochHandOver(canonicalBytes: handOver.canonicalBytes)
            try client.follow(copy, now: scene.now)
        }
        #expect(client.configuration == scene.chain.state.configuration)
        #expect(client.newest?.height == 6)
        try client.accept(scene.header(7), now: scene.now)
        // Everything is proven from the one newest header: earlier blocks, their transactions, the
        // state with what it holds and what it does not.
        var log = HeaderLog(scene.network.genesis)
        for height in 1...6 as ClosedRange<UInt64> {
            try log.append(scene.header(height).header)
        }
        let first = try #require(try scene.chain.block(at: 1)).block
        try client.verify(first.header, inclusion: log.inclusionProof(of: 1))
        let receipt = try scene.chain.receipt(for: scene.proposal.id)
        try client.verify(receipt.proposal, in: first.header)
        try receipt.verify(against: scene.network.genesis)
        let state = scene.chain.state
        func value(_ key: StateKey) throws -> LedgerDigest? {
            try client.value(of: state.stateTree.proof(for: key))
        }
        guard case .scoreProposal(let score) = scene.proposal.transaction else { return }
        #expect(
            try value(ChainState.stateKey(ofScoreOf: score.borrower))
                == ChainState.stateValue(of: score, id: scene.proposal.id))
        #expect(try value(ChainState.stateKey(ofConsent: digest(7))) == nil)
        let gone = scene.network.address(scene.network.banks[2])
        #expect(try value(ChainState.stateKey(ofMember: gone)) == nil)
        #expect(
            try value(ChainState.stateKey(ofMember: scene.network.address(scene.fresh))) != nil)
        // From a trusted configuration instead of the genesis.
        var late = try LightClient(
            trusting: handOvers[1].next, keys: handOvers[1].keys.reversed(),
            chainID: scene.network.chainID, trustedTime: scene.now)
        try late.accept(scene.header(7), now: scene.now)
        #expect(late.newest == client.newest)
    }

    /// What the chain keeps of its cycles is what a replay of its blocks comes by.
    @Test func handOversAreThoseOfAReplay() throws {
        let scene = try Scene()
        var state = ChainState(genesis: scene.network.genesis)
        var expected: [EpochHandOver] = []
        for height in 1...scene.chain.height {
            let block = try #require(try scene.chain.block(at: height))
            let cycle = state.cycle
            state = try state.advanced(by: block)
            guard state.cycle > cycle else { continue }
            expected.append(
                EpochHandOver(
                    last: try scene.header(height), next: state.configuration,
                    keys: state.configuration.voters.voters.compactMap {
                        state.registry.member(at: $0.address)?.identity
                    }))
        }
        #expect(expected.count == 2 && expected.allSatisfy { $0.keys.count > 1 })
        for first in 0...3 as ClosedRange<UInt64> {
            #expect(try scene.chain.handOvers(from: first) == Array(expected.dropFirst(Int(first))))
        }
        #expect(try scene.chain.handOvers(from: .max).isEmpty)
    }

    @Test func wrongProofsAreRefused() throws {
        let scene = try Scene()
        var client = try scene.client()
        expectError(.staleCheckpoint) {
            try LightClient(scene.network.genesis).value(
                of: scene.chain.state.stateTree.proof(
                    for: ChainState.stateKey(ofConsent: digest(7))))
        }
        try client.accept(scene.header(7), now: scene.now)
        var log = HeaderLog(scene.network.genesis)
        for height in 1...7 as ClosedRange<UInt64> {
            try log.append(scene.header(height).header)
        }
        let first = try scene.header(1).header
        let second = try scene.header(2).header
        expectError(.wrongRoot) {
            try client.verify(first, inclusion: log.inclusionProof(of: 1))
        }
        expectError(.wrongRoot) {
            try client.verify(second, inclusion: log.inclusionProof(of: 1, size: 6))
        }
        try client.verify(first, inclusion: log.inclusionProof(of: 1, size: 6))
        let receipt = try scene.chain.receipt(for: scene.proposal.id)
        expectError(.wrongBlock) { try client.verify(receipt.proposal, in: second) }
        var tree = scene.chain.state.stateTree
        let key = ChainState.stateKey(ofConsent: try digest(7))
        tree.set(try digest(1), for: key)
        expectError(.wrongRoot) { try client.value(of: tree.proof(for: key)) }
    }

    @Test func headersOfOtherCyclesChainsAndTimesAreRefused() throws {
        let scene = try Scene()
        var client = LightClient(scene.network.genesis)
        expectError(.wrongCycle) { try client.accept(scene.header(4), now: scene.now) }
        expectError(.wrongCycle) {
            try client.follow(scene.chain.handOvers(from: 1)[0], now: scene.now)
        }
        let other = try Network(banks: 4)
        let foreign = try Chain.inMemory(genesis: other.genesis)
        try other.append([], to: foreign)
        expectError(.wrongChain) {
            try client.accept(foreign.certifiedHeader(at: 1), now: scene.now)
        }
        expectError(.wrongTime) {
            try client.accept(scene.header(1), now: Network.start - 10_000)
        }
        #expect(client.newest == nil)
        expectError(.unknownReference) { try scene.header(9) }
    }

    /// Old keys may have been sold: after the trusting period not even genuine headers count.
    @Test func trustExpires() throws {
        let scene = try Scene()
        var client = LightClient(scene.network.genesis, trustingPeriod: 10_000)
        let late = Network.start + 10_001
        let error = expectError(.trustExpired) { try client.accept(scene.header(1), now: late) }
        #expect(error?.message.contains("\(Network.start + 10_000) ms") == true)
        try client.accept(scene.header(1), now: late - 1)
        // A newer header renews it.
        try client.accept(scene.header(2), now: late + 999)
        expectError(.trustExpired) { try client.accept(scene.header(2), now: late + 2_000) }
    }

    /// Votes of banks that are none, or no longer, or not enough.
    @Test func phantomVotersAreRefused() throws {
        let scene = try Scene()
        let honest = try scene.header(4)
        let header = honest.header.consensus
        var client = LightClient(scene.network.genesis)
        let handOver = try scene.chain.handOvers()[0]
        try client.follow(handOver, now: scene.now)
        func certified(
            by signers: [(place: Int, key: SigningIdentity)]
        ) throws -> CertifiedHeader {
            var encoder = CanonicalEncoder()
            encoder.encode(honest.header)
            encoder.encodeCount(0)
            for role in [ConsensusStatement.Role.notarize, .finalize] {
                let statement = ConsensusStatement(
                    role, epoch: header.epoch, view: header.view, digest: header.hash)
                let registry = MemberRegistry(scene.network.genesis)
                encoder.encode(
                    ViewCertificate(
                        statement,
                        votes: signers.map {
                            ViewVote(
                                statement, voter: $0.place,
                                signature: RegisteredKeys($0.key, registry: registry)
                                    .sign(statement))
                        }))
            }
            return try CanonicalDecoder.decode(from: encoder.bytes)
        }
        let banks = scene.network.banks
        func place(_ bank: Int) throws -> Int {
            try #require(client.configuration.voters.index(of: scene.network.address(banks[bank])))
        }
        let good = try [(place(0), banks[0]), (place(1), banks[1])]
        try client.accept(certified(by: good), now: scene.now)
        let stranger = try identity(9, 9)
        for (signers, code) in [
            ([good[0]], LedgerError.Code.quorumNotReached), ([], .quorumNotReached),
            ([good[0], (good[1].0, banks[2])], .badSignature),
            ([good[0], (good[1].0, stranger)], .badSignature),
            (good + [(2, banks[2])], .unregisteredKey),
        ] {
            expectError(code) { try client.accept(certified(by: signers), now: scene.now) }
        }
        // The removed bank's key is void although the old configuration knew it.
        #expect(
            client.configuration.voters.index(of: scene.network.address(banks[2])) == nil)
    }

    @Test func flippedBitsOfAHandOverAreRefused() throws {
        let scene = try Scene()
        let handOver = try scene.chain.handOvers()[0]
        let client = LightClient(scene.network.genesis)
        let bytes = handOver.canonicalBytes
        for bit in stride(from: 0, to: bytes.count * 8, by: 5) {
            guard let forged = try? EpochHandOver(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            var copy = client
            #expect(throws: LedgerError.self, "bit \(bit)") {
                try copy.follow(forged, now: scene.now)
            }
        }
        // A key too few, or of somebody else.
        for keys in [Array(handOver.keys.dropLast()), [try identity(9, 9).publicIdentity]] {
            var copy = client
            expectError(.unregisteredKey) {
                try copy.follow(
                    EpochHandOver(last: handOver.last, next: handOver.next, keys: keys),
                    now: scene.now)
            }
            #expect(copy.configuration.epoch == 0)
        }
        // Another configuration than the one that the old banks signed.
        let other = try EpochConfiguration(
            epoch: 1, voters: client.configuration.voters,
            bureaus: client.configuration.bureaus, lastHeight: 6,
            chainID: scene.network.chainID)
        var copy = client
        expectError(.wrongBlock) {
            try copy.follow(
                EpochHandOver(
                    last: handOver.last, next: other,
                    keys: scene.network.banks.map(\.publicIdentity)), now: scene.now)
        }
        try copy.follow(handOver, now: scene.now)
        #expect(copy.configuration == handOver.next)
    }

    /// Two final blocks of one height are seen by whoever is shown both.
    @Test func twoFinalBlocksAreASplitView() throws {
        let network = try Network()
        let state = ChainState(genesis: network.genesis)
        var client = LightClient(network.genesis)
        let blocks = try (1...2).map { number in
            let chain = try Chain.inMemory(genesis: network.genesis)
            try chain.append(
                [], agreedBy: network.members, now: state.timestamp + UInt64(number))
            return try chain.certifiedHeader(at: 1)
        }
        try client.accept(blocks[0], now: Network.start)
        try client.accept(blocks[0], now: Network.start)
        expectError(.splitView) { try client.accept(blocks[1], now: Network.start) }
        #expect(client.newest == blocks[0].header)
    }
}
