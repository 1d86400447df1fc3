// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite struct VotingTests {
    struct Scene {
        var network: Network
        let state: ChainState
        let block: Block
        var collector: VoteCollector

        init(banks: Int, quorum: QuorumRule = .majority) throws {
            network = try Network(banks: banks, quorum: quorum)
            state = ChainState(genesis: network.genesis)
            block = try network.block([network.proposal(1)], after: state)
            collector = VoteCollector(for: block.header, registry: state.registry)
        }

        func vote(_ bank: Int, _ kind: BlockVote.Kind = .finalize) throws -> BlockVote {
            try BlockVote(kind, on: block.header, signedBy: network.banks[bank])
        }

        /// Another block of the same height and view.
        func rival() throws -> Block {
            try BlockBuilder(after: state, proposer: network.bureaus[1])
                .build(timestamp: state.timestamp + 5)
        }
    }

    /// Strictly more than half, for every number of banks: half of the votes are not enough.
    @Test(arguments: 1...9) func halfOfTheBanksAreNotEnough(banks: Int) throws {
        var scene = try Scene(banks: banks)
        for bank in 0..<banks {
            let votes = scene.collector.voteCount
            if 2 * votes > banks {
                _ = try scene.collector.certificate()
            } else {
                let error = expectError(.quorumNotReached) {
                    try scene.collector.certificate()
                }
                #expect(error?.message.contains("\(votes) of \(banks)") == true)
                #expect(error?.height == 1)
            }
            try scene.collector.add(try scene.vote(bank))
        }
        let certificate = try scene.collector.certificate()
        try certificate.verify(for: scene.block.header, scene.state.registry)
        _ = try scene.state.advanced(
            by: CertifiedBlock(block: scene.block, certificate: certificate))
    }

    @Test func aBlockWithHalfOfTheVotesIsRefused() throws {
        var two = try Scene(banks: 2, quorum: .majority)
        try two.collector.add(try two.vote(0))
        try two.collector.add(try two.vote(1))
        let full = CertifiedBlock(block: two.block, certificate: try two.collector.certificate())
        _ = try two.state.advanced(by: full)
        // The same block with one of its two votes.
        let half = try removingVotes(from: full, keeping: 1)
        let error = expectError(.quorumNotReached) { try two.state.advanced(by: half) }
        #expect(error?.message.contains("1 of 2") == true)
        expectError(.quorumNotReached) {
            try two.state.advanced(by: try removingVotes(from: full, keeping: 0))
        }
    }

    func removingVotes(from block: CertifiedBlock, keeping count: Int) throws -> CertifiedBlock {
        var encoder = CanonicalEncoder()
        encoder.encode(block.block)
        encoder.encode(block.certificate.kind.rawValue)
        encoder.encode(Array(block.certificate.votes.prefix(count))) { encoder, vote in
            encoder.encode(vote.bank)
            encoder.encode(vote.signature)
        }
        return try CanonicalDecoder.decode(from: encoder.bytes)
    }

    @Test func unregisteredKeysAndOtherRolesAreRefused() throws {
        var scene = try Scene(banks: 3)
        let stranger = try identity(8, 1)
        let error = expectError(.unregisteredKey) {
            try scene.collector.add(
                try BlockVote(on: scene.block.header, signedBy: stranger))
        }
        let address = stranger.address(chainID: scene.network.chainID)
        #expect(error?.message.contains("\(address)") == true)
        expectError(.wrongRole) {
            try scene.collector.add(
                try BlockVote(on: scene.block.header, signedBy: scene.network.bureaus[0]))
        }
        #expect(scene.collector.voteCount == 0)
    }

    @Test func aSecondVoteIsRefusedAndNamed() throws {
        var scene = try Scene(banks: 3)
        let vote = try scene.vote(0)
        try scene.collector.add(vote)
        let error = expectError(.duplicateVote) { try scene.collector.add(vote) }
        #expect(error?.message.contains("\(vote.bank)") == true)
        #expect(scene.collector.voteCount == 1)
        expectError(.quorumNotReached) { try scene.collector.certificate() }
        #expect(scene.collector.equivocations.isEmpty)
    }

    @Test(arguments: [true, false]) func contradictingVotesAreEvidence(rightFirst: Bool) throws {
        var scene = try Scene(banks: 3)
        let right = try scene.vote(1)
        let wrong = try BlockVote(on: scene.rival().header, signedBy: scene.network.banks[1])
        if rightFirst {
            try scene.collector.add(right)
            let error = expectError(.equivocation) { try scene.collector.add(wrong) }
            #expect(error?.message.contains("\(right.bank)") == true)
            #expect(scene.collector.voteCount == 1)
        } else {
            expectError(.wrongBlock) { try scene.collector.add(wrong) }
            expectError(.equivocation) { try scene.collector.add(right) }
            #expect(scene.collector.voteCount == 0)
        }
        let evidence = try #require(scene.collector.equivocations.first)
        #expect(evidence.bank == right.bank)
        #expect(Set([evidence.first, evidence.second]) == [right, wrong])
        try evidence.verify(scene.state.registry)
        expectError(.invalidValue) { try Equivocation(right, right) }
    }

    @Test func finalizeAndNullifyOfOneViewContradict() throws {
        var scene = try Scene(banks: 3)
        try scene.collector.add(try scene.vote(0))
        expectError(.equivocation) { try scene.collector.add(try scene.vote(0, .nullify)) }
        expectError(.wrongBlock) { try scene.collector.add(try scene.vote(1, .notarize)) }
        // A candidate's vote does not contradict the final one, and is not counted twice.
        try scene.collector.add(try scene.vote(1))
        expectError(.duplicateVote) { try scene.collector.add(try scene.vote(1)) }
        #expect(scene.collector.voteCount == 2)
    }

    @Test func votesForOtherBlocksAreRefused() throws {
        var scene = try Scene(banks: 3)
        let next = try scene.state.advanced(
            by: scene.network.certified([], after: scene.state))
        let later = try scene.network.block([], after: next)
        let error = expectError(.wrongBlock) {
            try scene.collector.add(
                try BlockVote(on: later.header, signedBy: scene.network.banks[0]))
        }
        #expect(error?.message.contains("\(later.hash)") == true)
        #expect(error?.message.contains("\(scene.block.hash)") == true)
    }

    @Test func everyFlippedBitOfACertificateIsRefused() throws {
        var network = try Network(banks: 3)
        let state = ChainState(genesis: network.genesis)
        let certified = try network.certified([], after: state)
        let bytes = CanonicalEncoder.bytes(of: certified)
        let start = CanonicalEncoder.bytes(of: certified.block).count
        for bit in start * 8..<bytes.count * 8 {
            guard
                let forged = try? CanonicalDecoder.decode(
                    CertifiedBlock.self, from: bytes.flipping(bit: bit))
            else { continue }
            #expect(throws: LedgerError.self, "bit \(bit)") { try state.advanced(by: forged) }
        }
    }

    @Test func aVoterChecksAndVotesOncePerHeight() throws {
        let scene = try Scene(banks: 3)
        var voter = scene.network.voters[0]
        let vote = try voter.vote(on: scene.block, after: scene.state)
        #expect(try voter.vote(on: scene.block, after: scene.state) == vote)
        let error = expectError(.equivocation) {
            try voter.vote(on: try scene.rival(), after: scene.state)
        }
        #expect(error?.message.contains("\(voter.address)") == true)
        var other = scene.network.voters[1]
        let bytes = CanonicalEncoder.bytes(of: scene.block)
        let unsigned: Block = try CanonicalDecoder.decode(
            from: bytes.flipping(bit: 8 * BlockTests.fields[10].range.lowerBound))
        expectError(.badSignature) { try other.vote(on: unsigned, after: scene.state) }
        expectError(.wrongRole) {
            try Voter(scene.network.bureaus[0], registry: scene.state.registry)
        }
    }

    @Test func aRoundWithoutQuorumNamesAReason() throws {
        var scene = try Scene(banks: 4)
        let rival = try scene.rival()
        for bank in 0..<2 {
            _ = try scene.network.voters[bank].vote(on: rival, after: scene.state)
        }
        var round = AgreementRound(scene.block, after: scene.state)
        for bank in 0..<4 { round.ask(&scene.network.voters[bank]) }
        #expect(round.refusals.count == 2)
        let error = expectError(.quorumNotReached) { try round.conclude() }
        #expect(error?.message.contains("2 of 4") == true)
        #expect(error?.message.contains("equivocation") == true)
    }
}
