// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A key of a ``StateTree``: the digest of a name in a kind, such as a borrower's score.
public struct StateKey: Hashable, Sendable, CustomStringConvertible {
    /// The digest.
    public let digest: LedgerDigest

    /// The key of `name` among the keys of `kind`.
    public init(kind: String, name: [UInt8]) {
        digest = LedgerDigest(
            Domain("ledger.state-key", version: 1, context: Array(kind.utf8)), name)
    }

    /// The key with this digest.
    public init(digest: LedgerDigest) { self.digest = digest }

    /// 64 hexadecimal digits.
    public var description: String { digest.description }

    /// The bit that decides at `depth`; `true` is right.
    func bit(_ depth: Int) -> Bool { digest.bytes[depth >> 3] >> UInt8(7 - depth & 7) & 1 == 1 }
}

extension StateKey: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(digest) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        digest = try LedgerDigest(from: &decoder)
    }
}
