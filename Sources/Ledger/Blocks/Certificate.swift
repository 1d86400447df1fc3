// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The votes that make a block final: its own, or those for a block that follows from it.
public struct Certificate: Hashable, Sendable {
    /// The headers behind the block up to the one that was voted on; none where that is the block.
    public let descendants: [ConsensusHeader]
    /// The quorum's votes that the last of them is a valid candidate.
    public let notarization: ViewCertificate
    /// The quorum's votes that the last of them is final.
    public let finalization: ViewCertificate

    /// Votes as they came from somewhere; ``verify(for:voters:keys:)`` says whether they suffice.
    public init(
        descendants: [ConsensusHeader], notarization: ViewCertificate,
        finalization: ViewCertificate
    ) {
        self.descendants = descendants
        self.notarization = notarization
        self.finalization = finalization
    }

    /// How many votes it holds.
    public var voteCount: Int { notarization.voters.count + finalization.voters.count }

    /// The digest of votes and headers.
    public func digest(chainID: LedgerDigest) -> LedgerDigest {
        LedgerDigest(LedgerDomain.certificate(chainID), CanonicalEncoder.bytes(of: self))
    }

    /// The notarization of the block itself, which the next block's header holds.
    func notarization(of header: ConsensusHeader) -> ViewCertificate? {
        descendants.isEmpty ? notarization : descendants[0].parentCertificate
    }

    /// Checks that a quorum of the voters made exactly this block final.
    ///
    /// - Throws: ``LedgerError``: `wrongBlock` (another block, epoch or kind of vote),
    ///   `wrongParent` (a header that does not follow), and as ``ViewCertificate/verify(_:keys:)``.
    /// - Complexity: one signature check per vote.
    public func verify(
        for header: ConsensusHeader, voters: VoterSet, keys: any ConsensusKeys
    ) throws(LedgerError) {
        try verifyStatements(for: header)
        do throws(LedgerError) {
            // The signatures come last because they take the longest.
            for certificate in [notarization, finalization] {
                try certificate.verifyForm(voters, quorum: voters.quorum)
            }
            for vote in notarization.votes + finalization.votes {
                try vote.verify(voters, keys: keys)
            }
        } catch {
            throw error.at(header.height)
        }
    }

    /// Everything that needs no voter set.
    func verifyStatements(for header: ConsensusHeader) throws(LedgerError) {
        var last = header
        for next in descendants {
            guard
                next.parent == last.hash, next.parentView == last.view,
                next.height == last.height + 1, next.chainID == header.chainID,
                next.epoch == header.epoch
            else {
                throw LedgerError(
                    .wrongParent, "\(next.hash) does not follow \(last.hash)",
                    height: header.height)
            }
            last = next
        }
        for (certificate, role) in [
            (notarization, ConsensusStatement.Role.notarize), (finalization, .finalize),
        ] {
            let statement = ConsensusStatement(
                role, epoch: header.epoch, view: last.view, digest: last.hash)
            guard certificate.statement == statement else {
                throw LedgerError(
                    .wrongBlock,
                    "the votes say \(certificate.statement.role) of "
                        + "\(certificate.statement.digest), not \(role) of \(last.hash)",
                    height: header.height)
            }
        }
    }
}

extension Certificate: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(descendants)
        encoder.encode(notarization)
        encoder.encode(finalization)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        descendants = try decoder.decodeArray()
        notarization = try ViewCertificate(from: &decoder)
        finalization = try ViewCertificate(from: &decoder)
    }
}
