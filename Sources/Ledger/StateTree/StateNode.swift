// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A subtree of a ``StateTree``.
indirect enum StateNode: Sendable {
    case empty
    case leaf(StateLeaf)
    case branch(StateBranch)

    var hash: LedgerDigest {
        switch self {
        case .empty: StateHash.empty
        case .leaf(let leaf): leaf.hash
        case .branch(let branch): branch.hash
        }
    }

    /// This subtree with a leaf put in, and whether its key is new.
    func inserting(_ leaf: StateLeaf, depth: Int) -> (StateNode, isNew: Bool) {
        switch self {
        case .empty: return (.leaf(leaf), true)
        case .leaf(let old):
            if old.key == leaf.key { return (.leaf(leaf), false) }
            return (Self.joining(old, leaf, depth: depth), true)
        case .branch(let branch):
            if leaf.key.bit(depth) {
                let (right, isNew) = branch.right.inserting(leaf, depth: depth + 1)
                return (.branch(StateBranch(branch.left, right)), isNew)
            }
            let (left, isNew) = branch.left.inserting(leaf, depth: depth + 1)
            return (.branch(StateBranch(left, branch.right)), isNew)
        }
    }

    /// This subtree without `key`, or `nil` where it does not hold it.
    func removing(_ key: StateKey, depth: Int) -> StateNode? {
        switch self {
        case .empty: return nil
        case .leaf(let leaf): return leaf.key == key ? .empty : nil
        case .branch(let branch):
            let isRight = key.bit(depth)
            let child = isRight ? branch.right : branch.left
            guard let rest = child.removing(key, depth: depth + 1) else { return nil }
            let other = isRight ? branch.left : branch.right
            // A leaf that is left alone moves up, as if the removed key had never been there.
            switch (rest, other) {
            case (.empty, .leaf): return other
            case (.leaf, .empty): return rest
            default:
                return .branch(isRight ? StateBranch(other, rest) : StateBranch(rest, other))
            }
        }
    }

    /// The smallest subtree at `depth` with both leaves.
    private static func joining(_ one: StateLeaf, _ other: StateLeaf, depth: Int) -> StateNode {
        switch (one.key.bit(depth), other.key.bit(depth)) {
        case (false, true): .branch(StateBranch(.leaf(one), .leaf(other)))
        case (true, false): .branch(StateBranch(.leaf(other), .leaf(one)))
        case (false, false): .branch(StateBranch(joining(one, other, depth: depth + 1), .empty))
        case (true, true): .branch(StateBranch(.empty, joining(one, other, depth: depth + 1)))
        }
    }
}

/// A key and its value.
struct StateLeaf: Sendable {
    let key: StateKey
    let value: LedgerDigest
    let hash: LedgerDigest

    init(_ key: StateKey, _ value: LedgerDigest) {
        self.key = key
        self.value = value
        hash = StateHash.leaf(key, value)
    }
}

/// Two subtrees.
struct StateBranch: Sendable {
    let left: StateNode
    let right: StateNode
    let hash: LedgerDigest

    init(_ left: StateNode, _ right: StateNode) {
        self.left = left
        self.right = right
        hash = StateHash.node(left.hash, right.hash)
    }
}

/// The hashes of a ``StateTree``.
enum StateHash {
    /// The hash of a subtree without keys.
    static let empty = LedgerDigest(unchecked: [UInt8](repeating: 0, count: 32))
    private static let leafDomain = Domain("ledger.state-leaf", version: 1)
    private static let nodeDomain = Domain("ledger.state-node", version: 1)

    static func leaf(_ key: StateKey, _ value: LedgerDigest) -> LedgerDigest {
        LedgerDigest(leafDomain, key.digest.bytes + value.bytes)
    }

    static func node(_ left: LedgerDigest, _ right: LedgerDigest) -> LedgerDigest {
        LedgerDigest(nodeDomain, left.bytes + right.bytes)
    }
}
