// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Final blocks of one epoch in order, with the votes that make the last one final.
///
/// The last block's header reaches back to the first by hashes, so the certificate covers them all.
/// Blocks above the epoch's last height close the epoch: they carry nothing, are not part of the
/// chain, and stand here only because their votes made the epoch's last block final.
public struct FinalizedSegment: Hashable, Sendable {
    /// The blocks, each the parent of the next; at least one.
    public let blocks: [ConsensusBlock]
    /// The notarization of the last block.
    public let notarization: ViewCertificate
    /// The finalization of the last block.
    public let finalization: ViewCertificate

    /// Final blocks as they came from somewhere; ``verify(_:keys:)`` says whether they are.
    ///
    /// - Precondition: At least one block.
    public init(
        blocks: [ConsensusBlock], notarization: ViewCertificate, finalization: ViewCertificate
    ) {
        precondition(!blocks.isEmpty, "a segment without blocks")
        self.blocks = blocks
        self.notarization = notarization
        self.finalization = finalization
    }

    /// The epoch of its blocks.
    public var epoch: UInt64 { finalization.statement.epoch }

    /// The last block.
    public var last: ConsensusBlock { blocks[blocks.count - 1] }

    /// The votes that make the block at `index` final.
    func certificate(at index: Int) -> Certificate {
        Certificate(
            descendants: blocks[(index + 1)...].map { $0.header }, notarization: notarization,
            finalization: finalization)
    }

    /// Checks that a quorum of the epoch's voters made the last block final and that its hash
    /// reaches back to the first.
    ///
    /// - Throws: ``LedgerError``: `wrongBlock`, `wrongParent`, and as
    ///   ``ViewCertificate/verify(_:keys:)``.
    /// - Complexity: one signature check per vote of both certificates.
    public func verify(
        _ configuration: EpochConfiguration, keys: any ConsensusKeys
    ) throws(LedgerError) {
        for (certificate, role) in [
            (notarization, ConsensusStatement.Role.notarize), (finalization, .finalize),
        ] {
            guard
                certificate.statement
                    == ConsensusStatement(
                        role, epoch: configuration.epoch, view: last.header.view, digest: last.hash)
            else {
                throw LedgerError(
                    .wrongBlock,
                    "the certificate says \(certificate.statement.role) of "
                        + "\(certificate.statement.digest), not \(role) of \(last.hash)",
                    height: last.header.height)
            }
            try certificate.verify(configuration.voters, keys: keys)
        }
        for (parent, block) in zip(blocks, blocks.dropFirst()) {
            guard
                block.header.parent == parent.hash, block.header.height == parent.header.height + 1,
                block.header.configuration == configuration.digest
            else {
                throw LedgerError(
                    .wrongParent, "\(block.hash) does not follow \(parent.hash)",
                    height: block.header.height)
            }
        }
        guard blocks[0].header.configuration == configuration.digest else {
            throw LedgerError(
                .wrongBlock,
                "made under configuration \(blocks[0].header.configuration), not "
                    + "\(configuration.digest)",
                height: blocks[0].header.height)
        }
    }
}

extension FinalizedSegment: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(blocks)
        encoder.encode(notarization)
        encoder.encode(finalization)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let blocks: [ConsensusBlock] = try decoder.decodeArray()
        guard !blocks.isEmpty else { throw decoder.error("a segment without blocks") }
        self.init(
            blocks: blocks, notarization: try ViewCertificate(from: &decoder),
            finalization: try ViewCertificate(from: &decoder))
    }
}
