// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A Merkle tree over a map from keys to values that proves what is in it and what is not.
///
/// It is a binary trie over the 256 bits of the keys. A subtree with one key is that key's
/// leaf, so the depth is about log2 of the number of keys; keys are digests, which nobody can
/// choose to be near each other beyond the work of hashing. Leaves and nodes are hashed in
/// domains of their own, and a leaf's hash covers its whole key, so a leaf on the way to an
/// absent key proves its absence.
///
/// The root depends on the map alone, not on the order of changes. Copies share their subtrees.
///
/// Source: R. Dahlberg, T. Pulls and R. Peeters, "Efficient sparse Merkle trees",
/// <https://doi.org/10.1007/978-3-319-47560-8_13>; leaves are shortened here instead of cached.
public struct StateTree: Sendable {
    private var top: StateNode = .empty
    /// The number of keys.
    public private(set) var count = 0

    /// A tree without keys.
    public init() {}

    /// The root; 32 zero bytes for an empty tree.
    public var root: LedgerDigest { top.hash }

    /// The value of `key`.
    ///
    /// - Complexity: O(log n).
    public func value(for key: StateKey) -> LedgerDigest? {
        var node = top
        var depth = 0
        while case .branch(let branch) = node {
            node = key.bit(depth) ? branch.right : branch.left
            depth += 1
        }
        guard case .leaf(let leaf) = node, leaf.key == key else { return nil }
        return leaf.value
    }

    /// Sets the value of `key`, or removes it where `value` is `nil`.
    ///
    /// - Complexity: O(log n) hashes.
    public mutating func set(_ value: LedgerDigest?, for key: StateKey) {
        if let value {
            let (node, isNew) = top.inserting(StateLeaf(key, value), depth: 0)
            top = node
            if isNew { count += 1 }
        } else if let node = top.removing(key, depth: 0) {
            top = node
            count -= 1
        }
    }

    /// The proof of the value of `key`, or that it has none.
    ///
    /// - Complexity: O(log n).
    public func proof(for key: StateKey) -> StateProof {
        var path: [LedgerDigest] = []
        var node = top
        while case .branch(let branch) = node {
            let isRight = key.bit(path.count)
            path.append((isRight ? branch.left : branch.right).hash)
            node = isRight ? branch.right : branch.left
        }
        guard case .leaf(let leaf) = node else {
            return StateProof(key: key, end: .nothing, path: path)
        }
        return StateProof(
            key: key,
            end: leaf.key == key
                ? .value(leaf.value) : .other(key: leaf.key, value: leaf.value),
            path: path)
    }
}
