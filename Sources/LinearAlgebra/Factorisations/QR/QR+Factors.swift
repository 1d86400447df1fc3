// SPDX-License-Identifier: Apache-2.0

extension QR {
    /// The upper trapezoidal factor R (k x n), k = min(m, n).
    ///
    /// - Complexity: O(k n).
    public var r: Matrix<Scalar> { upperTrapezoid() }

    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    private func upperTrapezoid() -> Matrix<Scalar> {
        var r = Matrix<Scalar>.zeros(scales.count, columnCount)
        for column in 0..<columnCount {
            for row in 0..<min(column + 1, scales.count) { r[row, column] = factors[column, row] }
        }
        return r
    }

    /// The first k = min(m, n) columns of Q (m x k), orthonormal, as a view of their transpose.
    ///
    /// - Complexity: O(m k²), at every call.
    public func thinQ() -> TransposedMatrix<Scalar> { q(columns: scales.count) }

    /// Q (m x m), orthogonal, as a view of its transpose.
    ///
    /// - Complexity: O(m² k), at every call.
    public func fullQ() -> TransposedMatrix<Scalar> { q(columns: rowCount) }

    private func q(columns: Int) -> TransposedMatrix<Scalar> {
        guard !scales.isEmpty else {
            return TransposedMatrix(
                transposed: columns == 0 ? .zeros(0, rowCount) : .identity(rowCount))
        }
        var q = factors.leadingRows(scales.count)
        if columns > scales.count {
            let missing = (columns - scales.count) * rowCount
            q = Matrix(
                uncheckedShape: [columns, rowCount],
                storage: q.storage + [Scalar](repeating: 0, count: missing))
        }
        q.withMutablePointer {
            _ = Scalar._orgqr(
                blasInteger(rowCount), blasInteger(columns), blasInteger(scales.count), $0, scales)
        }
        return TransposedMatrix(transposed: q)
    }

    /// The number of diagonal elements of R beyond `tolerance` times the first one.
    ///
    /// The default tolerance is `max(m, n)` times the spacing of numbers at 1. A rank from the
    /// singular values (``SVD/rank(tolerance:)``) is surer and costs more.
    ///
    /// - Precondition: The factorisation is pivoted, and `tolerance` is not negative.
    public func rank(tolerance: Scalar? = nil) -> Int {
        precondition(isPivoted, "the rank of a QR factorisation without pivoting")
        let magnitudes = factors.diagonal.elements.map { abs($0) }
        return numericalRank(magnitudes, max(rowCount, columnCount), tolerance)
    }
}

/// How many of the `magnitudes` are beyond `tolerance` times the largest one.
func numericalRank<Scalar: LinearAlgebraScalar>(
    _ magnitudes: [Scalar], _ dimension: Int, _ tolerance: Scalar?
) -> Int {
    let tolerance = tolerance ?? Scalar(dimension) * Scalar.ulpOfOne
    precondition(tolerance >= 0, "a tolerance of \(tolerance)")
    let threshold = tolerance * (magnitudes.max() ?? 0)
    return magnitudes.count { $0 > threshold }
}
