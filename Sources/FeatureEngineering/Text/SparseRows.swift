// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// The rows of a sparse matrix in the making.
struct SparseRows {
    private let columnCount: Int
    private var offsets = [0]
    private var columns: [Int] = []
    private var values: [Double] = []
    /// Column (high half) and count of the current row, in the order they came, repeats included.
    private var entries: [UInt64] = []

    /// Rows with room for `capacity` entries in all.
    init(columnCount: Int, capacity: Int = 0) {
        self.columnCount = columnCount
        columns.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// Makes room for `rowCount` rows like those so far, so that arrays need not be copied while
    /// they grow; memory that is not written to is not taken.
    mutating func reserveCapacity(rowCount: Int) {
        let rows = offsets.count - 1
        guard rows > 0, rowCount > rows else { return }
        let expected = Double(values.count) / Double(rows) * Double(rowCount) * 1.1
        columns.reserveCapacity(Int(expected))
        values.reserveCapacity(Int(expected))
    }

    /// Adds `count` to a column of the current row.
    @inline(__always)
    mutating func add(_ count: Int32, column: Int) {
        entries.append(UInt64(column) << 32 | UInt64(UInt32(bitPattern: count)))
    }

    /// Ends the current row: columns ascending, weights by `weight(column, count)`, divided by
    /// their norm.
    @inline(__always)
    mutating func endRow(norm: TextVectoriser.Norm, weight: (Int, Int32) -> Double) {
        entries.withUnsafeMutableBufferPointer { $0.sort() }
        let start = values.count
        var next = 0
        while next < entries.count {
            let column = entries[next] >> 32
            var count: Int32 = 0
            while next < entries.count, entries[next] >> 32 == column {
                count &+= Int32(truncatingIfNeeded: entries[next])
                next += 1
            }
            columns.append(Int(column))
            values.append(weight(Int(column), count))
        }
        entries.removeAll(keepingCapacity: true)
        offsets.append(values.count)
        let total =
            switch norm {
            case .none: 1.0
            case .l1: values[start...].reduce(0) { $0 + abs($1) }
            case .l2: values[start...].reduce(0) { $0 + $1 * $1 }.squareRoot()
            }
        guard total != 0, total != 1 else { return }
        for index in start..<values.count { values[index] /= total }
    }

    /// The matrix of all rows.
    func matrix() throws(FeatureError) -> SparseMatrix<Double> {
        do throws(SparseMatrixError) {
            return try SparseMatrix(
                rowCount: offsets.count - 1, columnCount: columnCount, rowOffsets: offsets,
                columnIndices: columns, values: values)
        } catch {
            throw FeatureError(.invalidValue, error.description)
        }
    }
}
