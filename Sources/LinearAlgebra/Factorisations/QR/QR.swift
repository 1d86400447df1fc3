// SPDX-License-Identifier: Apache-2.0

/// The factorisation `A = Q R`, or `A P = Q R` with column pivoting, of any matrix (m x n).
///
/// Q is orthogonal and R upper trapezoidal; with pivoting the diagonal of R does not grow in
/// magnitude, so it reveals the rank. Neither NaN nor infinity passes silently: they are refused in
/// the matrix and in right-hand sides, and a result that overflows throws.
public struct QR<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// LAPACK's factors in the transpose of A (n x m): Rᵀ on and below the diagonal.
    let factors: Matrix<Scalar>

    /// The scales of the reflectors, k = min(m, n) of them.
    let scales: [Scalar]

    /// For each column of Q R, the column of A that it is; ascending without pivoting.
    public let columnOrder: [Int]

    /// Whether columns were exchanged to reveal the rank.
    public let isPivoted: Bool

    /// Factorises `matrix` by Householder reflections.
    ///
    /// - Precondition: `matrix` has at most `Int32.max` rows and columns.
    /// - Throws: `.notFinite` for a NaN or infinity, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)), and one transposed copy.
    public init(_ matrix: Matrix<Scalar>, pivoting: Bool = false) throws(LinearAlgebraError) {
        let operation = "qr of \(describe(matrix.shape))"
        try requireWorkspace(0, matrix.columnCount, operation)
        try matrix.requireFinite(operation)
        var factors = matrix.transposed.materialized()
        let (rows, columns) = (matrix.rowCount, matrix.columnCount)
        var scales = [Scalar](repeating: 0, count: min(rows, columns))
        var order = [Int32](repeating: 0, count: columns)
        if !matrix.isEmpty {
            factors.withMutablePointer { elements in
                let (m, n) = (blasInteger(rows), blasInteger(columns))
                _ =
                    pivoting
                    ? Scalar._geqp3(m, n, elements, &order, &scales)
                    : Scalar._geqrf(m, n, elements, &scales)
            }
            try factors.requireRepresentable(operation)
        }
        self.factors = factors
        self.scales = scales
        columnOrder = pivoting && !matrix.isEmpty ? order.map { Int($0) - 1 } : Array(0..<columns)
        isPivoted = pivoting
    }

    /// The number of rows of the factorised matrix.
    public var rowCount: Int { factors.columnCount }

    /// The number of columns of the factorised matrix.
    public var columnCount: Int { factors.rowCount }
}

extension Tensor where rank == 2 {
    /// The QR factorisation; see ``QR/init(_:pivoting:)``.
    ///
    /// - Throws: `.notFinite`, `.overflow`, `.tooLarge`.
    public func qr(pivoting: Bool = false) throws(LinearAlgebraError) -> QR<Scalar> {
        try QR(self, pivoting: pivoting)
    }
}
