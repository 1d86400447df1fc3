// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Crypto
import Foundation
import Ledger
import Testing

/// The bytes of every kind of transaction, against an independent construction in Python.
@Suite("D2, D3, D6: transactions as Python makes them") struct TransactionFormatTests {
    struct Golden: Decodable {
        var loan: String
        var payloads: [String: String]
        var identifiers: [String: String]
        var leaves: [String: String]
        var stampCounter: UInt64
    }

    static func transactions(_ chainID: LedgerDigest) throws -> [Transaction] {
        let bank = try identity(1, 0)
        let bureau = try identity(2, 0)
        let users = try [identity(3, 0), identity(3, 1)]
        let terms = try LoanContractTerms(
            lender: bank.address(chainID: chainID), borrower: users[0].address(chainID: chainID),
            guarantors: [users[1].address(chainID: chainID)], number: 9, score: digest(1),
            currency: "EUR", quantity: 3, unitPrice: 100_000, discount: 5_000,
            initialPayment: 45_000, charge: 10_001, dispatchTime: 1_700_000_000_000,
            arrivalPeriod: 14, transport: "rail", repaymentPeriod: 90, instalmentCount: 3)
        let parameters = try ChainParameters(
            maximumTransactionCount: 100, maximumBlockBytes: 1 << 20, maximumDrift: 2_000,
            admissionBits: 7, proposerReward: 25, rewardCurrency: "USD")
        let action = ConfigurationChange.Action.parameters(parameters)
        return [
            .loanContract(
                try LoanContract(
                    terms: terms,
                    signatures: users.map { try terms.signed(by: $0, chainID: chainID) })),
            .repayment(try Repayment(loan: terms.id(chainID: chainID), amount: 12_345)),
            .bureauApplication(BureauApplication(cycle: 1)),
            .bureauVote(
                BureauVote(candidate: bureau.address(chainID: chainID), cycle: 1)),
            .keyRevocation(try KeyRevocation(reason: "lost")),
            .consentGrant(
                try ConsentGrant(
                    recipient: bank.address(chainID: chainID), purpose: "scoring",
                    scope: digest(8), expiryTime: 77)),
            .consentRevocation(ConsentRevocation(grant: try digest(9))),
            .dataCommitment(
                try DataCommitment(
                    record: digest(5), commitment: digest(6), schema: "income-1")),
            .modelUpdate(
                ModelUpdate(
                    model: try ModelRecord(
                        modelDigest: digest(3), name: "logit", version: "1.2"),
                    replaces: try digest(2), activationHeight: 12,
                    contributions: [try digest(7)])),
            .modelApproval(ModelApproval(update: try digest(4), approves: true)),
            .configurationChange(
                try ConfigurationChange(
                    number: 4, action: action,
                    approvals: [bank, identity(1, 1)].map {
                        try ConfigurationChange.approval(
                            of: action, number: 4, by: $0, chainID: chainID)
                    })),
            .entryBatch(
                try EntryBatch(
                    journal: "events",
                    entries: [Array("one".utf8), [], (0..<200).map { UInt8($0) }])),
            .misconduct(try misconduct(chainID)),
            .seedCommitment(
                SeedReveal(secret: try digest(12)).commitment(chainID: chainID, cycle: 3)),
            .seedReveal(SeedReveal(secret: try digest(12))),
        ]
    }

    /// Two votes of bank 2 in view 7 of cycle 3.
    static func misconduct(_ chainID: LedgerDigest) throws -> Misconduct {
        let banks = try [identity(1, 0), identity(1, 1)]
        let configuration = try EpochConfiguration(
            epoch: 3,
            voters: VoterSet(
                banks.map { VoterSet.Voter($0.address(chainID: chainID)) }, rule: .majority),
            bureaus: [identity(2, 0).address(chainID: chainID)], lastHeight: 9, chainID: chainID)
        let voter = try #require(
            configuration.voters.index(of: banks[1].address(chainID: chainID)))
        let votes = try [UInt8(1), 2].map { byte in
            let statement = ConsensusStatement(
                .notarize, epoch: 3, view: 7, digest: try digest(byte))
            return ViewVote(
                statement, voter: voter,
                signature: try banks[1].sign(
                    statement.bytes, in: LedgerDomain.consensusStatement(chainID)
                ).bytes)
        }
        return try Misconduct(.votes(ViewEquivocation(votes[0], votes[1])), in: configuration)
    }

    @Test func everyKindAgrees() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "transactions", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let chainID = try digest(5)
        let transactions = try Self.transactions(chainID)
        #expect(transactions.count == golden.payloads.count)
        let bank = try identity(1, 0)
        for (number, transaction) in transactions.enumerated() {
            let name = "\(transaction.kind)"
            #expect(
                Hexadecimal.string(CanonicalEncoder.bytes(of: transaction))
                    == golden.payloads[name], "\(name)")
            let signed = try SignedTransaction(
                transaction, nonce: UInt64(number), expiryHeight: 1_000 + UInt64(number),
                signedBy: bank, chainID: chainID)
            #expect(signed.id.description == golden.identifiers[name], "\(name)")
            #expect(
                Hexadecimal.string(SHA256.hash(data: signed.canonicalBytes))
                    == golden.leaves[name], "\(name)")
        }
        guard case .repayment(let repayment) = transactions[1] else { return }
        #expect(repayment.loan.description == golden.loan)
    }

    @Test func theFirstStampOfTenBitsAgrees() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "transactions", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let id = try LedgerDigest(hexadecimal: golden.identifiers["loanContract"] ?? "")
        let chainID = try digest(5)
        for counter in 0...golden.stampCounter {
            let stamp = AdmissionStamp(height: 1, counter: counter)
            let isGood =
                (try? stamp.verify(for: id, block: digest(6), bits: 10, chainID: chainID)) != nil
            #expect(isGood == (counter == golden.stampCounter), "\(counter)")
        }
    }
}
