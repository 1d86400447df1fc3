// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("E3, E4, E5: cycles, elections and convictions on the chain") struct CycleTests {
    /// A cycle hands over to banks that joined in it, and no height is ruled by two sets.
    @Test func votersChangeWithTheCycle() throws {
        var network = try Network(banks: 3, cycleLength: 4)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let fresh = try identity(5, 0)
        let member = try Member(name: "bank 4", role: .bank, identity: fresh, chainName: "test")
        let change = try TransactionExamples.change(.register(member), 1, network)
        try network.append(
            [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
        network.others.append(fresh)
        #expect(chain.state.registry.banks.count == 4)
        try network.append([], to: chain, cycle: 1)
        for height in 1...5 as ClosedRange<UInt64> {
            let block = try #require(try chain.block(at: height))
            let count = block.certificate.finalization.voters.count
            #expect(height <= 4 ? count <= 3 : count >= 3)
            #expect(block.block.header.cycle == (height <= 4 ? 0 : 1))
            #expect(
                (block.block.header.consensus.configuration
                    != block.block.header.consensus.nextConfiguration) == (height == 4))
        }
        #expect(chain.state.configuration.voters.count == 4)
        #expect(chain.state.configuration.voters.quorum == 3)
        // A receipt across the change verifies with the genesis alone.
        let proposal = try network.proposal(1, cycle: 1)
        try network.append([proposal], to: chain)
        try network.append(
            [
                network.vote(0, on: proposal, cycle: 1), network.vote(1, on: proposal, cycle: 1),
                network.vote(2, on: proposal, cycle: 1),
            ], to: chain)
        try chain.receipt(for: proposal.id).verify(against: network.genesis)
    }

    /// Votes and secrets on the chain decide who proposes; nobody elected serves twice in a row.
    @Test func bureausAreElectedOnTheChain() throws {
        var network = try Network(bureaus: 2, prospects: 3, cycleLength: 6)
        let chain = try Chain.inMemory(genesis: network.genesis)
        func run(cycle: UInt64, for candidates: [Int]) throws -> [Address] {
            let secrets = try (0..<2).map {
                SeedReveal(secret: try digest(UInt8(10 * cycle) + UInt8($0)))
            }
            var transactions = try candidates.map {
                try network.sign(
                    .bureauApplication(BureauApplication(cycle: cycle + 1)),
                    by: network.prospects[$0])
            }
            for bank in 0..<3 {
                for candidate in candidates {
                    let address = network.address(network.prospects[candidate])
                    transactions.append(
                        try network.sign(
                            .bureauVote(BureauVote(candidate: address, cycle: cycle + 1)),
                            by: network.banks[bank]))
                }
            }
            for (bank, secret) in secrets.enumerated() {
                let promise = secret.commitment(chainID: network.chainID, cycle: cycle)
                transactions.append(
                    try network.sign(.seedCommitment(promise), by: network.banks[bank]))
            }
            try network.append(transactions, to: chain)
            // Too early to open, and the other bank's secret is not the promised one.
            let early = try network.sign(.seedReveal(secrets[0]), by: network.banks[0])
            expectError(.wrongCycle) { try network.append([early], to: chain) }
            for _ in 0..<2 { try network.append([], to: chain) }
            let wrong = try network.sign(.seedReveal(secrets[1]), by: network.banks[0])
            expectError(.wrongCommitment) { try network.append([wrong], to: chain) }
            let late = try network.sign(
                .seedCommitment(secrets[0].commitment(chainID: network.chainID, cycle: cycle)),
                by: network.banks[2])
            expectError(.wrongCycle) { try network.append([late], to: chain) }
            try network.append(
                secrets.enumerated().map {
                    try network.sign(.seedReveal($1), by: network.banks[$0])
                }, to: chain)
            try network.append([], to: chain, cycle: cycle + 1)
            return chain.state.configuration.bureaus
        }
        let prospects = network.prospects.map { network.address($0) }
        let first = try run(cycle: 0, for: [0, 1])
        #expect(Set(first) == Set(prospects[0...1]))
        // An elected prospect scores, one that waits does not.
        let score = Transaction.scoreProposal(try scoreProposal(3, cycle: 1))
        try network.append([network.sign(score, by: network.prospects[0])], to: chain)
        let waiting = try network.sign(score, by: network.prospects[2])
        expectError(.wrongRole) { try network.append([waiting], to: chain) }
        try network.append([], to: chain, cycle: 2)
        // Nobody applied: the registered bureaus serve.
        let bureaus = network.bureaus.map { network.address($0) }
        #expect(Set(chain.state.configuration.bureaus) == Set(bureaus))
        let second = try run(cycle: 2, for: [1, 2])
        #expect(Set(second) == Set(prospects[1...2]))
        let third = try run(cycle: 3, for: [0, 1])
        #expect(third == [prospects[0]])
        // Every node computes the same from the blocks alone.
        var state = ChainState(genesis: network.genesis)
        for height in 1...chain.height {
            state = try state.advanced(by: try #require(try chain.block(at: height)))
        }
        #expect(state.configuration == chain.state.configuration)
        #expect(state.commitment == chain.state.commitment)
    }

    /// The order depends on the secrets: other secrets, another order, as often as chance has it.
    @Test func secretsDecideTheOrder() throws {
        var orders: Set<[Address]> = []
        for seed in 0..<6 as Range<UInt8> {
            var network = try Network(banks: 1, bureaus: 1, prospects: 3, cycleLength: 2)
            let state = ChainState(genesis: network.genesis)
            let secret = SeedReveal(secret: try digest(seed))
            var transactions = [
                try network.sign(
                    .seedCommitment(secret.commitment(chainID: network.chainID, cycle: 0)),
                    by: network.banks[0])
            ]
            // One bureau is registered, so one candidate is drawn.
            for prospect in network.prospects {
                transactions.append(
                    try network.sign(
                        .bureauApplication(BureauApplication(cycle: 1)), by: prospect))
                transactions.append(
                    try network.sign(
                        .bureauVote(
                            BureauVote(candidate: network.address(prospect), cycle: 1)),
                        by: network.banks[0]))
            }
            let middle = try state.advanced(by: network.certified(transactions, after: state))
            let end = try middle.advanced(
                by: network.certified(
                    [network.sign(.seedReveal(secret), by: network.banks[0])], after: middle))
            #expect(end.cycle == 1 && end.configuration.bureaus.count == 1)
            orders.insert(end.configuration.bureaus)
        }
        #expect(orders.count > 1)
    }

    @Test func aConvictedBankLosesItsVote() throws {
        var network = try Network(banks: 4, prospects: 1, cycleLength: 4)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let misconduct = try TransactionExamples.misconduct(
            of: 2, network, chain.state.configuration)
        let offender = network.address(network.banks[2])
        #expect(misconduct.offender == offender)
        let candidate = network.address(network.prospects[0])
        try network.append(
            [
                network.sign(
                    .bureauApplication(BureauApplication(cycle: 1)), by: network.prospects[0]),
                network.sign(
                    .bureauVote(BureauVote(candidate: candidate, cycle: 1)),
                    by: network.banks[2]),
            ], to: chain)
        #expect(chain.state.candidates.candidates(for: 1).map(\.voteCount) == [1])
        let empty = chain.state.commitment.evidenceRoot
        try network.append(
            [network.sign(.misconduct(misconduct), by: network.bureaus[0])], to: chain)
        #expect(chain.state.commitment.evidenceRoot != empty)
        #expect(chain.state.convicted == [offender])
        #expect(chain.state.registry.member(at: offender) == nil)
        #expect(chain.state.candidates.candidates(for: 1).map(\.voteCount) == [0])
        #expect(chain.state.stateTree.value(for: ChainState.stateKey(ofMember: offender)) == nil)
        let proposal = try network.proposal(1)
        try network.append([proposal], to: chain)
        let vote = try network.vote(2, on: proposal)
        expectError(.unregisteredKey) { try network.append([vote], to: chain) }
        let again = try network.sign(.misconduct(misconduct), by: network.bureaus[0])
        expectError(.duplicateAct) { try network.append([again], to: chain) }
        // It votes on no block of the next cycle, and its candidate was not elected.
        #expect(chain.state.configuration.voters.index(of: offender) != nil)
        try network.append([], to: chain, cycle: 1)
        #expect(chain.state.configuration.voters.index(of: offender) == nil)
        #expect(!chain.state.configuration.bureaus.contains(candidate))
        let later = try network.proposal(2, cycle: 1)
        try network.append([later], to: chain)
        try network.append(
            [0, 1, 3].map { try network.vote($0, on: later, cycle: 1) }, to: chain)
        try chain.receipt(for: later.id).verify(against: network.genesis)
    }

    @Test func aBureauWithTwoBlocksOfAViewIsConvicted() throws {
        var network = try Network(banks: 3, bureaus: 3, cycleLength: 3)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let state = chain.state
        let leader = state.nextProposer
        let bureau = try #require(network.bureaus.first { network.address($0) == leader })
        let first = try network.certified([network.proposal(1)], after: state).block
        let second = try network.certified([], after: state).block
        #expect(first.header.view == second.header.view && first != second)
        let misconduct = try Misconduct(
            .proposals(first.consensusBlock(), second.consensusBlock()),
            in: state.configuration)
        try misconduct.verify(
            state.configuration, keys: RegisteredKeys(bureau, registry: state.registry),
            chainID: network.chainID)
        try network.append(
            [network.sign(.misconduct(misconduct), by: network.banks[0])], to: chain)
        #expect(chain.state.convicted == [leader] && !chain.state.registry.bureaus.contains(leader))
        try network.append([], to: chain, cycle: 1)
        #expect(!chain.state.configuration.bureaus.contains(leader))
        // One block twice is no misconduct, nor are blocks of two views.
        let once = try Misconduct(
            .proposals(first.consensusBlock(), first.consensusBlock()), in: state.configuration)
        let other = try #require(try chain.block(at: 2)).block
        let views = try Misconduct(
            .proposals(first.consensusBlock(), other.consensusBlock()), in: state.configuration)
        for wrong in [once, views] {
            expectError(.invalidValue) {
                try misconduct.offender == wrong.offender
                    ? wrong.verify(
                        state.configuration,
                        keys: RegisteredKeys(bureau, registry: state.registry),
                        chainID: network.chainID) : { throw LedgerError(.invalidValue, "") }()
            }
        }
    }

    @Test func misconductOfOldCyclesAndForgeriesAreRefused() throws {
        var network = try Network(banks: 3, cycleLength: 2)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let old = try TransactionExamples.misconduct(of: 1, network, chain.state.configuration)
        let bytes = CanonicalEncoder.bytes(of: old)
        let configuration = chain.state.configuration
        let keys = RegisteredKeys(network.bureaus[0], registry: chain.state.registry)
        for bit in 0..<bytes.count * 8 {
            guard
                let forged = try? CanonicalDecoder.decode(
                    Misconduct.self, from: bytes.flipping(bit: bit))
            else { continue }
            #expect(throws: LedgerError.self, "bit \(bit)") {
                try forged.verify(configuration, keys: keys, chainID: network.chainID)
            }
        }
        try network.append([], to: chain, cycle: 2)
        let late = try network.sign(.misconduct(old), by: network.bureaus[0])
        expectError(.wrongCycle) { try network.append([late], to: chain) }
        #expect(chain.state.convicted.isEmpty)
    }

    /// Presence and absence of members, scores and consents are proven against a header.
    @Test func theStateIsProvable() throws {
        var network = try Network(users: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        let grant = try ConsentGrant(
            recipient: network.address(network.banks[0]), purpose: "scoring", scope: digest(8),
            expiryTime: Network.start + 1_000_000)
        let consent = try network.sign(.consentGrant(grant), by: network.users[0])
        try network.append([proposal, consent, network.vote(0, on: proposal)], to: chain)
        func value(_ key: StateKey) throws -> LedgerDigest? {
            let header = try #require(try chain.block(at: chain.height)).block.header
            return try chain.state.stateTree.proof(for: key).verify(root: header.stateRoot)
        }
        let score = ChainState.stateKey(ofScoreOf: .opaque(try digest(1)))
        let permission = ChainState.stateKey(ofConsent: consent.id)
        #expect(try value(score) == nil)
        #expect(try value(permission) == ChainState.stateValue(of: grant))
        try network.append([network.vote(1, on: proposal)], to: chain)
        guard case .scoreProposal(let content) = proposal.transaction else { return }
        #expect(try value(score) == ChainState.stateValue(of: content, id: proposal.id))
        try network.append(
            [
                network.sign(
                    .consentRevocation(ConsentRevocation(grant: consent.id)), by: network.users[0])
            ], to: chain)
        #expect(try value(permission) == nil)
        for (address, member) in chain.state.memberships.members(at: chain.height) {
            let key = ChainState.stateKey(ofMember: address)
            #expect(try value(key) == ChainState.stateValue(of: member))
        }
        let stranger = try identity(9, 9).address(chainID: network.chainID)
        #expect(try value(ChainState.stateKey(ofMember: stranger)) == nil)
    }
}
