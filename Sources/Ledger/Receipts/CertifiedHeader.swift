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
}

extension CertifiedHeader: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(header)
        encoder.encode(certificate)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        header = try BlockHeader(from: &decoder)
        certificate = try Certificate(from: &decoder)
    }
}
