// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The few hashes that stand for a range of a log's leaves: one per full subtree in it.
///
/// A range from 0 gives the root of a stream of leaves with at most 64 hashes of memory. Ranges
/// that lie beside each other merge, so parts of a log can be hashed by different workers.
public struct CompactRange: Hashable, Sendable {
    /// The position of the first leaf.
    public let start: UInt64
    /// The position behind the last leaf.
    public private(set) var end: UInt64
    /// The heights of the full subtrees, from left to right.
    private var heights: [UInt8] = []
    /// Their hashes behind each other.
    private var bytes: [UInt8] = []

    /// A range without leaves that starts at `start`.
    public init(from start: UInt64 = 0) {
        self.start = start
        end = start
    }

    /// A range from hashes that were stored or sent.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot` where the range has another number of full
    ///   subtrees.
    public init(
        _ range: Range<UInt64>, hashes: [LedgerDigest]
    ) throws(LedgerError) {
        heights = Self.subtrees(of: range)
        guard hashes.count == heights.count else {
            throw LedgerError(
                .wrongRoot,
                "leaves \(range.lowerBound) to \(range.upperBound) have \(heights.count) full "
                    + "subtrees, not \(hashes.count)")
        }
        start = range.lowerBound
        end = range.upperBound
        bytes = hashes.flatMap(\.bytes)
    }

    /// The hashes of the full subtrees, from left to right.
    public var hashes: [LedgerDigest] { heights.indices.map { bytes.digest(at: $0) } }

    /// The number of leaves.
    public var count: UInt64 { end - start }

    /// The root of the tree over these leaves; `nil` where the range does not start at 0.
    ///
    /// - Complexity: O(log n) hashes.
    public var root: LedgerDigest? {
        guard start == 0 else { return nil }
        guard !heights.isEmpty else { return LedgerDigest(unchecked: SHA256Hash.hash([])) }
        var rest = bytes
        while rest.count > MerkleHash.byteCount { MerkleHash.mergeLastTwo(&rest) }
        return LedgerDigest(unchecked: rest)
    }

    /// Appends a leaf.
    ///
    /// - Precondition: there are fewer than `2^64 - 1` leaves.
    /// - Complexity: O(1) hashes on average, O(log n) at most.
    public mutating func append(_ leaf: [UInt8]) {
        let place = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: MerkleHash.byteCount))
        bytes.withUnsafeMutableBytes { bytes in
            leaf.withUnsafeBytes { leaf in
                MerkleHash.hashLeaves(
                    leaf.baseAddress ?? UnsafeRawPointer(bytes.baseAddress!), ofSize: leaf.count,
                    count: 1, into: bytes.baseAddress! + place)
            }
        }
        push(height: 0)
    }

    /// Appends a leaf that is hashed already.
    ///
    /// - Complexity: O(1) hashes on average, O(log n) at most.
    public mutating func append(leafHash: LedgerDigest) {
        bytes += leafHash.bytes
        push(height: 0)
    }

    /// Appends the leaves of a range that starts where this one ends.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot` where it starts elsewhere.
    /// - Complexity: O(log n) hashes.
    public mutating func append(_ next: CompactRange) throws(LedgerError) {
        guard next.start == end else {
            throw LedgerError(
                .wrongRoot, "leaves from \(next.start) on do not follow those up to \(end)")
        }
        for (index, height) in next.heights.enumerated() {
            bytes += next.bytes.digest(at: index).bytes
            push(height: height)
        }
    }

    /// Takes the hash that has just been added as a full subtree and merges it with its siblings.
    private mutating func push(height: UInt8) {
        var height = height
        end += 1 << UInt64(height)
        // A subtree that ends at an odd multiple of its width is a left one and waits.
        while let last = heights.last, last == height, end >> UInt64(height) & 1 == 0 {
            MerkleHash.mergeLastTwo(&bytes)
            heights.removeLast()
            height += 1
        }
        heights.append(height)
    }

    /// The heights of the fewest full subtrees that make up a range.
    private static func subtrees(of range: Range<UInt64>) -> [UInt8] {
        var heights: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let rest = range.upperBound - position
            let height = min(position.trailingZeroBitCount, 63 - rest.leadingZeroBitCount)
            heights.append(UInt8(height))
            position += 1 << UInt64(height)
        }
        return heights
    }
}

extension CompactRange: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(start)
        encoder.encode(end)
        encoder.encode(hashes)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let start = try decoder.decodeUInt64()
        let end = try decoder.decodeUInt64()
        guard start <= end else { throw decoder.error("a range from \(start) to \(end)") }
        let hashes: [LedgerDigest] = try decoder.decodeArray()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try CompactRange(start..<end, hashes: hashes)
        }
    }
}
