// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The roles in which this module hashes and signs bytes; no byte string is valid in two of them.
///
/// Every domain but those of the genesis carries the chain id, so nothing signed for one chain is
/// valid on another.
package enum LedgerDomain {
    package static func genesis() -> Domain { Domain("ledger.genesis", version: 1) }

    package static func possession(chainName: String) -> Domain {
        Domain("ledger.possession", version: 1, context: Array(chainName.utf8))
    }

    package static func address(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.address", version: 1, context: chainID.bytes)
    }

    package static func transactionID(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.transaction-id", version: 1, context: chainID.bytes)
    }

    package static func transaction(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.transaction", version: 1, context: chainID.bytes)
    }

    package static func stateCommitment(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.state-commitment", version: 1, context: chainID.bytes)
    }

    package static func electionSeed(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.election-seed", version: 1, context: chainID.bytes)
    }

    package static func certificate(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.certificate", version: 1, context: chainID.bytes)
    }

    package static func loan(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.loan", version: 1, context: chainID.bytes)
    }

    package static func loanParty(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.loan-party", version: 1, context: chainID.bytes)
    }

    package static func configuration(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.configuration", version: 1, context: chainID.bytes)
    }

    package static func admission(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.admission", version: 1, context: chainID.bytes)
    }

    package static func recordCommitment(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.record-commitment", version: 1, context: chainID.bytes)
    }

    package static func sealedRecord(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.sealed-record", version: 1, context: chainID.bytes)
    }

    package static func recordKey(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.record-key", version: 1, context: chainID.bytes)
    }

    package static func recipientKey(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.recipient-key", version: 1, context: chainID.bytes)
    }

    package static func purge(_ chainID: LedgerDigest) -> Domain {
        Domain("ledger.purge", version: 1, context: chainID.bytes)
    }

    package static func chainFile() -> Domain { Domain("ledger.chain-file", version: 1) }
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
