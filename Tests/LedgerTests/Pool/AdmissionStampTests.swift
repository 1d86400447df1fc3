// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("D6: admission stamps") struct AdmissionStampTests {
    @Test func aUserPaysWithWork() throws {
        var network = try Network(users: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let parameters = try ChainParameters(admissionBits: 6)
        let change = try TransactionExamples.change(.parameters(parameters), 1, network)
        try network.append(
            [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
        var pool = try TransactionPool(
            after: chain.state, batches: BatchLimits(), limits: PoolLimits())
        let grant = try ConsentGrant(
            recipient: network.address(network.banks[0]), purpose: "p", scope: digest(1),
            expiryTime: .max)
        let first = try network.sign(.consentGrant(grant), by: network.users[0])
        let second = try network.sign(.consentGrant(grant), by: network.users[0])
        expectError(.missingStamp) { try pool.submit(first, now: 0) }
        let stamp = AdmissionStamp(for: first.id, after: chain.state, bits: 6)
        // The stamp belongs to one transaction; the chance of a fit is 2^-6, and this is none.
        expectError(.missingStamp) { try pool.submit(second, stamp: stamp, now: 0) }
        try pool.submit(first, stamp: stamp, now: 0)
        // Members with other roles owe nothing.
        try pool.submit(network.proposal(1), now: 0)
        #expect(pool.count == 2)
        // After sixteen blocks the stamp is stale.
        let late = AdmissionStamp(for: second.id, after: chain.state, bits: 6)
        for _ in 0..<16 {
            try network.append([], to: chain)
            pool.follow(chain.state)
        }
        let error = expectError(.missingStamp) { try pool.submit(second, stamp: late, now: 0) }
        #expect(error?.message.contains("block 1") == true)
        let fresh = AdmissionStamp(for: second.id, after: chain.state, bits: 6)
        try pool.submit(second, stamp: fresh, now: 0)
    }

    /// The tries of 64 stamps of 5 bits: 2,048 expected, and the sum of geometric counts has a
    /// standard deviation of about 252.
    @Test func aStampTakesTwoToTheBitsHashes() throws {
        let state = ChainState(genesis: try Network().genesis)
        var tries: UInt64 = 0
        for index in 0..<64 {
            let id = try digest(UInt8(index))
            let stamp = AdmissionStamp(for: id, after: state, bits: 5)
            try stamp.verify(for: id, block: state.headHash, bits: 5, chainID: state.chainID)
            tries += stamp.counter + 1
        }
        #expect((1_000...3_100).contains(tries), "\(tries)")
        expectError(.missingStamp) {
            try AdmissionStamp(height: 0, counter: 0).verify(
                for: digest(0), block: state.headHash, bits: 32, chainID: state.chainID)
        }
    }
}
