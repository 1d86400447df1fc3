// SPDX-License-Identifier: Apache-2.0

extension LDL {
    /// The unit lower triangular factor L (n x n).
    public var lower: Matrix<Scalar> {
        var lower = Matrix<Scalar>.identity(count)
        for (start, size) in blocks {
            for row in (start + size)..<count {
                for column in start..<(start + size) { lower[row, column] = factors[column, row] }
            }
        }
        // LAPACK leaves the columns on the left of an exchange as they were.
        for block in blocks {
            let (step, other) = swap(block)
            for column in 0..<block.start where step != other {
                let element = lower[step, column]
                lower[step, column] = lower[other, column]
                lower[other, column] = element
            }
        }
        return lower
    }

    /// The block diagonal factor D (n x n), symmetric.
    public var blockDiagonal: Matrix<Scalar> {
        var diagonal = Matrix<Scalar>.diagonal(factors.diagonal)
        for (start, size) in blocks where size == 2 {
            diagonal[start, start + 1] = factors[start, start + 1]
            diagonal[start + 1, start] = factors[start, start + 1]
        }
        return diagonal
    }

    /// For each row of `L D Lᵀ`, the row and column of A that it is.
    public var order: [Int] {
        var order = Array(0..<count)
        for block in blocks {
            let (step, other) = swap(block)
            order.swapAt(step, other)
        }
        return order
    }

    /// The blocks of D in order: first row and size.
    var blocks: [(start: Int, size: Int)] {
        var blocks: [(start: Int, size: Int)] = []
        var start = 0
        while start < count {
            let size = exchanges[start] > 0 ? 1 : 2
            blocks.append((start, size))
            start += size
        }
        return blocks
    }

    /// The last row of a block and the row that it was exchanged with.
    private func swap(_ block: (start: Int, size: Int)) -> (step: Int, other: Int) {
        let step = block.start + block.size - 1
        return (step, Int(exchanges[step].magnitude) - 1)
    }
}
