// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

/// A chain's parties with keys from fixed seeds, and the way from transactions to a block.
struct Network {
    let banks: [SigningIdentity]
    let bureaus: [SigningIdentity]
    let users: [SigningIdentity]
    let prospects: [SigningIdentity]
    let genesis: Genesis
    /// Keys that were registered later.
    var others: [SigningIdentity] = []
    private var nonces: [Address: UInt64] = [:]

    static let start: UInt64 = 1_700_000_000_000

    init(
        banks bankCount: Int = 3, bureaus bureauCount: Int = 2, users userCount: Int = 0,
        prospects prospectCount: Int = 0, quorum: QuorumRule = .majority,
        cycleLength: UInt64 = 40
    ) throws {
        banks = try (0..<bankCount).map { try identity(1, $0) }
        bureaus = try (0..<bureauCount).map { try identity(2, $0) }
        users = try (0..<userCount).map { try identity(3, $0) }
        prospects = try (0..<prospectCount).map { try identity(4, $0) }
        var members: [Member] = []
        for (role, title, identities) in [
            (Role.bank, "bank", banks), (.bureau, "bureau", bureaus), (.user, "user", users),
            (.prospectiveBureau, "prospect", prospects),
        ] {
            for (index, identity) in identities.enumerated() {
                members.append(
                    try Member(
                        name: "\(title) \(index + 1)", role: role, identity: identity,
                        chainName: "test"))
            }
        }
        genesis = try Genesis(
            chainName: "test", members: members, quorum: quorum, cycleLength: cycleLength,
            creationTime: Self.start)
    }

    var chainID: LedgerDigest { genesis.chainID }

    mutating func sign(
        _ transaction: Transaction, by signer: SigningIdentity, expiryHeight: UInt64 = .max
    ) throws -> SignedTransaction {
        let address = signer.address(chainID: chainID)
        let nonce = nonces[address, default: 0]
        nonces[address] = nonce + 1
        return try SignedTransaction(
            transaction, nonce: nonce, expiryHeight: expiryHeight, signedBy: signer,
            chainID: chainID)
    }

    func address(_ identity: SigningIdentity) -> Address { identity.address(chainID: chainID) }

    mutating func proposal(
        _ borrower: Int, score: Int32 = 640, cycle: UInt64 = 0, bureau: Int = 0
    ) throws -> SignedTransaction {
        try sign(
            .scoreProposal(scoreProposal(borrower, score: score, cycle: cycle)),
            by: bureaus[bureau])
    }

    mutating func vote(
        _ bank: Int, on proposal: SignedTransaction, approves: Bool = true, cycle: UInt64 = 0
    ) throws -> SignedTransaction {
        try sign(
            .scoreVote(ScoreVote(proposal: proposal.id, approves: approves, cycle: cycle)),
            by: banks[bank])
    }

    /// All whose keys are here.
    var members: LocalMembers { LocalMembers(banks + bureaus + prospects + others) }

    /// A block with the votes of all banks, one second after the head.
    func certified(
        _ transactions: [SignedTransaction], after state: ChainState, absent: Set<Address> = []
    ) throws -> CertifiedBlock {
        var builder = BlockBuilder(after: state)
        for transaction in transactions { try builder.add(transaction) }
        return try members.certify(builder, now: state.timestamp + 1000, absent: absent)
    }

    /// Agrees on a block and appends it, in a later cycle behind the blocks that end this one.
    func append(
        _ transactions: [SignedTransaction], to chain: Chain, cycle: UInt64? = nil
    ) throws {
        while let cycle, chain.state.cycle < cycle { try append([], to: chain) }
        try chain.append(
            transactions, agreedBy: members, now: chain.state.timestamp + 1000)
    }
}

func identity(_ kind: UInt8, _ index: Int) throws -> SigningIdentity {
    try SigningIdentity(seed: [kind, UInt8(index)] + [UInt8](repeating: 7, count: 30))
}

func digest(_ byte: UInt8) throws -> LedgerDigest {
    try LedgerDigest([UInt8](repeating: byte, count: 32))
}

func scoreProposal(_ borrower: Int, score: Int32 = 640, cycle: UInt64 = 0) throws -> ScoreProposal {
    try ScoreProposal(
        borrower: .opaque(digest(UInt8(borrower))), score: score, scale: "pdo-300-850", grade: 3,
        modelDigest: digest(0xAA), inputCommitment: digest(0xBB), cycle: cycle)
}

/// The error that `body` throws; records an issue where it throws none or another kind.
@discardableResult
func expectError<Value>(
    _ code: LedgerError.Code, _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Value
) -> LedgerError? {
    do {
        _ = try body()
        Issue.record("\(comment) no error, \(code) expected", sourceLocation: sourceLocation)
        return nil
    } catch let error as LedgerError {
        #expect(error.code == code, "\(comment) \(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(comment) \(error), \(code) expected", sourceLocation: sourceLocation)
        return nil
    }
}

/// Runs `body` with a folder that is removed afterwards.
func withTemporaryFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "swift-credit-ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}

extension Array where Element == UInt8 {
    func flipping(bit: Int) -> [UInt8] {
        var copy = self
        copy[bit / 8] ^= 1 << (bit % 8)
        return copy
    }
}
