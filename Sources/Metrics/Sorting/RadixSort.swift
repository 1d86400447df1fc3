// SPDX-License-Identifier: Apache-2.0

/// Sorting by the leading digits of integer keys: a stretch of rows is dealt out to up to 2048
/// buckets by its leading digits, and then bucket by bucket until few rows are left.
///
/// The order of the result is total, so it depends neither on the order
/// of the input nor on threads.
enum RadixSort {
    /// The bits of one digit, of which there may be 2^11: few enough that all buckets' ends stay in
    /// the processor's caches.
    static let digitBits = 11

    /// Stretches up to this length are left to insertion.
    private static let fewRows = 24

    /// How far keys between `least` and `greatest` must be shifted so that at most 2^`bits` values
    /// remain.
    static func shift(_ least: UInt64, _ greatest: UInt64, bits: Int) -> UInt64 {
        UInt64(max(0, 64 - (least ^ greatest).leadingZeroBitCount - bits))
    }

    /// Sorts in ascending order of keys.
    ///
    /// - Complexity: O(n) for keys that spread; O(n log n) for rows of equal key.
    static func sort<Row: SortableRow>(_ rows: UnsafeMutableBufferPointer<Row>) {
        guard rows.count > fewRows else { return insertionSort(rows) }
        withUnsafeTemporaryAllocation(of: Row.self, capacity: rows.count) { spare in
            sort(rows, spare)
        }
    }

    /// Sorts with `spare` room for as many rows.
    private static func sort<Row: SortableRow>(
        _ rows: UnsafeMutableBufferPointer<Row>, _ spare: UnsafeMutableBufferPointer<Row>
    ) {
        var least = UInt64.max
        var greatest = UInt64.min
        for row in rows {
            least = min(least, row.key)
            greatest = max(greatest, row.key)
        }
        guard least < greatest else {
            if !Row.isKeyOnly {
                var ties = rows
                ties.sort { Row.precedesWithinKey($0, $1) }
            }
            return
        }
        let bits = min(digitBits, max(1, Int.bitWidth - 2 - rows.count.leadingZeroBitCount))
        let shift = shift(least, greatest, bits: bits)
        let first = least >> shift
        let bucketCount = Int((greatest >> shift) - first) + 1
        withUnsafeTemporaryAllocation(of: Int.self, capacity: bucketCount) { ends in
            ends.initialize(repeating: 0)
            for row in rows { ends[Int((row.key >> shift) &- first)] &+= 1 }
            var start = 0
            for bucket in 0..<bucketCount {
                let size = ends[bucket]
                ends[bucket] = start
                start += size
            }
            for row in rows {
                let bucket = Int((row.key >> shift) &- first)
                spare[ends[bucket]] = row
                ends[bucket] &+= 1
            }
            _ = rows.update(from: spare)
            if shift > 0 || !Row.isKeyOnly {
                start = 0
                for bucket in 0..<bucketCount {
                    let end = ends[bucket]
                    if end - start > fewRows {
                        sort(
                            UnsafeMutableBufferPointer(rebasing: rows[start..<end]),
                            UnsafeMutableBufferPointer(rebasing: spare[start..<end]))
                    }
                    start = end
                }
            }
        }
        // What lies in short buckets is at most a bucket's length from its place.
        insertionSort(rows)
    }

    private static func insertionSort<Row: SortableRow>(
        _ rows: UnsafeMutableBufferPointer<Row>
    ) {
        guard rows.count > 1 else { return }
        for index in 1..<rows.count {
            let row = rows[index]
            var place = index
            while place > 0, Row.precedes(row, rows[place - 1]) {
                rows[place] = rows[place - 1]
                place -= 1
            }
            rows[place] = row
        }
    }
}
