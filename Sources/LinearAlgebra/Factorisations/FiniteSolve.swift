// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The offset of the first NaN or infinity.
    var firstNonFinite: Int? {
        withPointer { Scalar._isFinite(count, $0) } ? nil : storage.firstIndex { !$0.isFinite }
    }
}

extension Tensor where rank == 2 {
    func requireFinite(_ operation: @autoclosure () -> String) throws(LinearAlgebraError) {
        guard let offset = firstNonFinite else { return }
        throw LinearAlgebraError(
            code: .notFinite(row: offset / columnCount, column: offset % columnCount),
            operation: operation())
    }
}

extension Tensor where rank == 2 {
    /// A copy with zeros above the diagonal, whose elements are checked to be finite.
    func checkedLowerTriangle(_ operation: String) throws(LinearAlgebraError) -> Tensor {
        let triangle = lowerTriangle(operation)
        try triangle.requireFinite(operation)
        return triangle
    }

    /// A copy with zeros above the diagonal.
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    func lowerTriangle(_ operation: String) -> Tensor {
        let count = columnCount
        precondition(rowCount == count, "\(operation): the matrix is not square")
        var triangle = copied()
        triangle.withMutablePointer { elements in
            for row in 0..<count {
                (elements + row * count + row + 1).update(repeating: 0, count: count - row - 1)
            }
        }
        return triangle
    }

    /// Copies the lower triangle over the upper one.
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    mutating func mirrorLowerTriangle() {
        let count = rowCount
        withMutablePointer { elements in
            for row in 0..<count {
                for column in 0..<row {
                    elements[column * count + row] = elements[row * count + column]
                }
            }
        }
    }

    /// The first `count` rows.
    func leadingRows(_ count: Int) -> Tensor {
        Tensor(
            uncheckedShape: [count, columnCount], storage: Array(storage[..<(count * columnCount)]))
    }
}

extension Tensor {
    /// Throws when a result is not representable.
    func requireRepresentable(_ operation: @autoclosure () -> String) throws(LinearAlgebraError) {
        guard firstNonFinite == nil else {
            throw LinearAlgebraError(code: .overflow, operation: operation())
        }
    }
}

/// Throws when a workspace of about `(factor dimension + 64) dimension` elements is beyond LAPACK's integers.
package func requireWorkspace(
    _ factor: Int, _ dimension: Int, _ operation: @autoclosure () -> String
) throws(LinearAlgebraError) {
    // 64 is the width of the blocks of the widest algorithm.
    guard dimension <= 1 << 24, factor * dimension * dimension + 64 * dimension <= Int32.max else {
        throw LinearAlgebraError(code: .tooLarge(dimension: dimension), operation: operation())
    }
}

/// Throws for a positive `info`: the count of values that an iteration left unfinished.
func requireConvergence(_ info: Int32, _ operation: String) throws(LinearAlgebraError) {
    precondition(info >= 0, "\(operation): LAPACK refuses argument \(-info)")
    guard info == 0 else {
        throw LinearAlgebraError(code: .noConvergence(count: Int(info)), operation: operation)
    }
}

/// Checks `b`, runs `body` on a copy of it and checks the result.
func solveTriangular<Scalar>(
    _ factor: Matrix<Scalar>, _ b: Matrix<Scalar>, _ name: String,
    _ body: (Int32, Int32, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
) throws(LinearAlgebraError) -> Matrix<Scalar> {
    precondition(
        factor.rowCount == b.rowCount,
        "\(name) solve of shape \(describe(factor.shape)) with right-hand side \(describe(b.shape))"
    )
    try b.requireFinite("\(name) solve, right-hand side \(describe(b.shape))")
    var solution = b
    guard !b.isEmpty else { return solution }
    let (size, columns) = (blasInteger(b.rowCount), blasInteger(b.columnCount))
    solution.withMutablePointer { x in factor.withPointer { body(size, columns, $0, x) } }
    guard solution.firstNonFinite == nil else {
        throw LinearAlgebraError(code: .overflow, operation: "\(name) solve")
    }
    return solution
}
