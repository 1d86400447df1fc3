// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

@Suite struct ReceiptTests {
    /// A chain in which proposal 1 is accepted by votes in two blocks, and 2 is not.
    struct Scene {
        var network: Network
        let chain: Chain
        let accepted: SignedTransaction
        let open: SignedTransaction

        init() throws {
            network = try Network(banks: 3)
            chain = try Chain.inMemory(genesis: network.genesis)
            let other = try network.proposal(3)
            accepted = try network.proposal(1, score: 712)
            try network.append([other, accepted, network.vote(2, on: accepted)], to: chain)
            open = try network.proposal(2)
            try network.append([open, network.vote(0, on: open)], to: chain)
            try network.append([network.vote(1, on: accepted)], to: chain)
        }
    }

    @Test func aReceiptProvesTheScoreOffline() throws {
        let scene = try Scene()
        let receipt = try scene.chain.receipt(for: scene.accepted.id)
        #expect(receipt.headers.map(\.header.height) == [1, 3])
        #expect(receipt.approvals.count == 2)
        let copy = try ScoreReceipt(canonicalBytes: receipt.canonicalBytes)
        #expect(copy == receipt)
        #expect(try copy.verify(against: scene.network.genesis).score == 712)
        #expect(copy.score?.borrower == .opaque(try digest(1)))
    }

    @Test func onlyAcceptedScoresHaveReceipts() throws {
        var scene = try Scene()
        let error = expectError(.scoreNotAccepted) { try scene.chain.receipt(for: scene.open.id) }
        #expect(error?.message.contains("1 approvals") == true)
        expectError(.unknownProposal) { try scene.chain.receipt(for: digest(7)) }
        try scene.network.append([scene.network.vote(1, on: scene.open)], to: scene.chain)
        let both = try scene.chain.receipts(for: [scene.open.id, scene.accepted.id])
        #expect(both.map(\.proposal.transaction.id) == [scene.open.id, scene.accepted.id])
        for receipt in both { try receipt.verify(against: scene.network.genesis) }
    }

    @Test func aReceiptBelongsToItsChain() throws {
        let scene = try Scene()
        let other = try Genesis(
            chainName: "test", banks: scene.network.banks, bureaus: scene.network.bureaus,
            quorum: .bft, creationTime: Network.start)
        let receipt = try scene.chain.receipt(for: scene.accepted.id)
        let error = expectError(.wrongChain) { try receipt.verify(against: other) }
        #expect(error?.message.contains("\(other.chainID)") == true)
    }

