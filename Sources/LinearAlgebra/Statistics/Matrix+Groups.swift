// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2, Scalar == Double {
    /// The weighted sum of the rows of each group (groups x columns), in a fixed order of rows.
    ///
    /// Rows of weight 0 are ignored. The bits are the same on every machine and for every number of
    /// threads.
    ///
    /// - Precondition: one group in `0..<groupCount` and one weight for every row.
    /// - Complexity: O(rows * columns).
    package func groupedSums(groups: [Int], groupCount: Int, weights: [Double]) -> Matrix<Double> {
        precondition(
            groups.count == rowCount && weights.count == rowCount,
            "\(groups.count) groups and \(weights.count) weights of a matrix of shape "
                + describe(shape))
        let blocks = RowBlocks(rowCount: rowCount, columnCount: columnCount)
        var parts = [Matrix<Double>](
            repeating: .zeros(groupCount, columnCount), count: blocks.partCount)
        parts.withUnsafeMutableBufferPointer { parts in
            blocks.forEachPart { part, rows in
                withPointer { elements in
                    groups.withUnsafeBufferPointer { groups in
                        weights.withUnsafeBufferPointer { weights in
                            guard let groups = groups.baseAddress,
                                let weights = weights.baseAddress
                            else { return }
                            parts[part].withMutablePointer {
                                Double._addGroupedRows(
                                    rows.count, columnCount,
                                    elements + rows.lowerBound * columnCount,
                                    groups + rows.lowerBound, weights + rows.lowerBound, $0)
                            }
                        }
                    }
                }
            }
        }
        var sums = Matrix<Double>.zeros(groupCount, columnCount)
        for part in parts { sums += part }
        return sums
    }

    /// `sum over j of scales[g, j] (x[i, j] - centres[g, j])²` of every row and group
    /// (rows x groups), in a fixed order of columns.
    ///
    /// - Precondition: `centres` and `scales` are groups x columns.
    /// - Complexity: O(rows * groups * columns).
    package func scaledSquaredDistances(
        to centres: Matrix<Double>, scales: Matrix<Double>
    ) -> Matrix<Double> {
        precondition(
            centres.columnCount == columnCount && scales.columnCount == columnCount
                && centres.rowCount == scales.rowCount,
            "distances of \(describe(shape)) to \(describe(centres.shape)) with "
                + describe(scales.shape))
        let groups = centres.rowCount
        let distances = uninitialized(rowCount * groups) { (output: UnsafeMutablePointer<Double>) in
            withPointer { elements in
                centres.withPointer { centres in
                    scales.withPointer { scales in
                        let minimum = (1 << 18) / Swift.max(1, columnCount * groups)
                        concurrently(rowCount, minimum: Swift.max(minimum, 64), block: 64) {
                            start, count in
                            Double._scaledDistances(
                                count, columnCount, groups, elements + start * columnCount,
                                centres, scales, output + start * groups)
                        }
                    }
                }
            }
        }
        return Matrix(rowCount: rowCount, columnCount: groups, elements: distances)
    }
}

/// A partition of rows that depends on the shape alone: parts for threads, of blocks for the cache.
struct RowBlocks {
    private static let blockElements = 1 << 15
    private static let blocksInPart = 32

    let rowCount: Int
    let rowsInBlock: Int
    let rowsInPart: Int

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        rowsInBlock = min(1024, max(16, Self.blockElements / max(1, columnCount)))
        rowsInPart = rowsInBlock * Self.blocksInPart
    }

    var partCount: Int { (rowCount + rowsInPart - 1) / rowsInPart }

    /// Calls `body` with every part and its rows, on several threads where there are several.
    func forEachPart(_ body: (Int, Range<Int>) -> Void) {
        concurrently(partCount, minimum: 2, block: 1) { start, count in
            for part in start..<start + count {
                body(part, part * rowsInPart..<min(rowCount, (part + 1) * rowsInPart))
            }
        }
    }

    func blocks(of rows: Range<Int>) -> [Range<Int>] {
        stride(from: rows.lowerBound, to: rows.upperBound, by: rowsInBlock).map {
            $0..<min($0 + rowsInBlock, rows.upperBound)
        }
    }
}
