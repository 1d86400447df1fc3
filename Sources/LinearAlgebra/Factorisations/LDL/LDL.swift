// SPDX-License-Identifier: Apache-2.0

/// The factorisation `A = P L D Lᵀ Pᵀ` of a symmetric, possibly indefinite matrix (n x n).
///
/// L is unit lower triangular, D has blocks of 1 x 1 and 2 x 2 on its diagonal and P is a
/// permutation (Bunch and Kaufman, DOI 10.1090/S0025-5718-1977-0428694-0). Neither NaN nor infinity
/// passes silently: they are refused in the matrix and in right-hand sides, and a result that
/// overflows throws.
public struct LDL<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// LAPACK's factors of the column-major lower triangle: above the diagonal in row-major terms.
    let factors: Matrix<Scalar>

    /// LAPACK's exchanges; a pair of equal negative ones marks a 2 x 2 block.
    let exchanges: [Int32]

    /// Factorises `matrix`, of which only the lower triangle and the diagonal are read.
    ///
    /// - Precondition: `matrix` is square, with at most `Int32.max` rows.
    /// - Throws: `.notFinite` for a NaN or infinity in the lower triangle, `.singular(pivot:)` when
    ///   a pivot of D is exactly 0, `.overflow`.
    /// - Complexity: O(n³), half of an LU factorisation.
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let operation = "ldl of \(describe(matrix.shape))"
        var factors = try matrix.checkedLowerTriangle(operation)
        factors.mirrorLowerTriangle()
        let count = factors.rowCount
        var exchanges = [Int32](repeating: 0, count: count)
        if count > 0 {
            let info = factors.withMutablePointer {
                Scalar._sytrf(blasInteger(count), $0, &exchanges)
            }
            try factors.requireRepresentable(operation)
            guard info == 0 else {
                throw LinearAlgebraError(
                    code: .singular(pivot: Int(info) - 1), operation: operation)
            }
        }
        self.factors = factors
        self.exchanges = exchanges
    }

    /// The number of rows and columns of the factorised matrix.
    public var count: Int { factors.rowCount }
}

extension Tensor where rank == 2 {
    /// The factorisation of a symmetric, possibly indefinite matrix; see ``LDL/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.singular(pivot:)`, `.overflow`.
    public func ldl() throws(LinearAlgebraError) -> LDL<Scalar> { try LDL(self) }
}
