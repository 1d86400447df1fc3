// SPDX-License-Identifier: Apache-2.0

/// The 32-bit MurmurHash3 of bytes, with seed 0: fixed for ever, not for cryptography.
///
/// A. Appleby's public-domain function for 32-bit machines (x86_32), little-endian blocks.
func murmurHash3(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    func mixed(_ block: UInt32) -> UInt32 {
        let product = block &* 0xCC9E_2D51
        return (product << 15 | product >> 17) &* 0x1B87_3593
    }
    let count = bytes.count
    guard count > 0, let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
    var hash: UInt32 = 0
    var index = 0
    while index + 4 <= count {
        hash ^= mixed(
            UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt32.self)))
        hash = (hash << 13 | hash >> 19) &* 5 &+ 0xE654_6B64
        index += 4
    }
    if index < count {
        var block: UInt32 = 0
        for offset in stride(from: count - 1, through: index, by: -1) {
            block = block << 8 | UInt32(bytes[offset])
        }
        hash ^= mixed(block)
    }
    hash ^= UInt32(truncatingIfNeeded: count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
}
