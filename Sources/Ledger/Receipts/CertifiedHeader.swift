// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A block's header with the votes on it: all that a proof about the block needs.
public struct CertifiedHeader: Hashable, Sendable {
    /// The header.
    public let header: BlockHeader
    /// The banks' votes on it.
    public let certificate: Certificate

    init(_ block: CertifiedBlock) {
        header = block.block.header
        certificate = block.certificate
    }

    /// Checks the proposer's signature and the quorum of votes.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        try header.verify(registry)
        try certificate.verify(for: header, registry)
    }
}

extension CertifiedHeader: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(header)
        certificate.encodeVotes(to: &encoder)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        header = try BlockHeader(from: &decoder)
        certificate = try Certificate(votesFor: header, from: &decoder)
    }
}
