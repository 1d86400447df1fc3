// SPDX-License-Identifier: Apache-2.0

/// Products and sums of rows that are measured from a centre, without a centred copy.
///
/// Rows are read in blocks that stay in the cache, and the sums of parts are added in order: the
/// bits are the same on every machine, with every BLAS and for every number of threads.
extension Tensor where rank == 2, Scalar == Double {
    /// `(row - centre) x` of every row.
    ///
    /// - Precondition: `x` and `centre` have one element per column.
    /// - Complexity: O(rows * columns).
    package func centredProducts(
        _ x: Vector<Double>, centre: Vector<Double>
    ) -> Vector<Double> {
        precondition(
            x.count == columnCount && centre.count == columnCount,
            "\(x.count) factors and a centre of \(centre.count) for \(describe(shape))")
        let columns = columnCount
        let blocks = RowBlocks(rowCount: rowCount, columnCount: columns)
        var products = Vector<Double>.zeros(rowCount)
        products.withMutablePointer { output in
            withPointer { rows in
                x.withPointer { x in
                    centre.withPointer { centre in
                        blocks.forEachPart { _, part in
                            Double._centredProducts(
                                part.count, columns, rows + part.lowerBound * columns, centre, x,
                                output + part.lowerBound)
                        }
                    }
                }
            }
        }
        return products
    }

    /// `sum of v (row - centre)` (columns).
    ///
    /// - Precondition: one weight for every row, one centre for every column.
    /// - Complexity: O(rows * columns).
    package func centredSums(
        weights: Vector<Double>, centre: Vector<Double>
    ) -> Vector<Double> {
        let columns = columnCount
        return Vector(
            summed(columns, weights, centre) { block, rows, weights, centre, sums in
                Double._addCentredRows(block.count, columns, rows, centre, weights, sums)
            })
    }

    /// `sum of v (row - centre)²` of every column.
    ///
    /// - Precondition: one weight of 0 or more for every row, one centre for every column.
    /// - Complexity: O(rows * columns).
    package func centredSquares(
        weights: Vector<Double>, centre: Vector<Double>
    ) -> [Double] {
        let columns = columnCount
        let blockRows = RowBlocks(rowCount: rowCount, columnCount: columns).rowsInBlock
        let groups = [Int](repeating: 0, count: blockRows)
        return summed(columns, weights, centre) { block, rows, weights, centre, sums in
            groups.withUnsafeBufferPointer { groups in
                guard let groups = groups.baseAddress else { return }
                Double._addGroupedSquares(block.count, columns, rows, groups, weights, centre, sums)
            }
        }
    }

    /// The sums of `v d dᵀ`, `v d` and `r d` over the rows' differences `d` to `centre`, in one pass.
    ///
    /// - Precondition: one weight of 0 or more and one residual for every row, one centre for every
    ///   column.
    /// - Complexity: O(rows * columns²).
    package func centredMoments(
        weights: Vector<Double>, residuals: Vector<Double>, centre: Vector<Double>
    ) -> CentredMoments {
        precondition(
            residuals.count == rowCount, "\(residuals.count) residuals for \(describe(shape))")
        let columns = columnCount
        let stride = Double._momentStride(columns)
        let sums = residuals.withPointer { residuals in
            summed(stride * stride, weights, centre) { block, rows, weights, centre, sums in
                Double._addCentredMoments(
                    block.count, columns, rows, centre, weights, residuals + block.lowerBound, sums)
            }
        }
        return CentredMoments(sums, columnCount: columns, stride: stride)
    }

    /// The sum over blocks of rows of what `add` adds to `width` numbers.
    private func summed(
        _ width: Int, _ weights: Vector<Double>, _ centre: Vector<Double>,
        _ add: (
            Range<Int>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>,
            UnsafeMutablePointer<Double>
        ) -> Void
    ) -> [Double] {
        precondition(
            weights.count == rowCount && centre.count == columnCount,
            "\(weights.count) weights and a centre of \(centre.count) for \(describe(shape))")
        let blocks = RowBlocks(rowCount: rowCount, columnCount: columnCount)
        var parts = [Double](repeating: 0, count: Swift.max(1, blocks.partCount) * width)
        parts.withUnsafeMutableBufferPointer { parts in
            guard let parts = parts.baseAddress else { return }
            withPointer { rows in
                weights.withPointer { weights in
                    centre.withPointer { centre in
                        blocks.forEachPart { part, range in
                            for block in blocks.blocks(of: range) {
                                add(
                                    block, rows + block.lowerBound * columnCount,
                                    weights + block.lowerBound, centre, parts + part * width)
                            }
                        }
                    }
                }
            }
        }
        var sums = Array(parts.prefix(width))
        for part in 1..<Swift.max(1, blocks.partCount) {
            for index in 0..<width { sums[index] += parts[part * width + index] }
        }
        return sums
    }
}
