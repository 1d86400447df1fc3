// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A block as a bureau proposes it: header, payload and the bureau's signature.
public struct ConsensusBlock: Hashable, Sendable {
    /// The header.
    public let header: ConsensusHeader
    /// What the application makes of it; the consensus does not look inside.
    public let payload: [UInt8]
    /// The bureau's signature of the header's hash.
    public let signature: [UInt8]

    /// The header's hash.
    public var hash: LedgerDigest { header.hash }

    /// A block as it came from somewhere.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot` where the payload is not the header's.
    public init(
        header: ConsensusHeader, payload: [UInt8], signature: [UInt8]
    ) throws(LedgerError) {
        let digest = Self.digest(of: payload, chainID: header.chainID)
        guard digest == header.payload else {
            throw LedgerError(
                .wrongRoot, "the payload has digest \(digest), the header says \(header.payload)",
                height: header.height)
        }
        self.init(unchecked: header, payload: payload, signature: signature)
    }

    private init(unchecked header: ConsensusHeader, payload: [UInt8], signature: [UInt8]) {
        self.header = header
        self.payload = payload
        self.signature = signature
    }

    /// Signs a block without judging it.
    package init(
        _ fields: ConsensusHeader.Fields, parentCertificate: ViewCertificate?,
        nullifications: [ViewCertificate], payload: [UInt8], keys: any ConsensusKeys
    ) {
        let header = ConsensusHeader(
            fields, parentCertificate: parentCertificate, nullifications: nullifications)
        self.init(unchecked: header, payload: payload, signature: keys.sign(header.proposal))
    }

    package static func digest(of payload: [UInt8], chainID: LedgerDigest) -> LedgerDigest {
        LedgerDigest(LedgerDomain.consensusPayload(chainID), payload)
    }

    /// What the bureau signs.
    public var statement: ConsensusStatement { header.proposal }

    /// Two blocks are the same if their headers are.
    public static func == (left: ConsensusBlock, right: ConsensusBlock) -> Bool {
        left.header == right.header
    }

    /// Hashes the header's hash.
    public func hash(into hasher: inout Hasher) { hasher.combine(header) }
}

extension ConsensusBlock: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(header)
        encoder.encode(bytes: payload)
        encoder.encode(bytes: signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let header = try ConsensusHeader(from: &decoder)
        let payload = try decoder.decodeBytes()
        let signature = try decoder.decodeBytes()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ConsensusBlock(header: header, payload: payload, signature: signature)
        }
    }
}
