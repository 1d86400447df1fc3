// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The hashes of RFC 9162 on raw memory: one buffer on the stack, no array per node.
enum MerkleHash {
    /// Bytes in a hash.
    static let byteCount = SHA256Hash.byteCount
    private static let leafPrefix: UInt8 = 0
    private static let nodePrefix: UInt8 = 1

    /// Gives `body` a buffer of one prefix byte and room for `count` more.
    static func withBuffer(
        forLeavesOf count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        withUnsafeTemporaryAllocation(byteCount: 1 + count, alignment: 1) { buffer in
            buffer[0] = leafPrefix
            body(buffer)
        }
    }

    /// Gives `body` a buffer of the node's prefix byte and room for two hashes.
    static func withNodeBuffer(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 1) { buffer in
            buffer[0] = nodePrefix
            body(buffer)
        }
    }

    /// Hashes the prefix of `buffer` and the bytes at `source` that fill the rest of it.
    static func hash(
        _ source: UnsafeRawPointer, using buffer: UnsafeMutableRawBufferPointer,
        into target: UnsafeMutableRawPointer
    ) {
        (buffer.baseAddress! + 1).copyMemory(from: source, byteCount: buffer.count - 1)
        SHA256Hash.hash(UnsafeRawBufferPointer(buffer), into: target)
    }

    /// Appends the hash of the two hashes that end `hashes` in their place.
    static func mergeLastTwo(_ hashes: inout [UInt8]) {
        let left = hashes.count - 2 * byteCount
        hashes.withUnsafeMutableBytes { bytes in
            let place = bytes.baseAddress! + left
            withNodeBuffer { hash(place, using: $0, into: place) }
        }
        hashes.removeLast(byteCount)
    }

    /// The hash of a node over the hashes at `left` and `right` in `hashes`.
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
