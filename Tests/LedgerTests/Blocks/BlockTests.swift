// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("D1: blocks and their headers") struct BlockTests {
    typealias Change = (inout ConsensusHeader.Fields) -> Void

    /// A chain of one block and an honest second one.
    struct Scene {
        var network: Network
        let state: ChainState
        let next: CertifiedBlock

        init() throws {
            network = try Network()
            let start = ChainState(genesis: network.genesis)
            state = try start.advanced(by: network.certified([network.proposal(1)], after: start))
            next = try network.certified([network.proposal(2)], after: state)
        }

        /// The second block with other fields, signed by its bureau and final by all banks' votes.
        func forged(
            _ change: Change, parentCertificate: ViewCertificate?? = nil,
            commitment: StateCommitment? = nil, signer: SigningIdentity? = nil
        ) throws -> CertifiedBlock {
            let header = next.block.header
            var fields = header.consensus.fields
            change(&fields)
            let commitment = commitment ?? header.commitment
            if fields.state == header.consensus.state {
                fields.state = commitment.digest(chainID: fields.chainID)
            }
            let proposer = network.bureaus.first { network.address($0) == fields.proposer }
            let block = ConsensusBlock(
                fields,
                parentCertificate: parentCertificate ?? header.consensus.parentCertificate,
                nullifications: header.consensus.nullifications,
                payload: try next.block.consensusBlock().payload,
                keys: RegisteredKeys(
                    signer ?? proposer ?? network.bureaus[0], registry: state.registry))
            return CertifiedBlock(
                block: Block(
                    header: try BlockHeader(block.header, commitment),
                    transactions: next.block.transactions, signature: block.signature),
                certificate: try certificate(block.header))
        }

        func certificate(_ header: ConsensusHeader, by banks: [Int] = [0, 1, 2]) throws
            -> Certificate
        {
            func votes(_ role: ConsensusStatement.Role) throws -> ViewCertificate {
                let statement = ConsensusStatement(
                    role, epoch: header.epoch, view: header.view, digest: header.hash)
                return ViewCertificate(
                    statement,
                    votes: try banks.map { bank in
                        ViewVote(
                            statement,
                            voter: try #require(
                                state.configuration.voters.index(
                                    of: network.address(network.banks[bank]))),
                            signature: RegisteredKeys(
                                network.banks[bank], registry: state.registry
                            ).sign(statement))
                    })
            }
            return Certificate(
                descendants: [], notarization: try votes(.notarize),
                finalization: try votes(.finalize))
        }
    }

    struct Mutation: Sendable, CustomTestStringConvertible {
        var name: String
        var code: LedgerError.Code
        var change: @Sendable (inout ConsensusHeader.Fields) -> Void
        var testDescription: String { name }
    }

    /// Even a quorum cannot make a block part of the chain whose header says something wrong.
    @Test(arguments: [
        Mutation(name: "epoch", code: .wrongCycle) { $0.epoch += 1 },
        Mutation(name: "height", code: .wrongParent) { $0.height += 1 },
        Mutation(name: "view", code: .wrongParent) { $0.view = 1 },
        Mutation(name: "turn", code: .wrongRole) { $0.view += 1 },
        Mutation(name: "time", code: .wrongTime) { $0.time = Network.start + 1000 },
        Mutation(name: "parent", code: .wrongParent) { $0.parent = $0.chainID },
        Mutation(name: "parent view", code: .wrongParent) { $0.parentView = 0 },
        Mutation(name: "voter set", code: .wrongBlock) { $0.configuration = $0.parent },
        Mutation(name: "next voter set", code: .wrongBlock) { $0.nextConfiguration = $0.parent },
        Mutation(name: "payload", code: .wrongRoot) { $0.payload = $0.parent },
        Mutation(name: "chain", code: .wrongChain) { $0.chainID = $0.parent },
    ])
    func everyFieldIsChecked(mutation: Mutation) throws {
        let scene = try Scene()
        _ = try scene.state.advanced(by: scene.next)
        _ = try scene.state.advanced(by: scene.forged { _ in })
        let error = expectError(mutation.code) {
            var commitment: StateCommitment?
            if mutation.name == "chain" { commitment = scene.next.block.header.commitment }
            let forged = try scene.forged(mutation.change, commitment: commitment)
            return try scene.state.advanced(by: forged)
        }
        if mutation.name != "chain" { #expect(error?.height != nil) }
    }

    /// Each part of what a header commits to is computed again by whoever takes the block.
    @Test(arguments: 0..<5) func everyPartOfTheCommitmentIsChecked(part: Int) throws {
        let scene = try Scene()
        let right = scene.next.block.header.commitment
        let other = try digest(9)
        let wrong = StateCommitment(
            transactionRoot: part == 0 ? other : right.transactionRoot,
            transactionCount: part == 1 ? right.transactionCount + 1 : right.transactionCount,
            stateRoot: part == 2 ? other : right.stateRoot,
            evidenceRoot: part == 3 ? other : right.evidenceRoot,
            historyRoot: part == 4 ? other : right.historyRoot)
        expectError(.wrongRoot) {
            try scene.state.advanced(by: scene.forged({ _ in }, commitment: wrong))
        }
    }

    @Test func proposersAndVotersMustBeThoseOfTheCycle() throws {
        let scene = try Scene()
        let state = scene.state
        expectError(.badSignature) {
            try state.advanced(by: scene.forged({ _ in }, signer: scene.network.banks[0]))
        }
        let block = scene.next.block
        for (banks, code) in [
            ([0], LedgerError.Code.quorumNotReached), ([], .quorumNotReached), ([0, 1], nil),
        ] {
            let certified = CertifiedBlock(
                block: block,
                certificate: try scene.certificate(block.header.consensus, by: banks))
            if let code {
                let error = expectError(code) { try state.advanced(by: certified) }
                #expect(error?.message.contains("weight \(banks.count) of 3") == true)
            } else {
                _ = try state.advanced(by: certified)
            }
        }
        // A strict majority of the registered banks: half of two is not enough.
        let two = try Network(banks: 2)
        let start = ChainState(genesis: two.genesis)
        let absent = Set([two.address(two.banks[0])])
        let error = expectError(.quorumNotReached) {
            try two.certified([], after: start, absent: absent)
        }
        #expect(error?.message.contains("1 of 2") == true && error?.height == 1)
    }

    /// The view of an absent bureau passes, and the header proves it.
    @Test func anAbsentBureauIsPassedOver() throws {
        let network = try Network(banks: 4, bureaus: 3, quorum: .bft)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let absent: Set<Address> = [chain.state.nextProposer]
        let header = try chain.append(
            [], agreedBy: network.members, now: Network.start + 7, absent: absent)
        #expect(header.view == 2 && !absent.contains(header.proposer))
        #expect(header.consensus.nullifications.map(\.statement.view) == [1])
        try chain.append([], agreedBy: network.members, now: Network.start + 9)
        #expect(try chain.block(at: 2)?.block.header.consensus.parentCertificate != nil)
        let bureaus = Set(network.bureaus.map { network.address($0) })
        expectError(.unregisteredKey) {
            try chain.append([], agreedBy: network.members, now: 0, absent: bureaus)
        }
        #expect(chain.height == 2)
    }

    @Test func transactionsMustBeThoseOfTheRoot() throws {
        var network = try Network()
        let state = ChainState(genesis: network.genesis)
        let transactions = try (0..<4).map { try network.proposal($0) }
        let block = try network.certified(transactions, after: state).block
        func forged(_ transactions: [SignedTransaction]) -> Block {
            Block(
                header: block.header, transactions: transactions, signature: block.signature)
        }
        try state.validate(forged(transactions))
        #expect(
            try CanonicalDecoder.decode(Block.self, from: CanonicalEncoder.bytes(of: block))
                == block)
        expectError(.wrongRoot) { try state.validate(forged(Array(transactions.dropLast()))) }
        expectError(.wrongRoot) { try state.validate(forged(transactions + [transactions[3]])) }
        expectError(.wrongRoot) { try state.validate(forged(transactions.reversed())) }
        expectError(.wrongRoot) { try state.validate(forged([])) }
    }

    @Test func flippedBitsOfACertifiedBlockAreRefused() throws {
        let network = try Network(banks: 1, bureaus: 1)
        let state = ChainState(genesis: network.genesis)
        let bytes = CanonicalEncoder.bytes(of: try network.certified([], after: state))
        for bit in stride(from: 0, to: bytes.count * 8, by: 3) {
            guard
                let forged = try? CanonicalDecoder.decode(
                    CertifiedBlock.self, from: bytes.flipping(bit: bit))
            else { continue }
            #expect(throws: LedgerError.self, "bit \(bit)") { try state.advanced(by: forged) }
        }
    }

    @Test func anEmptyBlockIsABlock() throws {
        let network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        try network.append([], to: chain)
        #expect(chain.height == 1 && chain.report.transactionCount == 0)
    }
}
