// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A custodian's signed word that it has destroyed the keys of a record.
///
/// Without its keys a record's ciphertext and its commitment say nothing, and the chain still
/// verifies. The receipt binds its signer; it cannot prove that no copy was kept.
public struct PurgeReceipt: Hashable, Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The record.
    public let record: LedgerDigest
    /// The commitment that stays on the chain.
    public let commitment: LedgerDigest
    /// Who destroyed its keys.
    public let custodian: Address
    /// When, in milliseconds since 1970-01-01 UTC.
    public let time: UInt64
    /// The custodian's signature over all of it.
    public let signature: Signature

    /// Signs a receipt; ``RecordVault/purge(_:signedBy:time:)`` does so once the keys are gone.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public init(
        record: LedgerDigest, commitment: LedgerDigest, signedBy custodian: SigningIdentity,
        time: UInt64, chainID: LedgerDigest
    ) throws(LedgerError) {
        self.chainID = chainID
        self.record = record
        self.commitment = commitment
        self.custodian = custodian.address(chainID: chainID)
        self.time = time
        signature = try custodian.sign(
            Self.content(record, commitment, self.custodian, time),
            in: LedgerDomain.purge(chainID))
    }

    /// Checks that a registered member signed it.
    ///
    /// - Throws: ``LedgerError``: `wrongChain`, `unregisteredKey`, `badSignature`.
    public func verify(_ registry: MemberRegistry) throws(LedgerError) {
        guard chainID == registry.chainID else {
            throw LedgerError(.wrongChain, "made for chain \(chainID), not \(registry.chainID)")
        }
        let member = try registry.require(custodian, in: Role.allCases, to: "purge a record")
        guard
            member.identity.isValid(
                signature, of: Self.content(record, commitment, custodian, time),
                in: LedgerDomain.purge(chainID))
        else {
            throw LedgerError(
                .badSignature, "the purge of record \(record) is not signed by '\(member.name)'")
        }
    }

    /// The canonical form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads the canonical form.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("purge receipt", from: canonicalBytes)
    }

    private static func content(
        _ record: LedgerDigest, _ commitment: LedgerDigest, _ custodian: Address, _ time: UInt64
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(record)
        encoder.encode(commitment)
        encoder.encode(custodian)
        encoder.encode(time)
        return encoder.bytes
    }
}

extension PurgeReceipt: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(chainID)
        encoder.encode(fixed: Self.content(record, commitment, custodian, time))
        encoder.encode(signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        chainID = try LedgerDigest(from: &decoder)
        record = try LedgerDigest(from: &decoder)
        commitment = try LedgerDigest(from: &decoder)
        custodian = try Address(from: &decoder)
        time = try decoder.decodeUInt64()
        signature = try Signature(from: &decoder)
    }
}
