// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite("B3: audit exports of every kind of transaction") struct AuditExportTests {
    /// A block of one transaction of each kind, in the order of their numbers.
    func scene() throws -> (block: CertifiedBlock, state: ChainState) {
        let examples = try TransactionExamples()
        var network = examples.network
        var transactions: [SignedTransaction] = []
        for transaction in examples.all {
            let sender =
                switch transaction.kind {
                case .scoreProposal, .bureauApplication, .modelRecord, .modelUpdate, .entryBatch:
                    network.bureaus[0]
                case .consentGrant, .consentRevocation, .dataCommitment: network.users[0]
                default: network.banks[0]
                }
            transactions.append(try network.sign(transaction, by: sender))
        }
        let certified = try network.certified([], after: examples.state)
        // The forms do not judge: the block need not be valid, only whole.
        var encoder = CanonicalEncoder()
        encoder.encode(certified.block.header)
        encoder.encode(bytes: certified.block.signature)
        encoder.encode(transactions) { encoder, item in item.encode(to: &encoder) }
        let rest = CanonicalEncoder.bytes(of: certified).dropFirst(
            CanonicalEncoder.bytes(of: certified.block).count)
        encoder.encode(fixed: Array(rest))
        return (try CanonicalDecoder.decode(from: encoder.bytes), examples.state)
    }

    @Test func everyKindComesBackFromBothForms() throws {
        let (block, _) = try scene()
        #expect(
            Set(block.block.transactions.map { $0.transaction.kind })
                == Set(Transaction.Kind.allCases))
        let json = block.exportJSON()
        let cbor = block.exportCBOR()
        #expect(try CertifiedBlock(json: json) == block)
        #expect(try CertifiedBlock(cbor: cbor) == block)
        #expect(try CertifiedBlock(cbor: cbor).block.hash == block.block.hash)
        #expect(cbor.count < json.count * 2 / 3)
        // Both are in the one form of their standard.
        #expect(try JSONValue(parsing: json).canonicalText() == json)
        #expect(try CBORValue(decoding: cbor).deterministicBytes() == cbor)
    }

    @Test func everyMemberOfEveryKindIsReadable() throws {
        let (block, _) = try scene()
        guard
            case .array(let transactions)? = try JSONValue(parsing: block.exportJSON())[
                "transactions"]
        else {
            Issue.record("no transactions")
            return
        }
        for (value, signed) in zip(transactions, block.block.transactions) {
            #expect(value["kind"]?.string == "\(signed.transaction.kind)")
            #expect(value["id"]?.string == "\(signed.id)")
            #expect(value["signature"]?.string == "\(signed.signature)")
            guard case .object(let members)? = value["content"] else {
                Issue.record("\(signed.transaction.kind) is not readable")
                continue
            }
            #expect(!members.isEmpty)
        }
        let contract = transactions.first { $0["kind"]?.string == "loanContract" }
        #expect(contract?["content"]?["terms"]?["currency"]?.string == "EUR")
        #expect(contract?["content"]?["terms"]?["unitPrice"]?.string == "100000")
        let change = transactions.first { $0["kind"]?.string == "configurationChange" }
        #expect(change?["content"]?["action"]?.string == "register")
        #expect(change?["content"]?["content"]?["name"]?.string == "user 9")
        let batch = transactions.first { $0["kind"]?.string == "entryBatch" }
        #expect(
            batch?["content"]?["entries"] == .array([.string("0102"), .string(""), .string("03")]))
        let score = transactions.first { $0["kind"]?.string == "scoreProposal" }
        #expect(score?["content"]?["score"]?.string == "640")
    }

    /// Nothing readable can differ from what was signed, in either form.
    @Test func everyChangedMemberIsRefused() throws {
        let (block, _) = try scene()
        let cbor = block.exportCBOR()
        guard case .map(let entries) = try CBORValue(decoding: cbor) else { return }
        #expect(entries.count == 16)
        for index in entries.indices {
            var changed = entries
            changed[index] = .init(entries[index].key, .text("other"))
            let bytes = try CBORValue.map(changed).deterministicBytes()
            expectError(.malformedBytes) { try CertifiedBlock(cbor: bytes) }
        }
        for offset in stride(from: 0, to: cbor.count, by: 31) {
            var changed = cbor
            changed[offset] ^= 1 << UInt8(offset % 8)
            guard let other = try? CertifiedBlock(cbor: changed) else { continue }
            // The votes' signatures are judged with the certificate; nothing else may differ.
            #expect(other.block == block.block, "byte \(offset) of \(cbor.count) is not bound")
            #expect(other.certificate != block.certificate, "byte \(offset)")
        }
        expectError(.malformedBytes) { try CertifiedBlock(cbor: cbor + [0]) }
        expectError(.malformedBytes) { try CertifiedBlock(cbor: Array(cbor.dropLast())) }
    }
}
