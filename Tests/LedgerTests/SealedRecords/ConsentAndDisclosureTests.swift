// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

/// Consents from a chain on which `grantor` granted them.
struct ConsentScene {
    private let office: Office
    private let grantor: Int

    init(_ office: Office, grantor: Int) throws {
        self.office = office
        self.grantor = grantor
    }

    func consent(
        _ index: Int, for recipient: Int, until expiry: UInt64, revoked: Bool
    ) throws -> Consent {
        // The chain of the office with one transaction after the other.
        let roles: [Role] = [.user, .bank, .bank, .bureau]
        let members = try office.members.enumerated().map {
            try Member(
                name: "member \($0)", role: roles[$0], identity: $1, chainName: "office")
        }
        let genesis = try Genesis(chainName: "office", members: members, creationTime: 1)
        let chain = try Chain.inMemory(genesis: genesis)
        let sender = office.members[grantor]
        let grant = try SignedTransaction(
            .consentGrant(
                ConsentGrant(
                    recipient: office.keys[recipient].owner, purpose: "scoring \(index)",
                    scope: digest(1), expiryTime: expiry)), nonce: 0, signedBy: sender,
            chainID: genesis.chainID)
        var transactions = [grant]
        if revoked {
            transactions.append(
                try SignedTransaction(
                    .consentRevocation(ConsentRevocation(grant: grant.id)), nonce: 1,
                    signedBy: sender, chainID: genesis.chainID))
        }
        for transaction in transactions {
            try chain.append(
                [transaction], agreedBy: LocalMembers(Array(office.members[1...3])),
                now: chain.state.timestamp + 1)
        }
        return try #require(chain.state.consents.consent(grant.id))
    }
}

/// G2 and G3: consents decide who gets a key, and single fields can be shown.
@Suite struct ConsentAndDisclosureTests {
    @Test func aRecordIsSealedOnlyUnderAConsentInForce() throws {
        let office = try Office()
        func sealed(_ recipient: Int, _ consent: Consent, at time: UInt64 = Office.now) throws {
            _ = try SealedRecord(
                office.record(), owner: office.keys[0],
                recipients: [(office.keys[recipient], consent)], time: time,
                chainID: office.chainID)
        }
        let consent = try office.consent(0, for: 1)
        try sealed(1, consent)
        try sealed(1, consent, at: Office.now + 999)
        expectError(.consentNotInForce) { try sealed(1, consent, at: Office.now + 1000) }
        expectError(.wrongRole) { try sealed(2, consent) }
        expectError(.consentNotInForce) {
            try sealed(1, try office.consent(0, for: 1, revoked: true))
        }
    }

    /// What is sealed after the revocation is closed; what was opened before cannot be recalled.
    @Test func afterARevocationNewRecordsAreClosed() throws {
        let office = try Office()
        let before = try office.sealed(for: [1])
        let revoked = try office.consent(1, for: 1, revoked: true)
        expectError(.consentNotInForce) {
            try before.adding(
                office.keys[1], consent: revoked, openedBy: office.openers[0], time: Office.now)
        }
        let after = try office.sealed()
        expectError(.notARecipient) { try after.open(with: office.openers[1]) }
        _ = try before.open(with: office.openers[1])
    }

    @Test func aRecipientCanBeAddedLater() throws {
        let office = try Office()
        let sealed = try office.sealed()
        let consent = try office.consent(2, for: 2)
        let shared = try sealed.adding(
            office.keys[2], consent: consent, openedBy: office.openers[0], time: Office.now)
        #expect(try shared.open(with: office.openers[2]).record == office.record())
        #expect(shared.commitment == sealed.commitment && shared.keys.count == 2)
        #expect(shared.keys[1].consent == consent.id)
        expectError(.notARecipient) {
            try sealed.adding(
                office.keys[2], consent: consent, openedBy: office.openers[3], time: Office.now)
        }
    }

