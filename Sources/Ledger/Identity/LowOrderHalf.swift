// SPDX-License-Identifier: Apache-2.0

/// The lower half of the scalars of P-256, from which the s of a signature is taken.
///
/// With (r, s) also (r, n - s) is a valid ECDSA signature, which anybody can compute. Taking only
/// the smaller s leaves one form of each signature.
enum LowOrderHalf {
    /// The order n of P-256, big-endian (SP 800-186 section 3.2.1.3).
    private static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63,
        0x25, 0x51,
    ]

    /// (n - 1) / 2, big-endian.
    private static let half: [UInt8] = [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31,
        0x92, 0xA8,
    ]

    /// Whether the s of the 64 bytes r and s is at most (n - 1) / 2.
    static func contains(_ signature: [UInt8]) -> Bool {
        !half.lexicographicallyPrecedes(signature[32..<64])
    }

    /// The signature with the smaller of s and n - s.
    static func normalise(_ signature: [UInt8]) -> [UInt8] {
        if contains(signature) { return signature }
        var result = signature
        var borrow = 0
        for index in stride(from: 31, through: 0, by: -1) {
            let difference = Int(order[index]) - Int(signature[32 + index]) - borrow
            borrow = difference < 0 ? 1 : 0
            result[32 + index] = UInt8(truncatingIfNeeded: difference)
        }
        return result
    }
}
