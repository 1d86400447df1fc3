// SPDX-License-Identifier: Apache-2.0

/// A value's place in the order of doubles, and the row that it comes from.
private struct KeyedRow {
    var key: UInt64
    var row: UInt32

    /// The digit of the key that begins at bit `shift`.
    func digit(at shift: Int, radix: Int) -> Int {
        Int(truncatingIfNeeded: (key &>> UInt64(shift)) & UInt64(radix - 1))
    }
}

/// The rows in the order of their values, equal ones in the order of `rows`.
///
/// A radix sort of eleven bits at a time; digits that all values share are skipped, which whole
/// numbers have many of. -0 stands before 0.
///
/// - Precondition: No value is NaN; there are fewer than 2^32 of them.
/// - Complexity: O(rows).
func stableOrder(of values: [Double], rows: [UInt32]) -> [UInt32] {
    let bits = 11
    let radix = 1 << bits
    let digits = 6
    var counts = [Int](repeating: 0, count: digits * radix)
    var current: [KeyedRow] = []
    current.reserveCapacity(rows.count)
    for row in rows {
        let pattern = values[Int(row)].bitPattern
        let element = KeyedRow(key: pattern >> 63 == 0 ? pattern | 1 << 63 : ~pattern, row: row)
        current.append(element)
        for digit in 0..<digits {
            counts[digit * radix + element.digit(at: digit * bits, radix: radix)] += 1
        }
    }
    var next = current
    for digit in 0..<digits {
        let range = digit * radix..<(digit + 1) * radix
        if counts[range].contains(rows.count) { continue }
        var start = 0
        for index in range {
            let count = counts[index]
            counts[index] = start
            start += count
        }
        current.withUnsafeBufferPointer { source in
            next.withUnsafeMutableBufferPointer { target in
                for element in source {
                    let index = range.lowerBound + element.digit(at: digit * bits, radix: radix)
                    target[counts[index]] = element
                    counts[index] += 1
                }
            }
        }
        swap(&current, &next)
    }
    return current.map { $0.row }
}
