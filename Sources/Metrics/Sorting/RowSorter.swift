// SPDX-License-Identifier: Apache-2.0

/// Sorts the rows of a score from the highest score to the lowest, on several threads.
///
/// Rows are dealt out to buckets straight from the input, so that besides the input there is one
/// array of rows and, for each thread, room for the largest bucket.
struct RowSorter {
    let scores: UnsafeBufferPointer<Double>
    let labels: UnsafeBufferPointer<Bool>
    let chunkCount: Int

    init(scores: UnsafeBufferPointer<Double>, labels: UnsafeBufferPointer<Bool>) {
        self.scores = scores
        self.labels = labels
        chunkCount = min(16, scores.count / 65_536 + 1)
    }

    func rows(ofChunk chunk: Int) -> Range<Int> {
        (scores.count * chunk / chunkCount)..<(scores.count * (chunk + 1) / chunkCount)
    }

    /// The sorted rows, and how many of them, all in front, have scores of at least 0.
    ///
    /// - Parameter row: The row at a position with the key; nil leaves it out.
    /// - Throws: ``MetricsError`` of code `invalidScore` for the first score that is not finite.
    func sorted<Row: SortableRow>(
        _ row: (_ key: UInt64, _ position: Int) -> Row?
    ) throws(MetricsError) -> (rows: [Row], nonnegativeCount: Int) {
        let (first, shift, bucketCount) = try buckets()
        var ends = bucketSizes(first, shift, bucketCount, row)
        var starts = [0]
        var total = 0
        for bucket in 0..<bucketCount {
            for chunk in 0..<chunkCount {
                let size = ends[chunk * bucketCount + bucket]
                ends[chunk * bucketCount + bucket] = total
                total += size
            }
            starts.append(total)
        }
        let sorted = [Row](unsafeUninitializedCapacity: total) { buffer, count in
            count = total
            deal(to: buffer, &ends, first, shift, bucketCount, row)
            nonisolated(unsafe) let buffer = buffer
            concurrently(bucketCount) { bucket in
                RadixSort.sort(
                    UnsafeMutableBufferPointer(
                        rebasing: buffer[starts[bucket]..<starts[bucket + 1]]))
            }
        }
        // Codes of negative scores begin with a bucket of their own, whose first code is 2^63.
        let negativeBucket = ScoreCode.firstNegative >> shift
        let nonnegativeCount =
            negativeBucket <= first
            ? 0 : starts[min(Int(clamping: negativeBucket - first), bucketCount)]
        return (sorted, nonnegativeCount)
    }

    /// The buckets of the leading digits: a row of code c is dealt to `(c >> shift) - first`.
    func buckets() throws(MetricsError) -> (first: UInt64, shift: UInt64, count: Int) {
        let range = try codeRange()
        let bits = max(1, Int.bitWidth - 2 - scores.count.leadingZeroBitCount)
        let shift = RadixSort.shift(
            range.least, range.greatest, bits: min(RadixSort.digitBits, bits))
        let first = range.least >> shift
        return (first, shift, Int((range.greatest >> shift) - first) + 1)
    }

    private func codeRange() throws(MetricsError) -> (least: UInt64, greatest: UInt64) {
        var ranges = [(least: UInt64, greatest: UInt64, isFinite: Bool)](
            repeating: (.max, .min, true), count: chunkCount)
        ranges.withUnsafeMutableBufferPointer { ranges in
            nonisolated(unsafe) let ranges = ranges
            concurrently(chunkCount) { chunk in
                var least = UInt64.max
                var greatest = UInt64.min
                var isFinite = true
                for position in rows(ofChunk: chunk) {
                    let score = scores[position]
                    isFinite = isFinite && score.isFinite
                    let code = ScoreCode.code(score)
                    least = min(least, code)
                    greatest = max(greatest, code)
                }
                ranges[chunk] = (least, greatest, isFinite)
            }
        }
        if !ranges.allSatisfy(\.isFinite) { try Validation.scores(scores) }
        return ranges.reduce((.max, .min)) {
            (min($0.0, $1.least), max($0.1, $1.greatest))
        }
    }

    @inline(__always)
    private func key(_ position: Int, _ code: UInt64) -> UInt64 {
        code << 1 | (labels[position] ? 1 : 0)
    }

    private func bucketSizes<Row: SortableRow>(
        _ first: UInt64, _ shift: UInt64, _ bucketCount: Int, _ row: (UInt64, Int) -> Row?
    ) -> [Int] {
        var sizes = [Int](repeating: 0, count: chunkCount * bucketCount)
        sizes.withUnsafeMutableBufferPointer { sizes in
            nonisolated(unsafe) let sizes = sizes
            concurrently(chunkCount) { chunk in
                let offset = chunk * bucketCount
                for position in rows(ofChunk: chunk) {
                    guard row(0, position) != nil else { continue }
                    let code = ScoreCode.code(scores[position])
                    sizes[offset + Int((code >> shift) &- first)] &+= 1
                }
            }
        }
        return sizes
    }

    private func deal<Row: SortableRow>(
        to buffer: UnsafeMutableBufferPointer<Row>, _ ends: inout [Int], _ first: UInt64,
        _ shift: UInt64, _ bucketCount: Int, _ row: (UInt64, Int) -> Row?
    ) {
        guard let base = buffer.baseAddress else { return }
        ends.withUnsafeMutableBufferPointer { ends in
            nonisolated(unsafe) let ends = ends
            nonisolated(unsafe) let base = base
            concurrently(chunkCount) { chunk in
                let offset = chunk * bucketCount
                for position in rows(ofChunk: chunk) {
                    let code = ScoreCode.code(scores[position])
                    guard let row = row(key(position, code), position) else { continue }
                    let bucket = offset + Int((code >> shift) &- first)
                    (base + ends[bucket]).initialize(to: row)
                    ends[bucket] &+= 1
                }
            }
        }
    }
}
