// SPDX-License-Identifier: Apache-2.0

/// Which subtrees the proofs of RFC 9162 hold; their hashes come from the caller.
enum MerklePath {
    /// The siblings on the way from a leaf to the root (section 2.1.3.1).
    static func inclusion(
        of index: Int, in count: Int, hash: (Range<Int>) -> LedgerDigest
    ) -> [LedgerDigest] {
        var path: [LedgerDigest] = []
        var range = 0..<count
        while range.count > 1 {
            let middle = split(range)
            if index < middle {
                path.append(hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return path.reversed()
    }

    /// The subtrees that show the first `oldCount` leaves in both trees (section 2.1.4.1).
    static func consistency(
        from oldCount: Int, to count: Int, hash: (Range<Int>) -> LedgerDigest
    ) -> [LedgerDigest] {
        var path: [LedgerDigest] = []
        var range = 0..<count
        var isRoot = true
        while oldCount != range.upperBound {
            let middle = split(range)
            if oldCount <= middle {
                path.append(hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
                isRoot = false
            }
        }
        if !isRoot { path.append(hash(range)) }
        return path.reversed()
    }

    /// The end of the left subtree: the largest power of two of leaves below the whole.
    static func split(_ range: Range<Int>) -> Int { range.lowerBound + 1 << (level(of: range) - 1) }

    /// The height of the smallest subtree that holds as many leaves.
    static func level(of range: Range<Int>) -> Int {
        Int.bitWidth - (range.count - 1).leadingZeroBitCount
    }
}
