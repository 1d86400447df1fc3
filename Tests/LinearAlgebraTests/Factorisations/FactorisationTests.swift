// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct FactorisationTests {
    private func reconstruct<Scalar>(_ lu: LU<Scalar>) -> Matrix<Scalar> {
        let product = lu.lower.matmul(lu.upper)
        var matrix = product
        for (column, original) in lu.columnOrder.enumerated() {
            for row in 0..<lu.count { matrix[row, original] = product[row, column] }
        }
        return matrix
    }

    @Test(arguments: [1, 2, 3, 10, 65, 200], propertySeeds(2))
    func factorisationsAreBackwardStable(n: Int, seed: UInt64) throws {
        try check(Matrix<Double>.random(.normal, shape: [n, n], seed: seed))
        try check(Matrix<Float>.random(.normal, shape: [n, n], seed: seed))
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        let n = a.rowCount
        let lu = try a.lu()
        #expect(backwardError(a, reconstruct(lu)) <= 50)
        #expect(lu.lower[0, n - 1] == 0 || n == 1)
        var spd = a.gram()
        for index in 0..<n { spd[index, index] += 1 }
        let cholesky = try spd.cholesky()
        let lower = cholesky.lower
        #expect(backwardError(spd, lower.matmul(lower.transposed)) <= 50)
        let b = Matrix<Scalar>.random(.normal, shape: [n, 3], seed: 4)
        for (matrix, x) in [(a, try lu.solve(b)), (spd, try cholesky.solve(b))] {
            let residual = (matrix.matmul(x) - b).norm()
            let scale = Scalar(n) * Scalar.ulpOfOne * (matrix.norm() * x.norm() + b.norm())
            #expect(residual <= 50 * scale)
        }
        #expect(try lu.solve(b.column(1)).count == n)
        let column = try cholesky.solve(b.column(1))
        let whole = try cholesky.solve(b).column(1)
        #expect((column - whole).norm() <= 1000 * Scalar(n) * .ulpOfOne * column.norm())
    }

    @Test func hilbertMatrices() throws {
        for n in 1...12 {
            let h = MatrixKind.hilbert.matrix(n, n, as: Double.self)
            #expect(backwardError(h, reconstruct(try h.lu())) <= 50)
            let lower = try h.cholesky().lower
            #expect(backwardError(h, lower.matmul(lower.transposed)) <= 50)
        }
        // det H5 = 1 / 266716800000, and the inverse has integer elements.
        let h5 = MatrixKind.hilbert.matrix(5, 5, as: Double.self)
        expectClose(try h5.lu().determinant, 1 / 266_716_800_000, relative: 1e-10)
        expectClose(try h5.cholesky().determinant, 1 / 266_716_800_000, relative: 1e-10)
        for inverse in [try h5.lu().inverse(), try h5.cholesky().inverse()] {
            expectClose(inverse.row(0).elements, [25, -300, 1050, -1400, 630], relative: 1e-9)
            expectClose(inverse[3, 3], 179_200, relative: 1e-9)
        }
    }

    @Test func closedForms() throws {
        let a = Matrix(rows: [[4.0, 2], [2, 3]])
        let cholesky = try a.cholesky()
        expectClose(cholesky.lower.elements, [2, 0, 1, 2.0.squareRoot()], relative: 1e-15)
        expectClose(try cholesky.solve([2, 5]).elements, [-0.5, 2], relative: 1e-14)
        expectClose(try cholesky.inverse().elements, [0.375, -0.25, -0.25, 0.5], relative: 1e-14)
        expectClose(cholesky.logDeterminant, 2.0794415416798357, relative: 1e-15)
        let b = Matrix(rows: [[0.0, 2, 0], [0, 0, -3], [5, 0, 0]])
        let lu = try b.lu()
        expectClose(lu.determinant, -30, relative: 1e-15)
        expectClose(lu.logDeterminant.magnitude, 3.4011973816621555, relative: 1e-15)
        #expect(lu.logDeterminant.sign == -1)
        expectClose(try lu.solve([2, 6, 10]).elements, [2, 1, -2], relative: 1e-15)
        let inverse = try lu.inverse()
        expectClose(
            inverse.elements, [0, 0, 0.2, 0.5, 0, 0, 0, -1.0 / 3, 0], relative: 1e-15)
        let scaled = Matrix<Double>.identity(400) * 1e-10
        #expect(try scaled.lu().determinant == 0)
        expectClose(try scaled.lu().logDeterminant.magnitude, -9210.340371976183, relative: 1e-14)
        expectClose(try scaled.cholesky().logDeterminant, -9210.340371976183, relative: 1e-14)
    }

    @Test func onlyTheLowerTriangleIsRead() throws {
        let full = Matrix(rows: [[4.0, 2], [2, 3]])
        let lower = Matrix(rows: [[4.0, .nan], [2, 3]])
        #expect(try lower.cholesky() == full.cholesky())
    }

    @Test func indefiniteMatricesNameThePivot() {
        var matrix = Matrix<Double>.identity(5)
        matrix[3, 3] = -1
        expectError(.notPositiveDefinite(pivot: 3)) { try matrix.cholesky() }
        matrix[3, 3] = 0
        expectError(.notPositiveDefinite(pivot: 3)) { try matrix.cholesky() }
        expectError(.singular(pivot: 3)) { try matrix.lu() }
        expectError(.singular(pivot: 1)) { try Matrix<Float>(rows: [[1, 2], [2, 4]]).lu() }
        expectError(.singular(pivot: 0)) { try Matrix<Float>.zeros(2, 2).lu() }
        let error = LinearAlgebraError.self
        #expect(throws: error) { try Matrix(rows: [[1.0, 2], [2, 1]]).cholesky() }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func nonFiniteInputIsRefused(value: Double) throws {
        var matrix = Matrix<Double>.identity(20)
        let cholesky = try matrix.cholesky()
        let lu = try matrix.lu()
        matrix[17, 4] = value
        expectError(.notFinite(row: 17, column: 4)) { try matrix.cholesky() }
        expectError(.notFinite(row: 17, column: 4)) { try matrix.lu() }
        var b = Vector<Double>.ones(20)
        b[19] = value
        expectError(.notFinite(row: 19, column: 0)) { try cholesky.solve(b) }
        expectError(.notFinite(row: 19, column: 0)) { try lu.solve(b) }
        let rhs = b.outer([0, 1])
        expectError(.notFinite(row: 19, column: 0)) { try lu.solve(rhs) }
    }

    @Test func overflowIsAnError() throws {
        let tiny = Matrix<Double>.identity(2) * 0x1p-1030
        expectError(.overflow) { try tiny.lu().solve([1, 1]) }
        expectError(.overflow) { try tiny.lu().inverse() }
        let root = Matrix<Double>.identity(2) * 1e-200
        expectError(.overflow) { try root.cholesky().solve([1e200, 1]) }
        // Elimination doubles the last element, which is beyond the range.
        let large = Matrix(rows: [[1.7e308, 1.7e308], [1.7e308, -1.7e308]])
        expectError(.overflow) { try large.lu() }
    }

    @Test func errorsReadWell() {
        do throws(LinearAlgebraError) {
            _ = try Matrix(rows: [[1.0, 2], [2, 1]]).cholesky()
            Issue.record("no error")
        } catch {
            #expect("\(error)" == "cholesky of 2 x 2: not positive definite at pivot 1")
        }
    }
}
