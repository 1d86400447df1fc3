// SPDX-License-Identifier: Apache-2.0

/// The nearest rows to one query that were offered so far, ordered by distance and then by row.
package struct NearestRows: Sendable {
    /// The rows, nearest first.
    package private(set) var rows: [Int] = []

    /// Their reduced distances while searching, then their distances.
    package private(set) var distances: [Double] = []

    private let capacity: Int
    private let limit: Double

    /// Keeps at most `capacity` rows of reduced distances up to `limit`.
    init(capacity: Int, limit: Double = .infinity) {
        self.capacity = capacity
        self.limit = limit
    }

    /// Nothing beyond this reduced distance is kept; a smaller row at this one may be.
    var bound: Double {
        rows.count < capacity ? limit : (distances.last ?? limit)
    }

    mutating func offer(_ distance: Double, _ row: Int) {
        guard distance <= bound else { return }
        if rows.count == capacity {
            guard let last = rows.last, distance < bound || row < last else { return }
            rows.removeLast()
            distances.removeLast()
        }
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if distances[middle] < distance
                || (distances[middle] == distance && rows[middle] < row)
            {
                low = middle + 1
            } else {
                high = middle
            }
        }
        rows.insert(row, at: low)
        distances.insert(distance, at: low)
    }

    mutating func finish(_ metric: RowMetric, columnCount: Int) {
        distances = distances.map { metric.distance($0, columnCount: columnCount) }
    }
}
