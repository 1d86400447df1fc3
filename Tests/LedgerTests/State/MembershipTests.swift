// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

@Suite("A4, D2, F3: members change on the chain") struct MembershipTests {
    /// Rotates the key of a bank and lets its voter go on with the new one.
    static func rotate(_ bank: Int, _ network: inout Network, _ chain: Chain) throws
        -> SigningIdentity
    {
        let old = network.address(network.banks[bank])
        let member = try #require(chain.state.registry.member(at: old))
        let key = try identity(6, bank)
        let rotation = try KeyRotation(
            of: member, to: key, chainName: "test", chainID: network.chainID)
        try network.append(
            [network.sign(.keyRotation(rotation), by: network.banks[bank])], to: chain)
        network.others.append(key)
        return key
    }

    @Test func aRotatedKeyTakesOverWithTheNextBlock() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        let late = try network.proposal(2)
        try network.append([proposal, late, network.vote(0, on: proposal)], to: chain)
        let old = network.address(network.banks[0])
        let key = try Self.rotate(0, &network, chain)
        let new = network.address(key)
        #expect(chain.state.origin(of: new) == old)
        #expect(chain.state.registry.member(at: old) == nil)
        #expect(chain.state.memberships.role(of: old, height: 2) == .bank)
        // The old key is void; the new one has voted already under the old.
        expectError(.unregisteredKey) {
            try network.append([network.vote(0, on: late)], to: chain)
        }
        let again = ScoreVote(proposal: proposal.id, approves: true, cycle: 0)
        expectError(.duplicateScoreVote) {
            try network.append([network.sign(.scoreVote(again), by: key)], to: chain)
        }
        let vote = ScoreVote(proposal: late.id, approves: true, cycle: 0)
        try network.append(
            [network.sign(.scoreVote(vote), by: key), network.vote(1, on: late)], to: chain)
        #expect(chain.state.status(of: late.id) == .accepted)
        // The receipt leads from the genesis alone to the new key.
        let receipt = try chain.receipt(for: late.id)
        #expect(receipt.membershipChanges.count == 1)
        try receipt.verify(against: network.genesis)
        // The key does not come back.
        let member = try Member(
            name: "bank 9", role: .bank, identity: network.banks[0], chainName: "test")
        let action = ConfigurationChange.Action.register(member)
        let change = try ConfigurationChange(
            number: 1, action: action,
            approvals: [key, network.banks[1]].map {
                try ConfigurationChange.approval(
                    of: action, number: 1, by: $0, chainID: network.chainID)
            })
        expectError(.invalidMembership) {
            try network.append(
                [network.sign(.configurationChange(change), by: network.banks[1])], to: chain)
        }
    }

    @Test func aStoredChainWithChangesVerifies() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "chain")
            var network = try Network(users: 1)
            let chain = try Chain.create(at: url, genesis: network.genesis)
            _ = try Self.rotate(1, &network, chain)
            let revocation = Transaction.keyRevocation(try KeyRevocation(reason: "lost"))
            try network.append([network.sign(revocation, by: network.users[0])], to: chain)
            try network.append([network.proposal(1)], to: chain)
            try chain.export(to: folder.appending(path: "export"))
            let report = chain.report
            try chain.close()
            #expect(try Chain.verify(file: url) == report)
            #expect(try Chain.verify(export: folder.appending(path: "export")) == report)
        }
    }

    @Test func banksJoinAndLeaveByAQuorum() throws {
        var network = try Network(banks: 3)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let before = try network.proposal(1)
        try network.append([before], to: chain)
        let fresh = try identity(5, 0)
        let member = try Member(
            name: "bank 4", role: .bank, identity: fresh, chainName: "test")
        func send(_ change: ConfigurationChange) throws {
            try network.append(
                [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
        }
        let register = ConfigurationChange.Action.register(member)
        expectError(.missingSignature) {
            try send(TransactionExamples.change(register, 1, network, by: [1]))
        }
        expectError(.replayedTransaction) {
            try send(TransactionExamples.change(register, 2, network))
        }
        let wrongNumber = try TransactionExamples.change(register, 7, network).approvals
        expectError(.badSignature) {
            try send(ConfigurationChange(number: 1, action: register, approvals: wrongNumber))
        }
        try send(TransactionExamples.change(register, 1, network))
        #expect(chain.state.registry.banks.count == 4 && chain.state.registry.blockQuorum == 3)
        #expect(chain.state.configurationNumber == 1)
        network.others.append(fresh)
        // The new bank may vote on what is proposed from now on, not on what was before.
        let after = try network.proposal(2)
        try network.append([after], to: chain)
        func vote(_ proposal: SignedTransaction) throws -> SignedTransaction {
            try network.sign(
                .scoreVote(ScoreVote(proposal: proposal.id, approves: true, cycle: 0)), by: fresh)
        }
        expectError(.wrongRole) { try network.append([vote(before)], to: chain) }
        try network.append(
            [vote(after), network.vote(0, on: before), network.vote(1, on: before)], to: chain)
        #expect(chain.state.status(of: before.id) == .accepted)
        #expect(chain.state.status(of: after.id) == .pending)
        // Two of four banks are no quorum any more.
        let remove = ConfigurationChange.Action.remove(network.address(network.banks[2]))
        expectError(.missingSignature) {
            try send(TransactionExamples.change(remove, 2, network, by: [0, 1]))
        }
        try send(TransactionExamples.change(remove, 2, network, by: [0, 1, 2]))
        #expect(chain.state.registry.banks.count == 3)
        expectError(.unregisteredKey) {
            try network.append([network.vote(2, on: after)], to: chain)
        }
        try network.append([], to: chain)
        try chain.receipt(for: before.id).verify(against: network.genesis)
    }

    @Test func theLastBureauAndTheLastBankStay() throws {
        var network = try Network(banks: 1, bureaus: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let revocation = Transaction.keyRevocation(try KeyRevocation(reason: "lost"))
        for member in [network.banks[0], network.bureaus[0]] {
            expectError(.invalidQuorum) {
                try network.append([network.sign(revocation, by: member)], to: chain)
            }
        }
        #expect(chain.height == 0)
    }

    @Test func bureausApplyAndBanksVoteForThem() throws {
        var network = try Network(prospects: 2)
        let chain = try Chain.inMemory(genesis: network.genesis)
        func apply(_ prospect: Int, _ cycle: UInt64) throws -> SignedTransaction {
            try network.sign(
                .bureauApplication(BureauApplication(cycle: cycle)), by: network.prospects[prospect]
            )
        }
        func vote(_ bank: Int, _ prospect: Int) throws -> SignedTransaction {
            let candidate = network.address(network.prospects[prospect])
            return try network.sign(
                .bureauVote(BureauVote(candidate: candidate, cycle: 1)), by: network.banks[bank])
        }
        expectError(.wrongCycle) { try network.append([apply(0, 0)], to: chain) }
        expectError(.wrongCycle) { try network.append([apply(0, 2)], to: chain) }
        expectError(.unknownReference) { try network.append([vote(0, 0)], to: chain) }
        try network.append(
            [apply(0, 1), apply(1, 1), vote(0, 0), vote(0, 1), vote(1, 1)], to: chain)
        expectError(.duplicateAct) { try network.append([vote(1, 1)], to: chain) }
        let counts = chain.state.candidates.candidates(for: 1)
        let expected = [0, 1].map { (network.address(network.prospects[$0]), $0 + 1) }
            .sorted { $0.0 < $1.0 }
        #expect(counts.map(\.bureau) == expected.map(\.0))
        #expect(counts.map(\.voteCount) == expected.map(\.1))
        try network.append([], to: chain, cycle: 1)
        expectError(.wrongCycle) { try network.append([vote(2, 0)], to: chain) }
    }
}
