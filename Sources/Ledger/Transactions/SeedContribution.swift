// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's promise of a secret that goes into the seed of the next election.
///
/// Promises are taken in the first half of a cycle and opened by ``SeedReveal`` in the second, so
/// no bank knows the others' secrets when it chooses its own. A bank that does not open its promise
/// has no part in the seed; the last one to open may thereby choose between two seeds, no more.
public struct SeedCommitment: Hashable, Sendable {
    /// The digest of the secret; see ``SeedReveal/commitment(chainID:cycle:)``.
    public let digest: LedgerDigest

    /// A promise.
    public init(digest: LedgerDigest) { self.digest = digest }
}

/// The secret that a bank promised by its ``SeedCommitment`` in the same cycle.
public struct SeedReveal: Hashable, Sendable {
    /// 32 unpredictable bytes.
    public let secret: LedgerDigest

    /// A secret.
    public init(secret: LedgerDigest) { self.secret = secret }

    /// What the bank promises in `cycle`.
    public func commitment(chainID: LedgerDigest, cycle: UInt64) -> SeedCommitment {
        var encoder = CanonicalEncoder()
        encoder.encode(cycle)
        encoder.encode(secret)
        return SeedCommitment(
            digest: LedgerDigest(LedgerDomain.electionSeed(chainID), encoder.bytes))
    }
}

extension SeedCommitment: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(digest) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        digest = try LedgerDigest(from: &decoder)
    }
}

extension SeedReveal: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(secret) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        secret = try LedgerDigest(from: &decoder)
    }
}
