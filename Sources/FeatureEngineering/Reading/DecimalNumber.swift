// SPDX-License-Identifier: Apache-2.0

/// Decimal numbers from bytes, rounded to nearest as IEEE 754 asks.
enum DecimalNumber {
    /// Sign, digits and exponent as they are written; the value is the significand, with its sign,
    /// times ten to the exponent.
    struct Digits {
        var isNegative = false
        /// The first 19 significant digits.
        var significand: UInt64 = 0
        var exponent = 0
        /// Whether there are more than 19 significant digits.
        var isTruncated = false
    }

    /// The number that all of `bytes` write, infinite on overflow, or `nil` if they write none.
    ///
    /// Sign, digits, point, digits, exponent; a digit on at least one side of the point. No
    /// grouping, no hexadecimal, no names of special values.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard let base = bytes.baseAddress else { return nil }
        var cursor = base.assumingMemoryBound(to: UInt8.self)
        let end = cursor + bytes.count
        guard let digits = scan(&cursor, end), cursor == end else { return nil }
        return value(digits) ?? Double(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the longest number at `cursor` and moves behind it; `nil` if there is none.
    @inline(__always)
    static func scan(
        _ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Digits? {
        var digits = Digits()
        if cursor < end, cursor.pointee == UInt8(ascii: "-") || cursor.pointee == UInt8(ascii: "+")
        {
            digits.isNegative = cursor.pointee == UInt8(ascii: "-")
            cursor += 1
        }
        let wholeStart = cursor
        take(&cursor, end, &digits.significand)
        var digitCount = cursor - wholeStart
        if cursor < end, cursor.pointee == UInt8(ascii: ".") {
            cursor += 1
            let fractionStart = cursor
            take(&cursor, end, &digits.significand)
            digits.exponent = fractionStart - cursor
            digitCount -= digits.exponent
        }
        guard digitCount > 0 else { return nil }
        // Up to 19 digits fit without overflow. Beyond them leading zeros may still save it.
        if digitCount > 19 { digits.isTruncated = hasMoreThan19Digits(wholeStart, cursor) }
        if cursor < end, cursor.pointee | 0x20 == UInt8(ascii: "e") {
            cursor += 1
            guard let written = exponent(&cursor, end) else { return nil }
            digits.exponent += written
        }
        return digits
    }

    /// The value, exactly rounded, or `nil` where that takes more than 128 bits of the power.
    ///
    /// Up to 2^53 times a power of ten up to 10^22 is exact in one multiplication or division
    /// (W. D. Clinger, How to read floating point numbers accurately, 1990,
    /// doi:10.1145/93548.93557). Else see ``PowersOfTen``.
    @inline(__always)
    static func value(_ digits: Digits) -> Double? {
        if digits.isTruncated { return nil }
        let magnitude: Double
        if digits.significand <= 1 << 53, digits.exponent >= -22, digits.exponent <= 22 {
            let whole = Double(digits.significand)
            magnitude =
                digits.exponent < 0
                ? whole / PowersOfTen.exact[-digits.exponent]
                : whole * PowersOfTen.exact[digits.exponent]
        } else {
            guard
                let product = PowersOfTen.product(
                    of: digits.significand, power: digits.exponent)
            else { return nil }
            magnitude = product
        }
        return digits.isNegative ? -magnitude : magnitude
    }

    /// Takes digits into `significand`, which wraps around beyond 19 of them.
    @inline(__always)
    private static func take(
        _ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
        _ significand: inout UInt64
    ) {
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            guard digit <= 9 else { return }
            significand = significand &* 10 &+ UInt64(digit)
            cursor += 1
        }
    }

    /// Whether more than 19 digits follow the leading zeros of the digits and point in between.
    private static func hasMoreThan19Digits(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        var count = 0
        for byte in UnsafeBufferPointer(start: start, count: end - start)
        where byte != UInt8(ascii: ".") && (count > 0 || byte != UInt8(ascii: "0")) { count += 1 }
        return count > 19
    }

    /// Signed digits; what is beyond 10^6 no longer changes a result.
    private static func exponent(
        _ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Int? {
        var sign = 1
        if cursor < end, cursor.pointee == UInt8(ascii: "-") || cursor.pointee == UInt8(ascii: "+")
        {
            sign = cursor.pointee == UInt8(ascii: "-") ? -1 : 1
            cursor += 1
        }
        let start = cursor
        var value = 0
        while cursor < end {
            let digit = cursor.pointee &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            value = min(value * 10 + Int(digit), 1_000_000)
            cursor += 1
        }
        return cursor > start ? sign * value : nil
    }
}
