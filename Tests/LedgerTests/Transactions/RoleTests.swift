// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("D2: every role with every kind of transaction") struct RoleTests {
    /// Who may send what, written down a second time.
    static let allowed: [Transaction.Kind: Set<Role>] = [
        .scoreProposal: [.bureau], .scoreVote: [.bank], .modelRecord: [.bureau, .bank],
        .lendingDecision: [.bank], .loanContract: [.bank], .repayment: [.bank],
        .bureauApplication: [.bureau, .prospectiveBureau], .bureauVote: [.bank],
        .keyRotation: [.bank, .bureau, .prospectiveBureau, .user],
        .keyRevocation: [.bank, .bureau, .prospectiveBureau, .user], .consentGrant: [.user],
        .consentRevocation: [.user], .dataCommitment: [.bank, .bureau, .user],
        .modelUpdate: [.bureau, .bank], .modelApproval: [.bank], .configurationChange: [.bank],
        .entryBatch: [.bureau, .bank], .misconduct: [.bureau, .bank],
        .seedCommitment: [.bank], .seedReveal: [.bank],
    ]

    @Test(arguments: Role.allCases) func onlyTheRolesOfAKindMaySendIt(role: Role) throws {
        var examples = try TransactionExamples()
        for example in examples.all {
            var transaction = example
            if case .keyRotation = example {
                transaction = .keyRotation(try TransactionExamples.rotation(examples.network, role))
            }
            if case .dataCommitment = example, role != .bank {
                // The example's consent is for a bank.
                transaction = .dataCommitment(
                    try DataCommitment(record: digest(5), commitment: digest(6), schema: "s"))
            }
            let signed = try examples.network.sign(
                transaction, by: examples.network.member(role))
            let state = examples.state(for: example.kind)
            var builder = BlockBuilder(after: state)
            if Self.allowed[example.kind]?.contains(role) == true {
                #expect(throws: Never.self, "\(role) sends \(example.kind)") {
                    try builder.add(signed)
                }
                _ = try state.advanced(by: examples.network.certified([signed], after: state))
            } else {
                let error = expectError(.wrongRole, "\(role) sends \(example.kind)") {
                    try builder.add(signed)
                }
                #expect(error?.message.contains("\(role)") == true)
                #expect(builder.transactions.isEmpty)
            }
        }
    }

    /// A refused transaction leaves a state that accepts the same transactions as before.
    @Test(arguments: Transaction.Kind.allCases) func repeatingATransactionIsRefused(
        kind: Transaction.Kind
    ) throws {
        var examples = try TransactionExamples()
        let transaction = try #require(examples.all.first { $0.kind == kind })
        let role = try #require(Role.allCases.first { Self.allowed[kind]?.contains($0) == true })
        let sender = examples.network.member(role)
        let first = try examples.network.sign(transaction, by: sender)
        let again = try examples.network.sign(transaction, by: sender)
        var builder = BlockBuilder(after: examples.state(for: kind))
        try builder.add(first)
        expectError(.replayedTransaction, "\(kind)") { try builder.add(first) }
        // With a new number, acts that count once are refused by their content.
        let code: LedgerError.Code? =
            switch kind {
            case .scoreVote: .duplicateScoreVote
            case .loanContract, .bureauApplication, .bureauVote, .consentRevocation,
                .modelApproval, .misconduct, .seedCommitment, .seedReveal:
                .duplicateAct
            case .keyRotation, .keyRevocation: .unregisteredKey
            case .configurationChange: .replayedTransaction
            default: nil
            }
        if let code {
            expectError(code, "\(kind)") { try builder.add(again) }
        } else {
            try builder.add(again)
        }
        #expect(builder.transactions.count == (code == nil ? 2 : 1))
    }

    @Test func transactionsExpire() throws {
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let batch = Transaction.entryBatch(try EntryBatch(journal: "j", entries: [[1]]))
        let model = Transaction.modelRecord(
            try ModelRecord(modelDigest: digest(1), name: "m", version: "1"))
        let late = try network.sign(model, by: network.bureaus[1], expiryHeight: 2)
        try network.append(
            [network.sign(batch, by: network.bureaus[0], expiryHeight: 1)], to: chain)
        try network.append([], to: chain)
        let error = expectError(.expiredTransaction) { try network.append([late], to: chain) }
        #expect(error?.message.contains("block 2 at the latest") == true)
        #expect(chain.state.journals == ["j": 1])
        // The expiry is signed: another one makes another transaction with a wrong signature.
        var bytes = late.canonicalBytes
        bytes.replaceSubrange(28..<36, with: [UInt8](repeating: 0xFF, count: 8))
        var decoder = CanonicalDecoder(bytes)
        let forged = try SignedTransaction(from: &decoder, chainID: network.chainID)
        #expect(forged.expiryHeight == .max && forged.id != late.id)
        expectError(.badSignature) { try network.append([forged], to: chain) }
    }
}
