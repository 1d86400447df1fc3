// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Crypto
import Foundation
import Ledger
import Testing

/// The bytes on which members must agree, against an independent construction in Python.
@Suite struct CanonicalFormatTests {
    struct Golden: Decodable {
        var genesis: String
        var chainID: String
        var bankAddresses: [String]
        var proposalID: String
        var proposal: String
        var vote: String
        var header: String
        var blockHash: String
        var certificate: String
        var exportSHA256: String
        var exportSize: Int
    }

    @Test func everythingHashedAndSignedAgrees() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "canonical", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        var network = try Network()
        #expect(Hexadecimal.string(network.genesis.canonicalBytes) == golden.genesis)
        #expect(network.chainID.description == golden.chainID)
        #expect(
            network.banks.map { $0.address(chainID: network.chainID).description }
                == golden.bankAddresses)
        let proposal = try network.proposal(1)
        let vote = try network.vote(0, on: proposal)
        #expect(proposal.id.description == golden.proposalID)
        #expect(Hexadecimal.string(proposal.canonicalBytes) == golden.proposal)
        #expect(Hexadecimal.string(vote.canonicalBytes) == golden.vote)
        let chain = try Chain.inMemory(genesis: network.genesis)
        try network.append([proposal, vote], to: chain)
        let header = try #require(try chain.block(at: 1)).block.header
        #expect(Hexadecimal.string(CanonicalEncoder.bytes(of: header)) == golden.header)
        #expect(chain.state.headHash.description == golden.blockHash)
        let certificate = try #require(try chain.block(at: 1)).certificate
        #expect(certificate.digest(chainID: network.chainID).description == golden.certificate)
        try withTemporaryFolder { folder in
            try chain.export(to: folder.appending(path: "export"))
            let bytes = try Data(contentsOf: folder.appending(path: "export"))
            #expect(bytes.count == golden.exportSize)
            #expect(Hexadecimal.string(SHA256.hash(data: bytes)) == golden.exportSHA256)
        }
    }
}
