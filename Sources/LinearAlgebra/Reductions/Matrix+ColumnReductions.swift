// SPDX-License-Identifier: Apache-2.0

/// The columns of a part of a matrix that one thread reduces: rows of a page or two.
private let columnsOfPart = 1024

extension Tensor where rank == 2 {
    func reduceColumns(_ reduction: _ColumnReduction) -> Vector<Scalar> {
        Vector(uninitialized(columnCount) { reduceColumns(reduction, into: $0) })
    }

    /// Writes one number of each column to `output`; extremes need at least one row.
    func reduceColumns(_ reduction: _ColumnReduction, into output: UnsafeMutablePointer<Scalar>) {
        let columns = columnCount
        let part = { (rows: Int, width: Int, a, first: Int, output: UnsafeMutablePointer<Scalar>) in
            Scalar._reduceColumns(reduction, rows, width, columns, a, output)
        }
        switch reduction {
        case .sum, .sumOfMagnitudes: sumRowBlocks(into: output, part)
        case .minimum, .maximum, .maximumMagnitude:
            withRowBlocks(into: output, part) { blocks, partial in
                Scalar._reduceColumns(reduction, blocks, columns, columns, partial, output)
            }
        }
    }

    /// The sums of squared deviations from `centers`, one for each column.
    func squaredDeviationsOfColumns(_ centers: Vector<Scalar>) -> Vector<Scalar> {
        let columns = columnCount
        return centers.withPointer { centers in
            Vector(
                uninitialized(columns) {
                    sumRowBlocks(into: $0) { rows, width, a, first, output in
                        Scalar._squaredDeviationsOfColumns(
                            rows, width, columns, a, centers + first, output)
                    }
                })
        }
    }

    /// Adds what `part` gives for blocks of rows in the order in which vectors are added.
    private func sumRowBlocks(
        into output: UnsafeMutablePointer<Scalar>,
        _ part: (Int, Int, UnsafePointer<Scalar>, Int, UnsafeMutablePointer<Scalar>) -> Void
    ) {
        let columns = columnCount
        withRowBlocks(into: output, part) { blocks, partial in
            // A stack of sums, in place: no row is needed once it is on the stack.
            var depth = 0
            func add() {
                depth -= 1
                let sum = partial + (depth - 1) * columns
                Scalar._combine(.add, columns, sum, sum + columns, sum)
            }
            for block in 0..<blocks {
                if depth < block {
                    (partial + depth * columns).update(
                        from: partial + block * columns, count: columns)
                }
                depth += 1
                for _ in 0..<(block + 1).trailingZeroBitCount { add() }
            }
            while depth > 1 { add() }
            output.update(from: partial, count: columns)
        }
    }

    /// Reduces blocks of rows by `part`, then their results by `combine`.
    ///
    /// `part` is given rows, columns, elements, the first column and where its results go, and
    /// `combine` the number of blocks and a row of results for each. A single block goes to
    /// `output` at once.
    private func withRowBlocks(
        into output: UnsafeMutablePointer<Scalar>,
        _ part: (Int, Int, UnsafePointer<Scalar>, Int, UnsafeMutablePointer<Scalar>) -> Void,
        _ combine: (Int, UnsafeMutablePointer<Scalar>) -> Void
    ) {
        let (rows, columns, height) = (rowCount, columnCount, Scalar._rowsOfColumnSums)
        guard columns > 0 else { return }
        let blocks = Swift.max(1, (rows + height - 1) / height)
        let groups = (columns + columnsOfPart - 1) / columnsOfPart
        func reduce(into partial: UnsafeMutablePointer<Scalar>) {
            withPointer { elements in
                let parts = blocks * groups
                concurrently(parts, minimum: count < 1 << 19 ? parts + 1 : 2, block: 1) {
                    for index in $0..<$0 + $1 {
                        let (block, first) = (index / groups, index % groups * columnsOfPart)
                        part(
                            Swift.min(height, rows - block * height),
                            Swift.min(columnsOfPart, columns - first),
                            elements + block * height * columns + first, first,
                            partial + block * columns + first)
                    }
                }
            }
        }
        if blocks == 1 { return reduce(into: output) }
        var partial = uninitialized(blocks * columns) { reduce(into: $0) }
        partial.withUnsafeMutableBufferPointer {
            if let address = $0.baseAddress { combine(blocks, address) }
        }
    }
}
