// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The hashes of RFC 9162 on raw memory: one buffer on the stack, no array per node.
enum MerkleHash {
    /// Bytes in a hash.
    static let byteCount = SHA256Hash.byteCount
    private static let leafPrefix: UInt8 = 0
    private static let nodePrefix: UInt8 = 1

    /// Hashes `count` leaves of `size` bytes that lie behind each other.
    static func hashLeaves(
        _ leaves: UnsafeRawPointer, ofSize size: Int, count: Int,
        into target: UnsafeMutableRawPointer
    ) {
        SHA256Hash.hash(
            records: leaves, ofSize: size, count: count, behind: leafPrefix, into: target)
    }

    /// Hashes `count` pairs of hashes that lie behind each other.
    static func hashPairs(
        _ pairs: UnsafeRawPointer, count: Int, into target: UnsafeMutableRawPointer
    ) {
        SHA256Hash.hash(
            records: pairs, ofSize: 2 * byteCount, count: count, behind: nodePrefix, into: target)
    }

    /// Puts the hash of the two hashes that end `hashes` in their place.
    static func mergeLastTwo(_ hashes: inout [UInt8]) {
        let left = hashes.count - 2 * byteCount
        hashes.withUnsafeMutableBytes { bytes in
            let place = bytes.baseAddress! + left
            hashPairs(place, count: 1, into: place)
        }
        hashes.removeLast(byteCount)
    }

    /// The hash of a node over two hashes.
    static func node(_ left: LedgerDigest, _ right: LedgerDigest) -> LedgerDigest {
        var pair = left.bytes
        pair += right.bytes
        mergeLastTwo(&pair)
        return LedgerDigest(unchecked: pair)
    }

    /// The hash of a leaf.
    static func leaf(_ leaf: some Collection<UInt8>) -> LedgerDigest {
        var bytes: [UInt8] = [leafPrefix]
        bytes.reserveCapacity(1 + leaf.count)
        bytes += leaf
        return LedgerDigest(unchecked: SHA256Hash.hash(bytes))
    }
}
