// SPDX-License-Identifier: Apache-2.0

/// Finds the greatest distance of the classes without sorting all rows.
///
/// Rows are counted in buckets of their scores. Between the ends of a bucket the distance
/// changes by no more than the bucket's rows, so that only few buckets can hold the greatest
/// one; these alone are sorted.
struct KolmogorovSmirnovSearch {
    private let sorter: RowSorter
    private let scores: UnsafeBufferPointer<Double>
    private let labels: UnsafeBufferPointer<Bool>

    init(scores: UnsafeBufferPointer<Double>, labels: UnsafeBufferPointer<Bool>) {
        sorter = RowSorter(scores: scores, labels: labels)
        self.scores = scores
        self.labels = labels
    }

    /// The same as from all rows in order, to the last bit.
    func found() throws(MetricsError) -> KolmogorovSmirnov {
        let (first, shift, bucketCount) = try sorter.buckets()
        let counts = counts(first, shift, bucketCount)
        let positives = Double(counts.reduce(0) { $0 + $1.positives })
        let negatives = Double(scores.count) - positives
        guard positives > 0, negatives > 0 else {
            throw MetricsError(
                .oneClass,
                positives > 0
                    ? "all rows are positive: there is no negative to tell"
                    : "all rows are negative: there is no positive to find")
        }
        var starts: [(positives: Double, negatives: Double)] = []
        var (above, negativesAbove, least) = (0.0, 0.0, 0.0)
        for count in counts {
            starts.append((above, negativesAbove))
            above += Double(count.positives)
            negativesAbove += Double(count.negatives)
            least = max(least, abs(above / positives - negativesAbove / negatives))
        }
        let isCandidate = counts.indices.map { bucket in
            let lead = starts[bucket].positives / positives - starts[bucket].negatives / negatives
            let most = max(
                lead + Double(counts[bucket].positives) / positives,
                Double(counts[bucket].negatives) / negatives - lead)
            // Rounding must not rule out the bucket of the maximum.
            return counts[bucket].positives + counts[bucket].negatives > 0
                && most >= least - 1e-12
        }
        var rows = rows(first, shift, isCandidate)
        rows.withUnsafeMutableBufferPointer { RadixSort.sort($0) }
        var best: KolmogorovSmirnov?
        var bucket = -1
        for (index, row) in rows.enumerated() {
            let own = Int((row.key >> shift) &- first)
            if own != bucket {
                bucket = own
                (above, negativesAbove) = starts[bucket]
            }
            if row.position == 1 { above += 1 } else { negativesAbove += 1 }
            if index + 1 < rows.count, rows[index + 1].key == row.key { continue }
            let (found, mistaken) = (above / positives, negativesAbove / negatives)
            if abs(found - mistaken) > best?.statistic ?? 0 {
                best = KolmogorovSmirnov(
                    threshold: ScoreCode.score(row.key), truePositiveRate: found,
                    falsePositiveRate: mistaken)
            }
        }
        // Without any distance every bucket is a candidate, and the last row has the least score.
        return best
            ?? KolmogorovSmirnov(
                threshold: rows.last.map { ScoreCode.score($0.key) } ?? 0, truePositiveRate: 1,
                falsePositiveRate: 1)
    }

    private func counts(
        _ first: UInt64, _ shift: UInt64, _ bucketCount: Int
    ) -> [(positives: Int, negatives: Int)] {
        // Side by side: negatives, then positives of each bucket.
        var cells = [Int](repeating: 0, count: sorter.chunkCount * bucketCount * 2)
        cells.withUnsafeMutableBufferPointer { cells in
            nonisolated(unsafe) let cells = cells
            concurrently(sorter.chunkCount) { chunk in
                let offset = chunk * bucketCount * 2
                for row in sorter.rows(ofChunk: chunk) {
                    let bucket = Int((ScoreCode.code(scores[row]) >> shift) &- first)
                    cells[offset + 2 * bucket + (labels[row] ? 1 : 0)] &+= 1
                }
            }
        }
        return (0..<bucketCount).map { bucket in
            var sums = (positives: 0, negatives: 0)
            for chunk in 0..<sorter.chunkCount {
                sums.negatives += cells[2 * (chunk * bucketCount + bucket)]
                sums.positives += cells[2 * (chunk * bucketCount + bucket) + 1]
            }
            return sums
        }
    }

    /// The rows of the buckets that are asked for, with their whole code as the key and 1 for a
    /// positive as the position.
    private func rows(
        _ first: UInt64, _ shift: UInt64, _ isCandidate: [Bool]
    ) -> [PlacedRow] {
        var chunks = [[PlacedRow]](repeating: [], count: sorter.chunkCount)
        chunks.withUnsafeMutableBufferPointer { chunks in
            nonisolated(unsafe) let chunks = chunks
            concurrently(sorter.chunkCount) { chunk in
                var kept: [PlacedRow] = []
                isCandidate.withUnsafeBufferPointer { isCandidate in
                    for row in sorter.rows(ofChunk: chunk) {
                        let code = ScoreCode.code(scores[row])
                        if isCandidate[Int((code >> shift) &- first)] {
                            kept.append(PlacedRow(key: code, position: labels[row] ? 1 : 0))
                        }
                    }
                }
                chunks[chunk] = kept
            }
        }
        return chunks.flatMap { $0 }
    }
}
