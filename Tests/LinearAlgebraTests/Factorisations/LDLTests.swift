// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct LDLTests {
    private func reconstruct<Scalar>(_ ldl: LDL<Scalar>) -> Matrix<Scalar> {
        let product = ldl.lower.matmul(ldl.blockDiagonal).matmul(ldl.lower.transposed)
        var matrix = product
        for (row, originalRow) in ldl.order.enumerated() {
            for (column, original) in ldl.order.enumerated() {
                matrix[originalRow, original] = product[row, column]
            }
        }
        return matrix
    }

    @Test(arguments: MatrixKind.allCases, [1, 2, 3, 10, 70])
    func factorsAreBackwardStable(kind: MatrixKind, n: Int) throws {
        do {
            try check(kind.symmetric(n, as: Double.self))
            try check(kind.symmetric(n, as: Float.self))
        } catch let error as LinearAlgebraError {
            // Rounding decides whether a last pivot is exactly 0.
            guard kind == .rankDeficient, case .singular = error.code else { throw error }
        }
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        let n = a.rowCount
        let ldl = try a.ldl()
        #expect(backwardError(a, reconstruct(ldl)) <= 50)
        #expect(ldl.lower == ldl.lower.lowerTriangle(unitDiagonal: true).materialized())
        let b = Matrix<Scalar>.random(.normal, shape: [n, 3], seed: 31)
        let x = try ldl.solve(b)
        #expect(solveError(a, x, b) <= 50)
        #expect(try ldl.solve(b.column(1)).count == n)
    }

    /// Zeros on the diagonal make blocks of 2 x 2 and exchanges.
    @Test(arguments: propertySeeds(6))
    func zeroDiagonals(seed: UInt64) throws {
        var a = Matrix<Double>.random(.normal, shape: [9, 9], seed: seed)
        a = a + a.transposed.materialized()
        for index in 0..<9 { a[index, index] = 0 }
        try check(a)
        let (ldl, lu) = (try a.ldl(), try a.lu())
        expectClose(ldl.determinant, lu.determinant, relative: 1e-11)
        expectClose(ldl.logDeterminant.magnitude, lu.logDeterminant.magnitude, absolute: 1e-11)
        #expect(ldl.logDeterminant.sign == lu.logDeterminant.sign)
        expectClose(
            try ldl.inverse().elements, try lu.inverse().elements, relative: 1e-9, absolute: 1e-10)
        let values = try a.symmetricEigenvalues()
        #expect(ldl.inertia.negative == values.elements.count { $0 < 0 })
        #expect(ldl.inertia.positive == values.elements.count { $0 > 0 })
    }

    @Test func closedForms() throws {
        let exchange = try Matrix(rows: [[0.0, 3], [3, 0]]).ldl()
        #expect(exchange.blockDiagonal == Matrix(rows: [[0, 3], [3, 0]]))
        #expect(exchange.lower == .identity(2))
        #expect(exchange.determinant == -9)
        #expect(exchange.inertia == (1, 1))
        #expect(try exchange.solve([3, 6]) == [2, 1])
        #expect(try exchange.inverse() == Matrix(rows: [[0, 1.0 / 3], [1.0 / 3, 0]]))
        let lower = Matrix(rows: [[4.0, .nan], [2, -3]])
        #expect(try lower.ldl() == Matrix(rows: [[4.0, 2], [2, -3]]).ldl())
        expectClose(try lower.ldl().determinant, -16, relative: 1e-15)
        let big = Matrix(rows: [[0.0, 1e200], [1e200, 0]])
        #expect(try big.ldl().determinant == -.infinity)
        expectClose(try big.ldl().logDeterminant.magnitude, 921.0340371976183, relative: 1e-15)
    }

    @Test func failuresNameThePivot() throws {
        var a = Matrix<Double>.identity(4)
        a[2, 2] = 0
        expectError(.singular(pivot: 2)) { try a.ldl() }
        expectError(.singular(pivot: 0)) { try Matrix<Float>.zeros(2, 2).ldl() }
        a[3, 1] = .infinity
        expectError(.notFinite(row: 3, column: 1)) { try a.ldl() }
        expectError(.notFinite(row: 1, column: 0)) {
            try Matrix<Double>.identity(2).ldl().solve([1, .nan])
        }
        expectError(.overflow) { try (Matrix<Double>.identity(2) * 1e-300).ldl().solve([1e9, 1]) }
    }
}
