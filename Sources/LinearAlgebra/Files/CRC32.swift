// SPDX-License-Identifier: Apache-2.0

/// The checksum of ZIP: CRC-32 with the reversed polynomial 0xEDB88320 (ISO 3309, ITU-T V.42).
struct CRC32 {
    /// Table k holds the remainder of each byte with k zero bytes behind it, so that eight bytes
    /// are taken at a time.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<tables.count {
            let value = tables[index - 256]
            tables[index] = value >> 8 ^ tables[Int(value & 0xFF)]
        }
        return tables
    }()

    private var remainder: UInt32 = ~0

    /// The checksum of all bytes so far.
    var value: UInt32 { ~remainder }

    mutating func update(_ buffer: UnsafeRawBufferPointer) {
        Self.tables.withUnsafeBufferPointer { tables in
            var (index, state) = (0, remainder)
            while index + 8 <= buffer.count {
                let word = UInt64(
                    littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let mixed = word ^ UInt64(state)
                state = 0
                for byte in 0..<8 {
                    state ^= tables[(7 - byte) << 8 | Int(mixed >> UInt64(8 * byte) & 0xFF)]
                }
                index += 8
            }
            while index < buffer.count {
                state = state >> 8 ^ tables[Int((state ^ UInt32(buffer[index])) & 0xFF)]
                index += 1
            }
            remainder = state
        }
    }
}
