// SPDX-License-Identifier: Apache-2.0

/// The hashes that show that an older tree is the beginning of a newer one.
public struct ConsistencyProof: Hashable, Sendable {
    /// The number of leaves of the older tree.
    public let oldSize: UInt64
    /// The number of leaves of the newer tree.
    public let newSize: UInt64
    /// The hashes in the order of RFC 9162 section 2.1.4.1.
    public let path: [LedgerDigest]

    /// A proof from elsewhere, which ``verify(oldRoot:newRoot:)`` judges.
    public init(oldSize: UInt64, newSize: UInt64, path: [LedgerDigest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Checks that nothing of the older tree was changed (RFC 9162 section 2.1.4.2).
    ///
    /// An older tree without leaves is refused: every tree begins with it, so it proves nothing.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot`.
    /// - Complexity: O(log n) hashes.
    public func verify(oldRoot: LedgerDigest, newRoot: LedgerDigest) throws(LedgerError) {
        guard oldSize >= 1, oldSize <= newSize else {
            throw LedgerError(.wrongRoot, "\(oldSize) leaves cannot become \(newSize)")
        }
        if oldSize == newSize {
            guard path.isEmpty else {
                throw LedgerError(.wrongRoot, "the path of \(path.count) hashes is too long")
            }
            try Self.expect(oldRoot, newRoot, "old")
            return
        }
        var rest = path[...]
        var index = oldSize - 1
        var last = newSize - 1
        while index & 1 == 1 {
            index >>= 1
            last >>= 1
        }
        // A full older tree is itself the first hash of the path and is left out of it.
        let isFull = oldSize & (oldSize - 1) == 0
        guard let first = isFull ? oldRoot : rest.popFirst() else {
            throw LedgerError(.wrongRoot, "the path is empty")
        }
        var old = first
        var new = first
        for sibling in rest {
            guard last != 0 else {
                throw LedgerError(.wrongRoot, "the path of \(path.count) hashes is too long")
            }
            if index & 1 == 1 || index == last {
                old = MerkleTree.nodeHash(sibling, old)
                new = MerkleTree.nodeHash(sibling, new)
                while index & 1 == 0, index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.nodeHash(new, sibling)
            }
            index >>= 1
            last >>= 1
        }
        guard last == 0 else {
            throw LedgerError(.wrongRoot, "the path of \(path.count) hashes is too short")
        }
        try Self.expect(oldRoot, old, "old")
        try Self.expect(newRoot, new, "new")
    }

    private static func expect(
        _ root: LedgerDigest, _ computed: LedgerDigest, _ which: String
    ) throws(LedgerError) {
        guard root == computed else {
            throw LedgerError(
                .wrongRoot, "the proof leads to the \(which) root \(computed), not \(root)")
        }
    }
}
