// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing
import _CreditTestSupport

@Suite struct TransactionTests {
    static let examples: [Transaction] = {
        do { return try TransactionExamples().all } catch { return [] }
    }()

    @Test func kindsHaveTheirNumbersForEver() {
        #expect(Self.examples.map(\.kind.rawValue) == Array(1...20))
        #expect(Self.examples.count == Transaction.Kind.allCases.count)
    }

    @Test(arguments: examples) func encodingIsABijection(_ transaction: Transaction) throws {
        let bytes = CanonicalEncoder.bytes(of: transaction)
        #expect(try CanonicalDecoder.decode(from: bytes) == transaction)
        for bit in 0..<bytes.count * 8 {
            let flipped = bytes.flipping(bit: bit)
            guard let other = try? CanonicalDecoder.decode(Transaction.self, from: flipped) else {
                continue
            }
            #expect(other != transaction)
            #expect(CanonicalEncoder.bytes(of: other) == flipped)
        }
        for length in 0..<bytes.count {
            #expect(throws: CanonicalDecodingError.self) {
                try CanonicalDecoder.decode(Transaction.self, from: Array(bytes.prefix(length)))
            }
        }
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(Transaction.self, from: bytes + [0])
        }
    }

    @Test func valuesOutOfRangeAreRefused() throws {
        let digest = try digest(1)
        expectError(.invalidValue) {
            try LendingDecisionRecord(proposal: digest, shareInMillionths: 1_000_001, verdict: 0)
        }
        expectError(.invalidValue) { try ModelRecord(modelDigest: digest, name: "", version: "1") }
        expectError(.invalidValue) {
            try ScoreProposal(
                borrower: .opaque(digest), score: 1, scale: String(repeating: "s", count: 65),
                grade: 0, modelDigest: digest, inputCommitment: digest, cycle: 0)
        }
    }

    @Test func strangersAreRefused() throws {
        var network = try Network()
        let state = ChainState(genesis: network.genesis)
        var builder = BlockBuilder(after: state)
        let stranger = try identity(8, 0)
        let foreign = try SignedTransaction(
            .scoreProposal(scoreProposal(1)), nonce: 0, signedBy: stranger,
            chainID: network.chainID)
        let error = expectError(.unregisteredKey) { try builder.add(foreign) }
        #expect(error?.message.contains("\(foreign.sender)") == true)
        // Signed for another chain by a member: the address does not exist here.
        let other = try SignedTransaction(
            .scoreProposal(scoreProposal(1)), nonce: 0, signedBy: network.bureaus[0],
            chainID: digest(5))
        expectError(.unregisteredKey) { try builder.add(other) }
        try builder.add(try network.proposal(1))
    }

    @Test func replaysAreRefused() throws {
        var network = try Network()
        let first = try network.proposal(1)
        let second = try network.proposal(2)
        var builder = BlockBuilder(after: ChainState(genesis: network.genesis))
        try builder.add(second)
        expectError(.replayedTransaction) { try builder.add(second) }
        expectError(.replayedTransaction) { try builder.add(first) }
        let chain = try Chain.inMemory(genesis: network.genesis)
        try network.append([first, second], to: chain)
        #expect(chain.state.nextNonce(of: first.sender) == 2)
        let block = expectError(.replayedTransaction) { try network.append([second], to: chain) }
        #expect(block?.message.contains("nonce 1") == true)
        #expect(chain.height == 1)
    }

    /// Every flipped bit of a signed transaction makes it another one or none, never a valid one.
    @Test func everyFlippedBitIsRefused() throws {
        var network = try Network()
        let proposal = try network.proposal(1)
        let state = ChainState(genesis: network.genesis)
        let builder = BlockBuilder(after: state)
        let bytes = proposal.canonicalBytes
        for bit in 0..<bytes.count * 8 {
            var decoder = CanonicalDecoder(bytes.flipping(bit: bit))
            guard
                let other = try? SignedTransaction(from: &decoder, chainID: network.chainID),
                (try? decoder.finish()) != nil
            else { continue }
            var copy = builder
            #expect(throws: LedgerError.self, "bit \(bit)") { try copy.add(other) }
        }
    }

    @Test func domainsAreDistinct() throws {
        let chainID = try digest(1)
        let domains = [
            LedgerDomain.genesis(), LedgerDomain.chainFile(),
            LedgerDomain.possession(chainName: "c"), LedgerDomain.address(chainID),
            LedgerDomain.transactionID(chainID), LedgerDomain.transaction(chainID),
            LedgerDomain.stateCommitment(chainID), LedgerDomain.electionSeed(chainID),
            LedgerDomain.consensusStatement(chainID), LedgerDomain.consensusHeader(chainID),
            LedgerDomain.consensusPayload(chainID), LedgerDomain.epochConfiguration(chainID),
            LedgerDomain.certificate(chainID),
            LedgerDomain.loan(chainID), LedgerDomain.loanParty(chainID),
            LedgerDomain.configuration(chainID), LedgerDomain.admission(chainID),
        ]
        #expect(Set(domains).count == domains.count)
        for one in domains {
            for other in domains where one != other {
                #expect(!other.prefix.starts(with: one.prefix))
            }
        }
        #expect(LedgerDomain.transaction(try digest(2)) != LedgerDomain.transaction(chainID))
    }
}
