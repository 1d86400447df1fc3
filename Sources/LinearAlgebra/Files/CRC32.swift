// SPDX-License-Identifier: Apache-2.0

internal import CCreditZlib

/// The checksum of ZIP, CRC-32 (ISO 3309, ITU-T V.42), of bytes that come in parts.
struct CRC32 {
    /// The checksum of all bytes so far.
    private(set) var value: UInt32 = 0

    mutating func update(_ buffer: UnsafeRawBufferPointer) {
        // For a null pointer zlib would begin anew.
        guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        value = UInt32(crc32_z(UInt(value), bytes, buffer.count))
    }
}
