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
