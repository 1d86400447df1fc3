// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// How many vectors along the last axis there are, and their length.
    private var rows: (count: Int, length: Int) {
        precondition(rank > 0, "a tensor of rank 0 has no last axis")
        let length = shape[rank - 1]
        return (length > 0 ? count / length : 0, length)
    }

    func mapRows(_ function: _RowFunction) -> Tensor {
        let (rows, length) = rows
        return mapStorage { _, input, output in
            concurrently(rows, minimum: threadedRows(length), block: 1) {
                let start = $0 * length
                Scalar._evaluateRows(function, $1, length, input + start, output + start)
            }
        }
    }

    mutating func formRows(_ function: _RowFunction, of x: Tensor) {
        Tensor.requireSameShape(self, x)
        let (rows, length) = rows
        withMutablePointer { output in
            x.withPointer { input in
                concurrently(rows, minimum: threadedRows(length), block: 1) {
                    let start = $0 * length
                    Scalar._evaluateRows(function, $1, length, input + start, output + start)
                }
            }
        }
    }

    mutating func formRows(_ function: _RowFunction) {
        let (rows, length) = rows
        withMutablePointer { elements in
            concurrently(rows, minimum: threadedRows(length), block: 1) {
                let start = elements + $0 * length
                Scalar._evaluateRows(function, $1, length, start, start)
            }
        }
    }
}

/// The number of rows from which threads pay for a function of each element.
func threadedRows(_ length: Int) -> Int { Swift.max(2, (1 << 17) / Swift.max(length, 1)) }

extension Tensor where rank == 2 {
    func mapColumns(_ function: _RowFunction) -> Tensor {
        var result = self
        let (rows, columns) = (rowCount, columnCount)
        result.withMutablePointer { elements in
            withColumns { first, width, lines in
                Scalar._evaluateRows(function, width, rows, lines, lines)
                Scalar._transpose(width, rows, lines, rows, elements + first, columns)
            }
        }
        return result
    }

    /// Calls `body` with copies of a few columns at a time, one column after the other in memory:
    /// the first one's index, their number and their elements.
    func withColumns(_ body: (Int, Int, UnsafeMutablePointer<Scalar>) -> Void) {
        let (rows, columns) = (rowCount, columnCount)
        // A cache line holds 16 floats or 8 doubles of a row.
        let most = 16
        var lines = Vector<Scalar>.zeros(rows * Swift.min(most, columns))
        withPointer { elements in
            lines.withMutablePointer { lines in
                for first in stride(from: 0, to: columns, by: most) {
                    let width = Swift.min(most, columns - first)
                    Scalar._transpose(rows, width, elements + first, columns, lines, rows)
                    body(first, width, lines)
                }
            }
        }
    }

    /// `body` of each row, given its length and elements, without a copy.
    func eachRow<Result>(_ body: (Int, UnsafePointer<Scalar>) -> Result) -> [Result] {
        uninitialized(rowCount) { eachRow(into: $0, body) }
    }

    /// Writes `body` of each row to `results`.
    func eachRow<Result>(
        into results: UnsafeMutablePointer<Result>, _ body: (Int, UnsafePointer<Scalar>) -> Result
    ) {
        let columns = columnCount
        withPointer { elements in
            concurrently(rowCount, minimum: 8 * threadedRows(columns), block: 1) { first, count in
                for row in first..<first + count {
                    (results + row).initialize(to: body(columns, elements + row * columns))
                }
            }
        }
    }

    /// `body` of each column, given its length and a copy of its elements.
    func eachColumn<Result>(_ body: (Int, UnsafePointer<Scalar>) -> Result) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(columnCount)
        withColumns { _, width, lines in
            for column in 0..<width { results.append(body(rowCount, lines + column * rowCount)) }
        }
        return results
    }

    /// `body` of each row or of each column.
    func each<Result>(
        _ axis: ReductionAxis, _ body: (Int, UnsafePointer<Scalar>) -> Result
    ) -> [Result] {
        axis == .alongRows ? eachRow(body) : eachColumn(body)
    }
}
