// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The hashes that lead from a leaf to the root of its tree.
public struct InclusionProof: Hashable, Sendable {
    /// The leaf's position, from 0.
    public let leafIndex: UInt64
    /// The number of leaves.
    public let treeSize: UInt64
    /// The siblings from the leaf upwards.
    public let path: [LedgerDigest]

    /// A proof from elsewhere, which ``verify(leafHash:root:)`` judges.
    public init(leafIndex: UInt64, treeSize: UInt64, path: [LedgerDigest]) {
        self.leafIndex = leafIndex
        self.treeSize = treeSize
        self.path = path
    }

    /// Checks that the leaf with `leafHash` is where the proof says (RFC 9162 section 2.1.3.2).
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot`.
    /// - Complexity: O(log n) hashes.
    public func verify(leafHash: LedgerDigest, root: LedgerDigest) throws(LedgerError) {
        let hash = try computedRoot(leafHash: leafHash)
        guard hash == root else {
            throw LedgerError(
                .wrongRoot, "leaf \(leafIndex) of \(treeSize) leads to root \(hash), not \(root)")
        }
    }

    /// The root to which the leaf with `leafHash` leads.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot` where the path has a wrong length or the index is
    ///   not below the size.
    /// - Complexity: O(log n) hashes.
    public func computedRoot(leafHash: LedgerDigest) throws(LedgerError) -> LedgerDigest {
        guard leafIndex < treeSize else {
            throw LedgerError(.wrongRoot, "leaf \(leafIndex) of a tree of \(treeSize)")
        }
        var index = leafIndex
        var last = treeSize - 1
        var hash = leafHash
        for sibling in path {
            guard last != 0 else {
                throw LedgerError(.wrongRoot, "the path of \(path.count) hashes is too long")
            }
            if index & 1 == 1 || index == last {
                hash = MerkleTree.nodeHash(sibling, hash)
                while index & 1 == 0, index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling)
            }
            index >>= 1
            last >>= 1
        }
        guard last == 0 else {
            throw LedgerError(.wrongRoot, "the path of \(path.count) hashes is too short")
        }
        return hash
    }
}

extension InclusionProof: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(leafIndex)
        encoder.encode(treeSize)
        encoder.encode(path)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        leafIndex = try decoder.decodeUInt64()
        treeSize = try decoder.decodeUInt64()
        path = try decoder.decodeArray()
    }
}