    @Test func shownFieldsAreThoseOfTheCommitment() throws {
        let office = try Office()
        let sealed = try office.sealed(for: [1])
        let opened = try sealed.open(with: office.openers[1])
        let commitment = try sealed.dataCommitment()
        let names = try office.record().fields.map(\.name)
        for subset in 1..<1 << names.count {
            let shown = names.indices.filter { subset >> $0 & 1 == 1 }.map { names[$0] }
            let disclosure = try opened.disclose(shown.reversed())
            let read = try Disclosure(canonicalBytes: disclosure.canonicalBytes)
            let fields = try read.verify(commitment, chainID: office.chainID)
            #expect(fields.map(\.name) == shown)
            for field in fields { #expect(opened.record[field.name] == field.value) }
        }
        expectError(.invalidValue) { try opened.disclose(["salary"]) }
        let disclosure = try opened.disclose(["income"])
        expectError(.wrongChain) { try disclosure.verify(commitment, chainID: digest(1)) }
        expectError(.wrongCommitment) {
            try disclosure.verify(
                try office.sealed().dataCommitment(), chainID: office.chainID)
        }
        expectError(.wrongCommitment) {
            try opened.disclose([]).verify(commitment, chainID: office.chainID)
        }
        let bytes = disclosure.canonicalBytes
        // The hidden fields are not in it, and no bit of it can change.
        #expect(bytes.firstRange(of: Array("Ada".utf8)) == nil)
        for bit in 0..<bytes.count * 8 {
            guard let forged = try? Disclosure(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            #expect(throws: LedgerError.self, "bit \(bit)") {
                try forged.verify(commitment, chainID: office.chainID)
            }
        }
    }
}

/// G4: keys are destroyed, the chain's commitment stays.
@Suite struct RecordVaultTests {
    @Test func aPurgedRecordIsUnreadable() throws {
        let office = try Office()
        try withTemporaryFolder { folder in
            let vault = try RecordVault(folder: folder)
            let records = try (0..<3).map { _ in try office.sealed(for: [1]) }
            for record in records { try vault.store(record) }
            expectError(.fileExists) { try vault.store(records[0]) }
            #expect(try vault.records() == records.map(\.id).sorted())
            #expect(try vault.record(records[1].id) == records[1])
            let custodian = office.members[1]
            let receipt = try vault.purge(
                records[1].id, signedBy: custodian, time: Office.now)
            try receipt.verify(office.registry)
            #expect(receipt.commitment == records[1].commitment)
            expectError(.recordPurged) { try vault.record(records[1].id) }
            expectError(.recordPurged) {
                try vault.purge(records[1].id, signedBy: custodian, time: Office.now)
            }
            expectError(.fileExists) { try vault.store(records[1]) }
            for (id, status) in try vault.report() {
                #expect(status == (id == records[1].id ? .purged(receipt) : .sealed))
            }
            // No wrapped key of it is left in any file; those of the others are.
            let contents = try files(in: folder).map {
                Array(try Data(contentsOf: folder.appending(path: $0)))
            }
            for record in records {
                for key in record.keys {
                    let needle = Array(CanonicalEncoder.bytes(of: key).suffix(48))
                    let isLeft = contents.contains { $0.firstRange(of: needle) != nil }
                    #expect(isLeft == (record.id != records[1].id))
                }
            }
            expectError(.fileMissing) { try vault.record(digest(9)) }
            expectError(.fileMissing) { try RecordVault(folder: folder.appending(path: "none")) }
        }
    }

    /// The bytes are overwritten in place before the name goes: a second link sees zeros.
    @Test func keysAreOverwritten() throws {
        let office = try Office()
        try withTemporaryFolder { folder in
            let vault = try RecordVault(folder: folder)
            let record = try office.sealed()
            try vault.store(record)
            let link = folder.appending(path: "link")
            try FileManager.default.linkItem(
                at: folder.appending(path: "\(record.id).keys"), to: link)
            #expect(try Data(contentsOf: link).contains { $0 != 0 })
            _ = try vault.purge(record.id, signedBy: office.members[1], time: Office.now)
            #expect(try Data(contentsOf: link).allSatisfy { $0 == 0 })
        }
    }

    @Test func anInterruptedPurgeIsFoundAndFinished() throws {
        let office = try Office()
        try withTemporaryFolder { folder in
            let vault = try RecordVault(folder: folder)
            let record = try office.sealed()
            try vault.store(record)
            let keys = folder.appending(path: "\(record.id).keys")
            try Data(count: try Data(contentsOf: keys).count).write(to: keys)
            #expect(try vault.report().first?.status == .damaged)
            expectError(.unreadableRecord) { try vault.record(record.id) }
            try FileManager.default.removeItem(at: keys)
            #expect(try vault.report().first?.status == .damaged)
            let receipt = try vault.purge(
                record.id, signedBy: office.members[1], time: Office.now)
            #expect(try vault.report().first?.status == .purged(receipt))
            // Keys that come back from a backup are reported.
            try Data([0]).write(to: keys)
            #expect(try vault.report().first?.status == .damaged)
        }
    }

    @Test func everyFlippedBitOfAReceiptIsRefused() throws {
        let office = try Office()
        let receipt = try PurgeReceipt(
            record: digest(1), commitment: digest(2), signedBy: office.members[1],
            time: Office.now, chainID: office.chainID)
        try receipt.verify(office.registry)
        let bytes = receipt.canonicalBytes
        for bit in 0..<bytes.count * 8 {
            guard let forged = try? PurgeReceipt(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            #expect(throws: LedgerError.self, "bit \(bit)") { try forged.verify(office.registry) }
        }
        let stranger = try PurgeReceipt(
            record: digest(1), commitment: digest(2), signedBy: .generate(), time: 1,
            chainID: office.chainID)
        expectError(.unregisteredKey) { try stranger.verify(office.registry) }
    }
}
