// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("F1, F3: score history with proofs") struct ScoreHistoryTests {
    @Test func theHistoryHoldsTheAcceptedScores() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let borrower = Borrower.opaque(try digest(1))
        let first = try network.proposal(1, score: 600)
        let open = try network.proposal(1, score: 610)
        let other = try network.proposal(2, score: 700)
        try network.append([first, open, other], to: chain)
        try network.append(
            [
                network.vote(0, on: first), network.vote(1, on: first), network.vote(0, on: open),
                network.vote(0, on: other), network.vote(1, on: other),
            ], to: chain)
        // The open score expires with its cycle and cannot be voted on any more.
        let second = try network.proposal(1, score: 640, cycle: 1)
        try network.append([second], to: chain, cycle: 1)
        #expect(chain.state.status(of: open.id) == .expired)
        expectError(.wrongCycle) { try network.append([network.vote(1, on: open)], to: chain) }
        try network.append(
            [network.vote(1, on: second, cycle: 1), network.vote(2, on: second, cycle: 1)],
            to: chain)
        let history = try ScoreHistory(
            canonicalBytes: try chain.scoreHistory(of: borrower).canonicalBytes)
        #expect(try history.verify(against: network.genesis).map(\.score) == [600, 640])
        #expect(chain.state.acceptedScore(for: borrower)?.id == second.id)
        // Receipts out of order, twice, or of another borrower.
        let foreign = try chain.scoreHistory(of: .opaque(digest(2)))
        let receipts = history.receipts
        for forged in [
            [receipts[1], receipts[0]], [receipts[0], receipts[0]], foreign.receipts,
        ] {
            var encoder = CanonicalEncoder()
            encoder.encode(UInt16(1))
            encoder.encode(borrower)
            encoder.encode(forged)
            let other = try ScoreHistory(canonicalBytes: encoder.bytes)
            expectError(.malformedBytes) { try other.verify(against: network.genesis) }
        }
        #expect(try chain.scoreHistory(of: .opaque(digest(7))).receipts.isEmpty)
    }
}
