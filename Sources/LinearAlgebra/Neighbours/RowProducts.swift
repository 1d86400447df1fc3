// SPDX-License-Identifier: Apache-2.0

/// Rows measured from their mean, with their squared lengths: bounds of squared Euclidean distances
/// to many queries from one product of matrices.
///
/// `|q - x|² = |q|² + |x|² - 2 q·x` loses digits where it cancels, so it only says which rows may
/// be near enough; the distance to these is summed from their differences.
struct RowProducts: Sendable {
    private static let queriesInBlock = 128
    private static let rowsInBlock = 2048

    private let centre: Vector<Double>
    private let blocks: [Matrix<Double>]
    /// Squared lengths less the largest error that rounding can cause.
    private let lowered: [Double]
    private let slack: Double

    init(_ rows: Matrix<Double>) {
        let mean = rows.mean(.alongColumns)
        centre = mean.map { $0.isFinite ? $0 : 0 }
        let centred = rows.subtractingFromRows(centre)
        blocks = stride(from: 0, to: rows.rowCount, by: Self.rowsInBlock).map {
            centred[$0..<min($0 + Self.rowsInBlock, rows.rowCount), 0...]
        }
        // Of products and of sums of as many terms as columns; a wide margin costs a few sums more.
        let slack = Double(16 * (rows.columnCount + 8)) * Double.ulpOfOne
        self.slack = slack
        lowered = centred.squaredLengths.map { $0 * (1 - slack) }
    }

    func search(
        _ queries: Matrix<Double>, among rows: Matrix<Double>, _ found: inout [NearestRows]
    ) {
        let columns = rows.columnCount
        var products = Matrix<Double>.zeros(0, 0)
        for firstQuery in stride(from: 0, to: queries.rowCount, by: Self.queriesInBlock) {
            let block = Array(
                firstQuery..<min(firstQuery + Self.queriesInBlock, queries.rowCount))
            let raw = queries.gatheringRows(block)
            let shifted = raw.subtractingFromRows(centre)
            let lengths = shifted.squaredLengths.map { $0 * (1 - slack) }
            for (number, rowBlock) in blocks.enumerated() {
                let (firstRow, count) = (number * Self.rowsInBlock, rowBlock.rowCount)
                if products.rowCount != block.count || products.columnCount != count {
                    products = .zeros(block.count, count)
                }
                products.formProduct(shifted, rowBlock.transposed, alpha: -2)
                found.withUnsafeMutableBufferPointer { found in
                    raw.withPointer { raw in
                        rows.withPointer { rows in
                            products.withPointer { products in
                                lowered.withUnsafeBufferPointer { lowered in
                                    guard let bounds = lowered.baseAddress else { return }
                                    concurrently(block.count, minimum: 8, block: 1) { start, n in
                                        for query in start..<start + n {
                                            Self.offer(
                                                raw + query * columns, length: lengths[query],
                                                rows + firstRow * columns,
                                                products + query * count, bounds + firstRow,
                                                firstRow, count, columns,
                                                &found[firstQuery + query])
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func offer(
        _ query: UnsafePointer<Double>, length: Double, _ rows: UnsafePointer<Double>,
        _ products: UnsafePointer<Double>, _ bounds: UnsafePointer<Double>, _ first: Int,
        _ count: Int, _ columns: Int, _ best: inout NearestRows
    ) {
        var next = 0
        while true {
            next = Double._nextNotAbove(next, count, products, bounds, best.bound - length)
            guard next < count else { return }
            best.offer(
                Double._squaredDistance(columns, query, rows + next * columns), first + next)
            next += 1
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    fileprivate var squaredLengths: [Double] {
        withPointer { elements in
            (0..<rowCount).map {
                let row = elements + $0 * columnCount
                return Double._orderedDot(columnCount, row, row)
            }
        }
    }
}
