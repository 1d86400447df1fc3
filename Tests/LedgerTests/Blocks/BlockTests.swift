// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite struct BlockTests {
    /// Bytes of the header's fields, in order, each as a name with its place.
    static let fields: [(name: String, range: Range<Int>)] = {
        let widths = [
            ("chain id", 32), ("height", 8), ("view", 8), ("cycle", 8), ("timestamp", 8),
            ("previous hash", 32), ("parent certificate", 32), ("Merkle root", 32),
            ("transaction count", 4), ("proposer", 20), ("signature", 64),
        ]
        var start = 0
        return widths.map { name, width in
            if name == "signature" { start += 1 }  // its length
            defer { start += width }
            return (name, start..<start + width)
        }
    }()

    @Test func everyBitOfTheHeaderCounts() throws {
        var network = try Network()
        let state = try ChainState(genesis: network.genesis).advanced(
            by: network.certified(
                [network.proposal(1)], after: ChainState(genesis: network.genesis))
        )
        let block = try network.block([network.proposal(2)], after: state)
        _ = try state.validate(block)
        let bytes = CanonicalEncoder.bytes(of: block)
        #expect(try CanonicalDecoder.decode(Block.self, from: bytes) == block)
        for (name, range) in Self.fields {
            for bit in range.lowerBound * 8..<range.upperBound * 8 {
                let forged: Block = try CanonicalDecoder.decode(from: bytes.flipping(bit: bit))
                #expect(forged.hash != block.hash, "\(name)")
                #expect(throws: LedgerError.self, "\(name) bit \(bit)") {
                    try state.validate(forged)
                }
            }
        }
    }

    /// Even the proposer's own key does not help against these rules.
    @Test func blocksMustContinueTheChain() throws {
        var network = try Network()
        let start = ChainState(genesis: network.genesis)
        let first = try network.certified([network.proposal(1, cycle: 2)], after: start, cycle: 2)
        let state = try start.advanced(by: first)
        expectError(.wrongParent) { try state.validate(first.block) }
        expectError(.wrongParent) { try start.validate(network.block([], after: state)) }
        let builder = try BlockBuilder(after: state, proposer: network.bureaus[1])
        for time in [0, state.timestamp - 1, state.timestamp] {
            let error = expectError(.wrongTime) { try builder.build(timestamp: time) }
            #expect(error?.message.contains("\(time) ms") == true)
        }
        expectError(.wrongParent) {
            try builder.build(timestamp: state.timestamp + 1, view: state.view)
        }
        _ = try builder.build(timestamp: state.timestamp + 1, view: state.view + 5)
        expectError(.wrongCycle) {
            try BlockBuilder(after: state, proposer: network.bureaus[1], cycle: 1)
        }
        expectError(.wrongRole) { try BlockBuilder(after: state, proposer: network.banks[0]) }
        expectError(.unregisteredKey) { try BlockBuilder(after: state, proposer: identity(8, 8)) }
    }

    @Test func aBlockOfAnotherChainIsRefused() throws {
        var network = try Network()
        let other = try Genesis(
            chainName: "test", banks: network.banks, bureaus: network.bureaus,
            creationTime: Network.start + 1)
        let block = try network.block(
            [network.proposal(1)], after: ChainState(genesis: network.genesis))
        expectError(.wrongChain) { try ChainState(genesis: other).validate(block) }
    }

    @Test func transactionsMustBeThoseOfTheRoot() throws {
        var network = try Network()
        let state = ChainState(genesis: network.genesis)
        let transactions = try (0..<4).map { try network.proposal($0) }
        let block = try network.block(transactions, after: state)
        var encoder = CanonicalEncoder()
        func forged(_ transactions: [SignedTransaction]) throws -> Block {
            encoder = CanonicalEncoder()
            encoder.encode(block.header)
            encoder.encode(transactions) { encoder, transaction in
                transaction.encode(to: &encoder)
            }
            return try CanonicalDecoder.decode(from: encoder.bytes)
        }
        #expect(try forged(transactions) == block)
        expectError(.wrongRoot) { try state.validate(forged(Array(transactions.dropLast()))) }
        expectError(.wrongRoot) { try state.validate(forged(transactions + [transactions[3]])) }
        expectError(.wrongRoot) { try state.validate(forged(transactions.reversed())) }
        expectError(.wrongRoot) { try state.validate(forged([])) }
    }

    @Test func anEmptyBlockIsABlock() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        try network.append([], to: chain)
        #expect(chain.height == 1 && chain.report.transactionCount == 0)
    }
}
