// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A block with the votes that make it final.
public struct CertifiedBlock: Hashable, Sendable {
    /// The block.
    public let block: Block
    /// The banks' votes on it.
    public let certificate: Certificate

    /// Puts a block and a certificate together; ``ChainState/advanced(by:)`` checks them.
    public init(block: Block, certificate: Certificate) {
        self.block = block
        self.certificate = certificate
    }
}

extension CertifiedBlock: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(block)
        encoder.encode(certificate)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        block = try Block(from: &decoder)
        certificate = try Certificate(from: &decoder)
    }
}
