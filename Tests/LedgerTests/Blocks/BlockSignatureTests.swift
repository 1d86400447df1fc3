// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

/// The signatures of a block are checked on several threads.
@Suite struct BlockSignatureTests {
    /// Forty transactions of which some are signed wrongly.
    func transactions(
        forging forged: Set<Int>, _ network: inout Network
    ) throws -> [SignedTransaction] {
        try (0..<40).map { index in
            let good = try network.proposal(index)
            guard forged.contains(index) else { return good }
            // The signature ends the transaction.
            let bytes = good.canonicalBytes
            var decoder = CanonicalDecoder(bytes.flipping(bit: bytes.count * 8 - 1))
            return try SignedTransaction(from: &decoder, chainID: network.chainID)
        }
    }

    @Test(
        "A1: a wrong signature in a block is found on any number of threads", arguments: [1, 2, 7])
    func wrongSignaturesAreNamed(threads: Int) throws {
        let before = SignatureThreads.limit
        SignatureThreads.limit = threads
        defer { SignatureThreads.limit = before }
        for forged in [[], [0], [39], [5, 17, 30], [38, 7]] as [Set<Int>] {
            var network = try Network()
            let state = ChainState(genesis: network.genesis)
            let transactions = try transactions(forging: forged, &network)
            let faults = transactions.faults(state.registry)
            #expect(Set(faults.indices.filter { faults[$0] != nil }) == forged)
            #expect(faults.compactMap { $0?.code }.allSatisfy { $0 == .badSignature })
            var payload = CanonicalEncoder()
            payload.encode(transactions) { encoder, transaction in
                transaction.encode(to: &encoder)
            }
            let context = BlockContext(
                epoch: 0, height: 1, time: state.timestamp + 1, parent: state.headHash,
                proposer: state.nextProposer)
            guard let first = forged.min() else {
                _ = try state.applying(payload.bytes, in: context)
                continue
            }
            let error = expectError(.badSignature) {
                try state.applying(payload.bytes, in: context)
            }
            #expect(error?.message.contains("transaction \(first):") == true)
            #expect(error?.height == 1)
        }
    }
}
