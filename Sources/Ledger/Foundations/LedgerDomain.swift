// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The roles in which this module hashes and signs bytes; no byte string is valid in two of them.
///
/// Every domain but those of the genesis, of whole files and of the election's draw carries the
/// chain id, so nothing signed for one chain is valid on another.
package enum LedgerDomain {
    package static func genesis() -> Domain { Domain("ledger.genesis", version: 1) }

    package static func chainFile() -> Domain { Domain("ledger.chain-file", version: 1) }

    static func electionDraw() -> Domain { Domain("ledger.election-draw", version: 1) }

    package static func possession(chainName: String) -> Domain {
        Domain("ledger.possession", version: 1, context: Array(chainName.utf8))
    }

    package static func address(_ id: LedgerDigest) -> Domain { on(id, "ledger.address") }

    package static func transactionID(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.transaction-id")
    }

    package static func transaction(_ id: LedgerDigest) -> Domain { on(id, "ledger.transaction") }

    package static func stateCommitment(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.state-commitment")
    }

    package static func electionSeed(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.election-seed")
    }

    package static func certificate(_ id: LedgerDigest) -> Domain { on(id, "ledger.certificate") }

    package static func loan(_ id: LedgerDigest) -> Domain { on(id, "ledger.loan") }

    package static func loanParty(_ id: LedgerDigest) -> Domain { on(id, "ledger.loan-party") }

    package static func configuration(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.configuration")
    }

    package static func admission(_ id: LedgerDigest) -> Domain { on(id, "ledger.admission") }

    package static func recordCommitment(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.record-commitment")
    }

    package static func sealedRecord(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.sealed-record")
    }

    package static func recordKey(_ id: LedgerDigest) -> Domain { on(id, "ledger.record-key") }

    package static func recipientKey(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.recipient-key")
    }

    package static func purge(_ id: LedgerDigest) -> Domain { on(id, "ledger.purge") }

    package static func consensusStatement(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.consensus-statement")
    }

    package static func consensusHeader(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.consensus-header")
    }

    package static func consensusPayload(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.consensus-payload")
    }

    package static func epochConfiguration(_ id: LedgerDigest) -> Domain {
        on(id, "ledger.epoch-configuration")
    }

    private static func on(_ chainID: LedgerDigest, _ tag: String) -> Domain {
        Domain(tag, version: 1, context: chainID.bytes)
    }
}

extension LedgerDigest {
    /// The digest of `bytes` in a domain.
    init(_ domain: Domain, _ bytes: [UInt8]) {
        self.init(unchecked: SHA256Hash.hash(domain: domain, bytes))
    }
}

/// Decodes all of `bytes`; the error names what they should have been.
func decodeCanonical<Value: CanonicalCodable>(
    _ what: String, from bytes: [UInt8]
) throws(LedgerError) -> Value {
    do {
        return try CanonicalDecoder.decode(from: bytes)
    } catch {
        throw LedgerError(.malformedBytes, "\(what): \(error)")
    }
}

/// Runs a check of decoded values and turns its error into a decoding error.
func checkingDecoded<Value>(
    _ decoder: CanonicalDecoder, _ body: () throws(LedgerError) -> Value
) throws(CanonicalDecodingError) -> Value {
    do { return try body() } catch { throw decoder.error(error.description) }
}