    func expectDetected(_ receipt: ScoreReceipt, _ genesis: Genesis, _ bits: some Sequence<Int>) {
        let bytes = receipt.canonicalBytes
        for bit in bits {
            guard let forged = try? ScoreReceipt(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            if (try? forged.verify(against: genesis)) != nil {
                Issue.record("bit \(bit) of \(bytes.count * 8) is not covered")
            }
        }
    }

    /// Every bit of a receipt with one bank.
    @Test(arguments: 0..<4) func everyFlippedBitIsRefused(part: Int) throws {
        var network = try Network(banks: 1, bureaus: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        try network.append([proposal, network.vote(0, on: proposal)], to: chain)
        let receipt = try chain.receipt(for: proposal.id)
        let count = receipt.canonicalBytes.count
        expectDetected(receipt, network.genesis, stride(from: part, to: count * 8, by: 4))
        expectError(.malformedBytes) {
            try ScoreReceipt(canonicalBytes: receipt.canonicalBytes + [1])
        }
        expectError(.malformedBytes) {
            try ScoreReceipt(canonicalBytes: receipt.canonicalBytes.dropLast())
        }
    }

    /// Every byte of a receipt with three banks and two blocks.
    @Test func everyChangedByteIsRefused() throws {
        let scene = try Scene()
        let receipt = try scene.chain.receipt(for: scene.accepted.id)
        let count = receipt.canonicalBytes.count
        expectDetected(receipt, scene.network.genesis, (0..<count).map { 8 * $0 + $0 % 8 })
    }

    /// A receipt whose parts are all genuine but do not prove the score.
    @Test func genuinePartsMustFitTogether() throws {
        var scene = try Scene()
        try scene.network.append([scene.network.vote(1, on: scene.open)], to: scene.chain)
        let one = try scene.chain.receipt(for: scene.accepted.id)
        let other = try scene.chain.receipt(for: scene.open.id)
        func assembled(
            headers: [CertifiedHeader], proposal: TransactionProof, approvals: [TransactionProof]
        ) throws -> ScoreReceipt {
            var encoder = CanonicalEncoder()
            encoder.encode(UInt16(1))
            encoder.encode(scene.network.chainID)
            encoder.encode(headers)
            proposal.encode(to: &encoder)
            encoder.encode(approvals) { encoder, proof in proof.encode(to: &encoder) }
            encoder.encodeCount(0)
            return try ScoreReceipt(canonicalBytes: encoder.bytes)
        }
        let genesis = scene.network.genesis
        try assembled(
            headers: one.headers, proposal: one.proposal, approvals: one.approvals
        ).verify(against: genesis)
        let headers = Set(one.headers + other.headers).sorted {
            $0.header.height < $1.header.height
        }
        for (code, proposal, approvals, usedHeaders) in [
            (LedgerError.Code.scoreNotAccepted, one.proposal, [one.approvals[0]], [one.headers[0]]),
            (
                .duplicateScoreVote, one.proposal, [one.approvals[0], one.approvals[0]],
                [one.headers[0]]
            ),
            (.malformedBytes, one.proposal, one.approvals.reversed(), one.headers),
            (.malformedBytes, one.proposal, one.approvals, headers),
            (.unknownProposal, one.proposal, other.approvals, headers),
            (.unknownProposal, one.approvals[0], one.approvals, one.headers),
            (.wrongParent, one.proposal, one.approvals, one.headers.reversed()),
            (.malformedBytes, one.proposal, one.approvals, [one.headers[0]]),
        ] {
            let receipt = try assembled(
                headers: usedHeaders, proposal: proposal, approvals: approvals)
            let heights = Set(([proposal] + approvals).map(\.height)).count
            let error = #expect(throws: LedgerError.self, "\(code)") {
                try receipt.verify(against: genesis)
            }
            if heights == usedHeaders.count, code != .duplicateScoreVote {
                #expect(error?.code == code, "\(String(describing: error))")
            }
        }
    }

    /// A block that the banks certified although its transactions break the rules.
    func certifiedWithoutChecks(
        _ transactions: [SignedTransaction], _ network: Network
    ) throws -> (header: CertifiedHeader, proofs: [TransactionProof]) {
        let state = ChainState(genesis: network.genesis)
        let tree = MerkleTree(leaves: transactions.map(\.canonicalBytes))
        let commitment = StateCommitment(
            transactionRoot: tree.root, transactionCount: UInt32(transactions.count),
            stateRoot: network.chainID, evidenceRoot: network.chainID,
            historyRoot: network.chainID)
        var header = CanonicalEncoder()
        header.encode(network.chainID)
        for value: UInt64 in [0, 1, 1, Network.start + 1] { header.encode(value) }
        header.encode(network.chainID)
        header.encode(UInt64(0))
        for digest in [
            state.configuration.digest, state.configuration.digest,
            commitment.digest(chainID: network.chainID), network.chainID,
        ] { header.encode(digest) }
        header.encode(network.bureaus[0].address(chainID: network.chainID))
        header.encode(UInt8(0))
        header.encodeCount(0)
        header.encode(commitment)
        let decoded: BlockHeader = try CanonicalDecoder.decode(from: header.bytes)
        for role in [ConsensusStatement.Role.notarize, .finalize] {
            let statement = ConsensusStatement(role, epoch: 0, view: 1, digest: decoded.hash)
            let votes = network.banks.map { bank in
                ViewVote(
                    statement,
                    voter: state.configuration.voters.index(of: network.address(bank)) ?? -1,
                    signature: RegisteredKeys(bank, registry: state.registry).sign(statement))
            }
            if role == .notarize { header.encodeCount(0) }
            header.encode(ViewCertificate(statement, votes: votes))
        }
        let proofs = try transactions.enumerated().map { index, transaction in
            var encoder = CanonicalEncoder()
            encoder.encode(UInt64(1))
            transaction.encode(to: &encoder)
            encoder.encode(tree.inclusionProof(at: index))
            var decoder = CanonicalDecoder(encoder.bytes)
            return try TransactionProof(from: &decoder, chainID: network.chainID)
        }
        return (try CanonicalDecoder.decode(from: header.bytes), proofs)
    }

    /// Even a block of all banks proves no score by one bank's two votes or a forged vote.
    @Test func aCertifiedBlockCannotStandInForTheVotes() throws {
        var network = try Network(banks: 3)
        let proposal = try network.proposal(1)
        let votes = try [network.vote(0, on: proposal), network.vote(0, on: proposal)]
        let other = try network.vote(1, on: proposal)
        var forged = CanonicalDecoder(other.canonicalBytes.dropLast() + [0x42])
        let unsigned = try SignedTransaction(from: &forged, chainID: network.chainID)
        for (second, code) in [
            (votes[1], LedgerError.Code.duplicateScoreVote), (unsigned, .badSignature),
            (other, nil),
        ] as [(SignedTransaction, LedgerError.Code?)] {
            let (header, proofs) = try certifiedWithoutChecks(
                [proposal, votes[0], second], network)
            var encoder = CanonicalEncoder()
            encoder.encode(UInt16(1))
            encoder.encode(network.chainID)
            encoder.encode([header])
            proofs[0].encode(to: &encoder)
            encoder.encode(Array(proofs.dropFirst())) { $1.encode(to: &$0) }
            encoder.encodeCount(0)
            let receipt = try ScoreReceipt(canonicalBytes: encoder.bytes)
            if let code {
                expectError(code) { try receipt.verify(against: network.genesis) }
            } else {
                try receipt.verify(against: network.genesis)
            }
        }
    }
}
