// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// A borrower, two banks and a bureau with keys for records, and consents on a chain.
struct Office {
    static let now: UInt64 = 1_800_000_000_000
    let borrower: SigningIdentity
    let members: [SigningIdentity]
    let registry: MemberRegistry
    let openers: [OpeningKey]
    let keys: [RecipientKey]

    /// Parties in the order borrower, bank, bank, bureau; the second bank uses X-Wing.
    init() throws {
        borrower = try identity(5, 0)
        members = try [borrower, identity(1, 0), identity(1, 1), identity(2, 0)]
        let roles: [Role] = [.user, .bank, .bank, .bureau]
        let genesis = try Genesis(
            chainName: "office",
            members: try zip(members, roles).enumerated().map {
                try Member(
                    name: "member \($0)", role: $1.1, identity: $1.0, chainName: "office")
            }, creationTime: 1)
        registry = MemberRegistry(genesis)
        openers = try [.x25519, .x25519, .xWing, .x25519].map { try OpeningKey.generate($0) }
        keys = try zip(openers, members).map {
            try RecipientKey($0, of: $1, chainID: genesis.chainID)
        }
    }

    var chainID: LedgerDigest { registry.chainID }

    func record() throws -> PlainRecord {
        try PlainRecord(
            schema: "income.v1",
            fields: [
                RecordField("name", .text("Ada")), RecordField("income", .integer(4_200_00)),
                RecordField("defaulted", .boolean(false)),
                RecordField("payslip", .bytes([UInt8](repeating: 7, count: 1000))),
                RecordField("city", .text("Zürich")),
            ])
    }

    /// A consent of `grantor` as the chain would hold it.
    func consent(
        _ index: Int, for recipient: Int, by grantor: Int = 0, until expiry: UInt64 = now + 1000,
        revoked: Bool = false
    ) throws -> Consent {
        let book = try ConsentScene(self, grantor: grantor)
        return try book.consent(index, for: recipient, until: expiry, revoked: revoked)
    }

    func sealed(for recipients: [Int] = []) throws -> SealedRecord {
        try SealedRecord(
            record(), owner: keys[0],
            recipients: recipients.map { (keys[$0], try consent($0, for: $0)) }, time: Self.now,
            chainID: chainID)
    }
}

/// G1 and G2: records that only their recipients open, and what the chain knows of them.
@Suite struct SealedRecordTests {
    @Test func onlyRecipientsOpenARecord() throws {
        let office = try Office()
        for recipients in [[], [1], [2], [3], [1, 2], [1, 2, 3]] {
            let sealed = try office.sealed(for: recipients)
            let stored = try SealedRecord(canonicalBytes: sealed.canonicalBytes)
            #expect(stored == sealed)
            for index in 0..<4 {
                if index == 0 || recipients.contains(index) {
                    let opened = try stored.open(with: office.openers[index])
                    #expect(try opened.record == office.record())
                    #expect(opened.commitment == sealed.commitment)
                } else {
                    expectError(.notARecipient) { try stored.open(with: office.openers[index]) }
                }
            }
        }
    }

    struct Golden: Decodable {
        var privateKey: String
        var sealed: String
        var commitment: String
        var disclosure: String
    }

