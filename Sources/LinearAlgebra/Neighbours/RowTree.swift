// SPDX-License-Identifier: Apache-2.0

/// A binary tree over rows: every node is a box or a ball around its rows.
struct RowTree: Sendable {
    private struct Node: Sendable {
        /// The part of `order` that is below this node.
        var part: Range<Int>
        /// The second child, 0 for a leaf; the first follows its parent.
        var second = 0
        /// Of balls, not reduced.
        var radius = 0.0
    }

    private let metric: RowMetric
    private let isBall: Bool
    private let columns: Int
    private var nodes: [Node] = []
    private var order: [Int]
    /// Of every node its lower and upper corner, or its centre.
    private var places: [Double] = []

    init(_ rows: Matrix<Double>, metric: RowMetric, isBall: Bool, leafSize: Int) {
        self.metric = metric
        self.isBall = isBall
        columns = rows.columnCount
        order = Array(0..<rows.rowCount)
        guard !order.isEmpty else { return }
        // Without recursion: a part that waits, and the node whose second child it is.
        var waiting: [(part: Range<Int>, parent: Int?)] = [(order.indices, nil)]
        while let (part, parent) = waiting.popLast() {
            let node = nodes.count
            if let parent { nodes[parent].second = node }
            nodes.append(Node(part: part))
            let widest = place(node, rows)
            guard part.count > leafSize, let column = widest else { continue }
            order[part].sort {
                let (a, b) = (rows[$0, column], rows[$1, column])
                return a < b || (a == b && $0 < $1)
            }
            let middle = part.lowerBound + part.count / 2
            waiting.append((middle..<part.upperBound, node))
            waiting.append((part.lowerBound..<middle, nil))
        }
    }

    /// Finds the place of a node; its widest column, `nil` where all rows are equal.
    private mutating func place(_ node: Int, _ rows: Matrix<Double>) -> Int? {
        let part = order[nodes[node].part]
        var low = [Double](repeating: .infinity, count: columns)
        var high = [Double](repeating: -.infinity, count: columns)
        var mean = [Double](repeating: 0, count: columns)
        for row in part {
            for column in 0..<columns {
                let value = rows[row, column]
                low[column] = min(low[column], value)
                high[column] = max(high[column], value)
                mean[column] += value / Double(part.count)
            }
        }
        if isBall {
            places += mean
            nodes[node].radius = rows.withPointer { elements in
                part.reduce(0) { radius, row in
                    let reduced = metric.reduced(columns, mean, elements + row * columns)
                    return max(radius, metric.distance(reduced, columnCount: columns))
                }
            }
        } else {
            places += low + high
        }
        let widths = zip(low, high).map { $1 - $0 }
        guard let largest = widths.max(), largest > 0 else { return nil }
        return widths.firstIndex(of: largest)
    }

    func search(
        _ query: UnsafePointer<Double>, rows: Matrix<Double>, _ best: inout NearestRows
    ) {
        guard !nodes.isEmpty else { return }
        places.withUnsafeBufferPointer { places in
            rows.withPointer { elements in
                guard let places = places.baseAddress else { return }
                visit(0, bound(0, query, places), query, elements, places, &best)
            }
        }
    }

    /// A reduced distance below which no row of the node lies.
    private func bound(
        _ node: Int, _ query: UnsafePointer<Double>, _ places: UnsafePointer<Double>
    ) -> Double {
        // What sums in another order, roots and powers may be off.
        let slack = Double(columns + 64) * 4 * Double.ulpOfOne
        if isBall {
            let centre = places + node * columns
            let distance = metric.distance(
                metric.reduced(columns, query, centre), columnCount: columns)
            let radius = nodes[node].radius
            let nearest = distance - radius - slack * (distance + radius)
            return nearest > 0
                ? metric.reduced(ofDistance: nearest, columnCount: columns) * (1 - slack) : 0
        }
        let low = places + node * 2 * columns
        return metric.reduced(columns, query, low: low, high: low + columns) * (1 - slack)
    }

    private func visit(
        _ index: Int, _ nearest: Double, _ query: UnsafePointer<Double>,
        _ rows: UnsafePointer<Double>, _ places: UnsafePointer<Double>, _ best: inout NearestRows
    ) {
        // Not at the bound itself, where a smaller row may still come in.
        guard !(nearest > best.bound) else { return }
        let node = nodes[index]
        guard node.second > 0 else {
            for position in node.part {
                let row = order[position]
                best.offer(metric.reduced(columns, query, rows + row * columns), row)
            }
            return
        }
        let children = (index + 1, node.second)
        let bounds = (bound(children.0, query, places), bound(children.1, query, places))
        if bounds.0 <= bounds.1 {
            visit(children.0, bounds.0, query, rows, places, &best)
            visit(children.1, bounds.1, query, rows, places, &best)
        } else {
            visit(children.1, bounds.1, query, rows, places, &best)
            visit(children.0, bounds.0, query, rows, places, &best)
        }
    }
}
