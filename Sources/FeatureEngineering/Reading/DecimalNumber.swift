// SPDX-License-Identifier: Apache-2.0

/// Decimal numbers from bytes, rounded to nearest as IEEE 754 asks.
enum DecimalNumber {
    /// The number that all of `bytes` write, infinite on overflow, or `nil` if they write none.
    ///
    /// Sign, digits, point, digits, exponent; a digit on at least one side of the point. No
    /// grouping, no hexadecimal, no names of special values.
    ///
    /// Up to 2^53 times a power of ten up to 10^22 is exact in one multiplication or division
    /// (W. D. Clinger, How to read floating point numbers accurately, 1990,
    /// doi:10.1145/93548.93557); everything else goes through the standard library.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
        var offset = 0
        let end = bytes.count
        var isNegative = false
        if end > 0, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
            isNegative = bytes[0] == UInt8(ascii: "-")
            offset = 1
        }
        var significand: UInt64 = 0
        var digitCount = 0
        var significantCount = 0
        var exponent = 0
        func takeDigits() {
            while offset < end {
                let digit = bytes[offset] &- UInt8(ascii: "0")
                guard digit <= 9 else { return }
                if significand > 0 || digit > 0 { significantCount += 1 }
                if significantCount <= 19 { significand = significand * 10 + UInt64(digit) }
                digitCount += 1
                offset += 1
            }
        }
        takeDigits()
        if offset < end, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            let wholeCount = digitCount
            takeDigits()
            exponent = wholeCount - digitCount
        }
        guard digitCount > 0 else { return nil }
        if offset < end, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            guard let written = exponentDigits(bytes, &offset) else { return nil }
            exponent += written
        }
        guard offset == end else { return nil }
        // More than 19 digits leave the first 19 here, which are above 2^53.
        if significand <= 1 << 53, abs(exponent) <= 22 {
            let whole = Double(significand)
            let magnitude =
                exponent < 0 ? whole / powersOfTen[-exponent] : whole * powersOfTen[exponent]
            return isNegative ? -magnitude : magnitude
        }
        return Double(String(decoding: bytes, as: UTF8.self))
    }

    /// Signed digits up to the end; what is beyond 10^6 no longer changes the result.
    private static func exponentDigits(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> Int? {
        var sign = 1
        if offset < bytes.count,
            bytes[offset] == UInt8(ascii: "-") || bytes[offset] == UInt8(ascii: "+")
        {
            sign = bytes[offset] == UInt8(ascii: "-") ? -1 : 1
            offset += 1
        }
        var value = 0
        let start = offset
        while offset < bytes.count {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = min(value * 10 + Int(digit), 1_000_000)
            offset += 1
        }
        return offset > start ? sign * value : nil
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