    /// A record that was sealed with an independent construction of the format and of RFC 9180.
    @Test func aRecordSealedElsewhereOpens() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "records", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let bytes = try #require(Hexadecimal.bytes(golden.sealed))
        let sealed = try SealedRecord(canonicalBytes: bytes)
        #expect(sealed.canonicalBytes == bytes && sealed.keys.count == 2)
        let opener = try OpeningKey(
            privateKey: try #require(Hexadecimal.bytes(golden.privateKey)))
        let opened = try sealed.open(with: opener)
        #expect(
            opened.record.fields == [
                RecordField("city", .text("Zürich")), RecordField("defaulted", .boolean(false)),
                RecordField("income", .integer(420_000)),
            ])
        #expect(opened.commitment.description == golden.commitment)
        let shown = try opened.disclose(["income"])
        #expect(Hexadecimal.string(shown.canonicalBytes) == golden.disclosure)
        _ = try shown.verify(sealed.dataCommitment(), chainID: sealed.chainID)
        for index in 0..<2 {
            var encoder = CanonicalEncoder()
            encoder.encode([sealed.keys[index]])
            let body = bytes.prefix(bytes.count - 1 - 2 * 104 - 32)
            #expect(body.count > 100)
            let one = try SealedRecord(canonicalBytes: Array(body) + encoder.bytes)
            #expect(try one.open(with: opener) == opened)
        }
    }

    @Test func sealingTwiceSharesNothing() throws {
        let office = try Office()
        let one = try office.sealed()
        let other = try office.sealed()
        #expect(one.id != other.id && one.commitment != other.commitment)
        #expect(one.ciphertext != other.ciphertext)
        // The data is nowhere in the clear.
        let needle = Array("Zürich".utf8)
        #expect(Array("a Zürich b".utf8).contains(needle))
        #expect(!one.canonicalBytes.contains(needle))
    }

    @Test func everyFlippedBitIsRefused() throws {
        let office = try Office()
        let sealed = try office.sealed(for: [1])
        let bytes = sealed.canonicalBytes
        var encoder = CanonicalEncoder()
        encoder.encode(sealed.keys[1])
        let otherKey = bytes.count - encoder.bytes.count
        var refused = 0
        for bit in stride(from: 0, to: bytes.count * 8, by: 11) {
            // A change in another recipient's key does not concern the owner.
            if bit / 8 >= otherKey { continue }
            guard let forged = try? SealedRecord(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            #expect(throws: LedgerError.self, "bit \(bit)") {
                try forged.open(with: office.openers[0])
            }
            refused += 1
        }
        #expect(refused > 500)
        for bit in stride(from: otherKey * 8, to: bytes.count * 8, by: 11) {
            guard let forged = try? SealedRecord(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            expectError(.notARecipient) { try forged.open(with: office.openers[1]) }
        }
    }

    /// A wrapped key is bound to its record, its recipient and its chain.
    @Test func wrappedKeysCannotMove() throws {
        let office = try Office()
        let one = try office.sealed(for: [1])
        let other = try office.sealed(for: [1])
        var bytes = CanonicalEncoder()
        bytes.encode(one.chainID)
        bytes.encode(one.id)
        bytes.encode(one.schema)
        bytes.encode(one.commitment)
        bytes.encode(bytes: one.ciphertext)
        bytes.encode(other.keys)
        let mixed = try SealedRecord(canonicalBytes: bytes.bytes)
        expectError(.notARecipient) { try mixed.open(with: office.openers[1]) }
    }

    /// AES-GCM does not bind a ciphertext to one key; the commitment does what it does not.
    @Test func aCommitmentToOtherDataIsRefused() throws {
        let office = try Office()
        let opened = try office.sealed().open(with: office.openers[0])
        let key = [UInt8](repeating: 3, count: 32)
        let honest = try SealedRecord(opened, key: key, commitment: opened.commitment)
        let forged = try SealedRecord(opened, key: key, commitment: digest(1))
        for (record, code) in [(honest, nil), (forged, LedgerError.Code.wrongCommitment)] {
            var bytes = CanonicalEncoder()
            bytes.encode(fixed: Array(record.canonicalBytes.dropLast()))
            bytes.encode([
                try WrappedKey(
                    key, for: office.keys[0], consent: nil, record: record.id,
                    chainID: office.chainID)
            ])
            let complete = try SealedRecord(canonicalBytes: bytes.bytes)
            if let code {
                expectError(code) { try complete.open(with: office.openers[0]) }
            } else {
                #expect(try complete.open(with: office.openers[0]) == opened)
            }
        }
    }

    /// Ten possible incomes: without a salt the chain would give the right one away.
    @Test func saltedCommitmentsCannotBeGuessed() throws {
        let office = try Office()
        let incomes = (0..<10).map { Int64($0 * 1000) }
        let secret = incomes[6]
        func record(_ income: Int64) throws -> PlainRecord {
            try PlainRecord(schema: "s", fields: [RecordField("income", .integer(income))])
        }
        let unsalted = SHA256Hash.hash(CanonicalEncoder.bytes(of: try record(secret)))
        let guesses = try incomes.filter {
            SHA256Hash.hash(CanonicalEncoder.bytes(of: try record($0))) == unsalted
        }
        #expect(guesses == [secret])
        let sealed = try SealedRecord(
            record(secret), owner: office.keys[0], time: Office.now, chainID: office.chainID)
        let commitments = try incomes.map {
            try SealedRecord(
                record($0), owner: office.keys[0], time: Office.now, chainID: office.chainID
            ).commitment
        }
        #expect(!commitments.contains(sealed.commitment))
    }

    @Test func keysForRecordsAreSignedAndSafe() throws {
        let office = try Office()
        for key in office.keys {
            try key.verify(office.registry)
            let bytes = CanonicalEncoder.bytes(of: key)
            #expect(try CanonicalDecoder.decode(RecipientKey.self, from: bytes) == key)
            for bit in stride(from: 0, to: bytes.count * 8, by: bytes.count > 1000 ? 67 : 5) {
                let forged = try? CanonicalDecoder.decode(
                    RecipientKey.self, from: bytes.flipping(bit: bit))
                guard let forged else { continue }
                #expect(throws: LedgerError.self) { try forged.verify(office.registry) }
            }
        }
        let stranger = try RecipientKey(
            office.openers[0], of: .generate(), chainID: office.chainID)
        expectError(.unregisteredKey) { try stranger.verify(office.registry) }
        expectError(.invalidValue) { try OpeningKey(privateKey: [1, 2]) }
        for (opener, scheme) in zip(office.openers, [SealingScheme.x25519, .x25519, .xWing]) {
            let copy = try OpeningKey(privateKey: opener.exportPrivateKey(), scheme: scheme)
            #expect(copy.publicKey == opener.publicKey)
            #expect(copy.publicKey.count == scheme.publicKeyByteCount)
        }
    }

    struct Agreements: Decodable {
        struct Group: Decodable { var tests: [Case] }
        struct Case: Decodable {
            var flags: [String]
            var `public`: String
        }
        var testGroups: [Group]
    }

    /// Even when its owner signs it, nothing is sealed for a key whose secrets are known to all.
    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func agreementKeysOfSmallOrderAreRefused() throws {
        let office = try Office()
        let file: Agreements = try SharedData.json("vectors/wycheproof/x25519_test.json")
        var accepted = 0
        var refused: Set<String> = []
        for item in file.testGroups.flatMap(\.tests) {
            let bytes = try #require(Hexadecimal.bytes(item.public))
            var encoder = CanonicalEncoder()
            encoder.encode(office.keys[1].owner)
            encoder.encode(SealingScheme.x25519.rawValue)
            encoder.encode(bytes: bytes)
            let signature = try office.members[1].sign(
                encoder.bytes, in: LedgerDomain.recipientKey(office.chainID))
            encoder.encode(signature)
            let key = try CanonicalDecoder.decode(RecipientKey.self, from: encoder.bytes)
            if item.flags.contains("NonCanonicalPublic")
                || item.flags.contains("LowOrderPublic")
                || item.flags.contains("ZeroSharedSecret") || bytes[31] > 0x7F
            {
                expectError(.unsafeKey, "\(item.flags) \(item.public)") {
                    try key.verify(office.registry)
                }
                refused.insert(item.public)
            } else {
                try key.verify(office.registry)
                accepted += 1
            }
        }
        #expect(refused.count > 10 && accepted > 100)
    }

    @Test func recordsHaveOneForm() throws {
        let fields = [RecordField("b", .integer(1)), RecordField("a", .integer(2))]
        let record = try PlainRecord(schema: "s", fields: fields)
        #expect(record.fields.map(\.name) == ["a", "b"])
        #expect(record == (try PlainRecord(schema: "s", fields: fields.reversed())))
        #expect(record["b"] == .integer(1) && record["c"] == nil)
        expectError(.invalidValue) { try PlainRecord(schema: "", fields: fields) }
        expectError(.invalidValue) { try PlainRecord(schema: "s", fields: []) }
        expectError(.invalidValue) { try PlainRecord(schema: "s", fields: fields + [fields[0]]) }
        expectError(.invalidValue) {
            try PlainRecord(schema: "s", fields: [RecordField("", .integer(1))])
        }
        var unordered = CanonicalEncoder()
        unordered.encode("s")
        unordered.encode(fields)
        #expect(throws: CanonicalDecodingError.self) {
            try CanonicalDecoder.decode(PlainRecord.self, from: unordered.bytes)
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ other: [UInt8]) -> Bool { firstRange(of: other) != nil }
}
