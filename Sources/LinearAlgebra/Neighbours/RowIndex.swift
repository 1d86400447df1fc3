// SPDX-License-Identifier: Apache-2.0

/// Rows prepared for the search of the nearest to a query.
///
/// All three methods find the same rows at the same distances, bit by bit; of equal distances the
/// smaller row comes first. The results do not depend on the BLAS, on the number of threads or on
/// other queries.
package struct RowIndex: Sendable {
    /// How rows are found.
    package enum Method: String, Codable, Hashable, Sendable, CaseIterable {
        /// Every row is looked at; for the Euclidean distance, only where one product of blocks of
        /// rows leaves a doubt.
        case bruteForce
        /// A binary tree of boxes.
        case kdTree
        /// A binary tree of balls.
        case ballTree
    }

    /// The rows (rows x columns), all finite.
    package let rows: Matrix<Double>

    /// The distance.
    package let metric: RowMetric

    private let tree: RowTree?
    private let products: RowProducts?

    /// Prepares `rows`.
    ///
    /// - Complexity: O(rows * columns) for brute force, O(rows * columns * log(rows)) for trees.
    package init(_ rows: Matrix<Double>, metric: RowMetric, method: Method, leafSize: Int) {
        self.rows = rows
        self.metric = metric
        switch method {
        case .bruteForce:
            tree = nil
            products = metric.form == .euclidean ? RowProducts(rows) : nil
        case .kdTree, .ballTree:
            tree = RowTree(rows, metric: metric, isBall: method == .ballTree, leafSize: leafSize)
            products = nil
        }
    }

    /// The `count` rows nearest to each row of `queries`, all where there are fewer.
    ///
    /// - Precondition: the queries have the columns of the rows; `count` is at least 1.
    package func nearest(_ count: Int, to queries: Matrix<Double>) -> [NearestRows] {
        search(queries, NearestRows(capacity: min(count, rows.rowCount)))
    }

    /// The rows within `radius` of each row of `queries`.
    ///
    /// - Precondition: the queries have the columns of the rows.
    package func within(_ radius: Double, of queries: Matrix<Double>) -> [NearestRows] {
        let limit = metric.reduced(ofDistance: radius, columnCount: rows.columnCount)
        return search(queries, NearestRows(capacity: rows.rowCount, limit: limit))
    }

    private func search(_ queries: Matrix<Double>, _ start: NearestRows) -> [NearestRows] {
        precondition(
            queries.columnCount == rows.columnCount,
            "queries \(describe(queries.shape)) of rows \(describe(rows.shape))")
        var found = [NearestRows](repeating: start, count: queries.rowCount)
        if let products {
            products.search(queries, among: rows, &found)
        } else {
            let work = max(1, rows.rowCount * rows.columnCount / (tree == nil ? 1 : 16))
            forEach(queries, &found, minimum: max(2, (1 << 18) / work)) { query, best in
                if let tree {
                    tree.search(query, rows: rows, &best)
                } else {
                    scan(query, &best)
                }
            }
        }
        for index in found.indices { found[index].finish(metric, columnCount: rows.columnCount) }
        return found
    }

    private func scan(_ query: UnsafePointer<Double>, _ best: inout NearestRows) {
        let columns = rows.columnCount
        rows.withPointer { elements in
            for row in 0..<rows.rowCount {
                best.offer(metric.reduced(columns, query, elements + row * columns), row)
            }
        }
    }

    private func forEach(
        _ queries: Matrix<Double>, _ found: inout [NearestRows], minimum: Int,
        _ body: (UnsafePointer<Double>, inout NearestRows) -> Void
    ) {
        let columns = queries.columnCount
        found.withUnsafeMutableBufferPointer { found in
            queries.withPointer { elements in
                concurrently(queries.rowCount, minimum: minimum, block: 1) { start, count in
                    for query in start..<start + count {
                        body(elements + query * columns, &found[query])
                    }
                }
            }
        }
    }
}
