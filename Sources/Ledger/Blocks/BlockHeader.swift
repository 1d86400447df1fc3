// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What the banks sign of a block: its place in the chain and the root of its transactions.
///
/// Paper 004's Fig. 3 asks for hash, time stamp, Merkle root, transaction information and previous
/// hash. Chain id, height, view, cycle, proposer and the digest of the parent's certificate make
/// the header sufficient for a verifier that has no other part of the chain.
public struct BlockHeader: Hashable, Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The block's number; the first block after the genesis is 1.
    public let height: UInt64
    /// The attempt in which it was proposed; it grows from block to block.
    public let view: UInt64
    /// The period in which its scores count; it never runs backwards.
    public let cycle: UInt64
    /// Milliseconds since 1970-01-01 UTC, strictly after the parent's.
    public let timestamp: UInt64
    /// The parent's hash; the chain id for the first block.
    public let previousHash: LedgerDigest
    /// The digest of the parent's certificate; the chain id for the first block.
    public let parentCertificate: LedgerDigest
    /// The RFC 9162 root over the canonical bytes of the transactions.
    public let merkleRoot: LedgerDigest
    /// The number of transactions.
    public let transactionCount: UInt32
    /// The bureau that made the block.
    public let proposer: Address
    /// The bureau's signature over all of the above.
    public let signature: Signature
    /// The block's hash: over the header with its signature.
    public let hash: LedgerDigest

    /// The fields that the proposer signs.
    struct Fields: Hashable, Sendable {
        var chainID: LedgerDigest
        var height: UInt64
        var view: UInt64
        var cycle: UInt64
        var timestamp: UInt64
        var previousHash: LedgerDigest
        var parentCertificate: LedgerDigest
        var merkleRoot: LedgerDigest
        var transactionCount: UInt32
        var proposer: Address

        var bytes: [UInt8] {
            var encoder = CanonicalEncoder()
            encoder.encode(chainID)
            encoder.encode(height)
            encoder.encode(view)
            encoder.encode(cycle)
            encoder.encode(timestamp)
            encoder.encode(previousHash)
            encoder.encode(parentCertificate)
            encoder.encode(merkleRoot)
            encoder.encode(transactionCount)
            encoder.encode(proposer)
            return encoder.bytes
        }
    }

    init(_ fields: Fields, signedBy identity: SigningIdentity) throws(LedgerError) {
        self.init(
            fields,
            signature: try identity.sign(fields.bytes, in: LedgerDomain.header(fields.chainID)))
    }

    init(_ fields: Fields, signature: Signature) {
        chainID = fields.chainID
        height = fields.height
        view = fields.view
        cycle = fields.cycle
        timestamp = fields.timestamp
        previousHash = fields.previousHash
        parentCertificate = fields.parentCertificate
        merkleRoot = fields.merkleRoot
        transactionCount = fields.transactionCount
        proposer = fields.proposer
        self.signature = signature
        hash = LedgerDigest(
            LedgerDomain.blockHash(fields.chainID), fields.bytes + signature.bytes)
    }

    var fields: Fields {
        Fields(
            chainID: chainID, height: height, view: view, cycle: cycle, timestamp: timestamp,
            previousHash: previousHash, parentCertificate: parentCertificate,
            merkleRoot: merkleRoot, transactionCount: transactionCount, proposer: proposer)
    }

    /// Refuses another chain, a proposer that is no registered bureau, and a wrong signature.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        guard chainID == registry.chainID else {
            throw LedgerError(
                .wrongChain, "made for chain \(chainID), not \(registry.chainID)", height: height)
        }
        do throws(LedgerError) {
            let member = try registry.require(proposer, in: [.bureau], to: "propose a block")
            guard
                member.identity.isValid(
                    signature, of: fields.bytes, in: LedgerDomain.header(chainID))
            else {
                throw LedgerError(
                    .badSignature, "header \(hash) is not signed by \(proposer) ('\(member.name)')")
            }
        } catch {
            throw error.at(height)
        }
    }
}

extension BlockHeader: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fixed: fields.bytes)
        encoder.encode(signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let fields = Fields(
            chainID: try LedgerDigest(from: &decoder), height: try decoder.decodeUInt64(),
            view: try decoder.decodeUInt64(), cycle: try decoder.decodeUInt64(),
            timestamp: try decoder.decodeUInt64(), previousHash: try LedgerDigest(from: &decoder),
            parentCertificate: try LedgerDigest(from: &decoder),
            merkleRoot: try LedgerDigest(from: &decoder),
            transactionCount: try decoder.decodeUInt32(), proposer: try Address(from: &decoder))
        self.init(fields, signature: try Signature(from: &decoder))
    }
}
