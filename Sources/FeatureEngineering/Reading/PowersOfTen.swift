// SPDX-License-Identifier: Apache-2.0

/// Integers times powers of ten, correctly rounded.
///
/// The method is D. Lemire's, Number parsing at a gigabyte per second, 2021, doi:10.1002/spe.2984:
/// the power of five is held in 128 bits, and the few products that these do not decide are left
/// to the caller.
enum PowersOfTen {
    /// 10^0 to 10^22, the ones that are exact.
    static let exact: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The powers held; all results within them are normal numbers.
    private static let powers = -55...55

    /// The leading 128 bits of 5^q for q in `powers`: exact for q >= 0, rounded up below.
    private static let leadingBits: [UInt128] = powers.map { power in
        var five: UInt128 = 1
        for _ in 0..<abs(power) { five *= 5 }
        let normalised = five << five.leadingZeroBitCount
        if power >= 0 { return normalised }
        // 2^255 / normalised lies in 2^127..<2^128, as a power of five is no power of two.
        return normalised.dividingFullWidth((1 << 127, 0)).quotient + 1
    }

    /// `significand * 10^power`, or `nil` if 128 bits of the power do not decide it.
    static func product(of significand: UInt64, power: Int) -> Double? {
        if significand == 0 { return 0 }
        guard powers.contains(power) else { return nil }
        let shift = significand.leadingZeroBitCount
        let normalised = significand << shift
        let five = leadingBits[power - powers.lowerBound]
        var (high, low) = normalised.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five >> 64))
        if high & 0x1FF == 0x1FF {
            let rest = normalised.multipliedFullWidth(by: UInt64(truncatingIfNeeded: five)).high
            let (sum, overflow) = low.addingReportingOverflow(rest)
            low = sum
            if overflow { high += 1 }
        }
        if low == .max { return nil }
        let topBit = Int(high >> 63)
        let cut = topBit + 64 - 52 - 3
        var mantissa = high >> UInt64(cut)
        // floor(log2(10^power)) + 63, and the bits that normalising has moved.
        var exponent = ((217_706 * power) >> 16) + 63 + topBit - shift
        // Half way between two numbers, which only small powers can hit, goes to the even one.
        if low <= 1, power >= -4, power <= 23, mantissa & 3 == 1, mantissa << UInt64(cut) == high {
            mantissa &= ~1
        }
        mantissa = (mantissa + (mantissa & 1)) >> 1
        if mantissa >= 1 << 53 {
            mantissa = 1 << 52
            exponent += 1
        }
        return Double(
            sign: .plus, exponentBitPattern: UInt(exponent + 1023),
            significandBitPattern: mantissa & (1 << 52 - 1))
    }
}
