// SPDX-License-Identifier: Apache-2.0

/// The k smallest or largest elements of each row of a matrix, in order, and where they stand.
public struct RowSelection<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The selected elements (rows x k), best first.
    public let values: Matrix<Scalar>

    /// Their columns, row after row: that of `values[i, j]` is at `i * k + j`.
    public let columns: [Int]

    /// The number of elements selected in each row.
    public var count: Int { values.columnCount }

    /// The selected columns of row `row`, best first.
    ///
    /// - Precondition: `row` is in `0..<values.rowCount`.
    public func columns(inRow row: Int) -> [Int] {
        precondition(
            row >= 0 && row < values.rowCount, "row \(row) of \(values.rowCount) selected ones")
        return Array(columns[row * count..<(row + 1) * count])
    }
}

extension Tensor where rank == 2 {
    /// The `count` smallest elements of each row in ascending order.
    ///
    /// Of equal elements the one further left comes first; a NaN comes after every number. The
    /// result is the same on every machine.
    ///
    /// - Precondition: `count` is in `0...columnCount`.
    /// - Complexity: O(rowCount * columnCount * log(count)).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func smallestInRows(_ count: Int) -> RowSelection<Scalar> {
        selectInRows(count) { $0 }
    }

    /// The `count` largest elements of each row in descending order.
    ///
    /// Of equal elements the one further left comes first; a NaN comes after every number. The
    /// result is the same on every machine.
    ///
    /// - Precondition: `count` is in `0...columnCount`.
    /// - Complexity: O(rowCount * columnCount * log(count)).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func largestInRows(_ count: Int) -> RowSelection<Scalar> {
        selectInRows(count) { -$0 }
    }

    private func selectInRows(
        _ count: Int, _ key: (Scalar) -> Scalar
    ) -> RowSelection<Scalar> {
        precondition(
            count >= 0 && count <= columnCount,
            "\(count) elements of each row of a matrix of shape \(describe(shape))")
        var columns: [Int] = []
        columns.reserveCapacity(rowCount * count)
        var heap = BoundedHeap<Scalar>(capacity: count)
        for row in 0..<rowCount where count > 0 {
            heap.removeAll()
            for column in 0..<columnCount {
                heap.offer(key(storage[row * columnCount + column]), column)
            }
            columns += heap.sortedPositions()
        }
        let values = columns.indices.map { storage[$0 / count * columnCount + columns[$0]] }
        return RowSelection(
            values: Tensor(uncheckedShape: [rowCount, count], storage: values), columns: columns)
    }
}

/// The best `capacity` candidates seen, the worst of them on top.
private struct BoundedHeap<Key: LinearAlgebraScalar> {
    private typealias Candidate = (key: Key, position: Int)

    private let capacity: Int
    private var candidates: [Candidate] = []

    init(capacity: Int) {
        self.capacity = capacity
        candidates.reserveCapacity(capacity)
    }

    mutating func removeAll() { candidates.removeAll(keepingCapacity: true) }

    mutating func offer(_ key: Key, _ position: Int) {
        let candidate = (key, position)
        if candidates.count < capacity {
            candidates.append(candidate)
            siftUp()
        } else if Self.precedes(candidate, candidates[0]) {
            candidates[0] = candidate
            siftDown()
        }
    }

    func sortedPositions() -> [Int] { candidates.sorted(by: Self.precedes).map(\.position) }

    /// Smaller keys first, NaN last, then by position.
    private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.key < b.key { return true }
        if a.key == b.key || (a.key.isNaN && b.key.isNaN) { return a.position < b.position }
        return b.key.isNaN && !a.key.isNaN
    }

    private mutating func siftUp() {
        var child = candidates.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.precedes(candidates[parent], candidates[child]) else { return }
            candidates.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < candidates.count {
                if Self.precedes(candidates[worst], candidates[child]) { worst = child }
            }
            guard worst != parent else { return }
            candidates.swapAt(parent, worst)
            parent = worst
        }
    }
}
