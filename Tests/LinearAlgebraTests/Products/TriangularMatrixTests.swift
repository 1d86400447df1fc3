// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct TriangularMatrixTests {
    /// Every combination of triangle, transposition, diagonal and side.
    @Test(arguments: [1, 2, 9, 40])
    func productsAndSolvesAgreeWithTheFullMatrix(n: Int) throws {
        try check(n, as: Double.self)
        try check(n, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ n: Int, as: Scalar.Type) throws {
        // Small off the diagonal, so that the unit triangles are well conditioned too.
        var base = Matrix<Scalar>.random(.normal, shape: [n, n], seed: 1) * (1 / Scalar(n))
        for index in 0..<n { base[index, index] += 2 }
        let left = Matrix<Scalar>.random(.normal, shape: [n, 3], seed: 2)
        let right = left.transposed.materialized()
        let tolerance = 50 * Scalar(n) * Scalar.ulpOfOne
        for unit in [false, true] {
            for triangle in [
                base.lowerTriangle(unitDiagonal: unit), base.upperTriangle(unitDiagonal: unit),
                base.lowerTriangle(unitDiagonal: unit).transposed,
                base.upperTriangle(unitDiagonal: unit).transposed,
            ] {
                let full = triangle.materialized()
                for row in 0..<n {
                    for column in 0..<n {
                        let outside = triangle.isLower ? column > row : column < row
                        #expect(full[row, column] == triangle[row, column])
                        if outside { #expect(full[row, column] == 0) }
                    }
                    #expect(full[row, row] == (unit ? 1 : base[row, row]))
                }
                let product = triangle.matmul(left)
                #expect((product - full.matmul(left)).norm() <= tolerance * product.norm())
                let other = triangle.matmul(right, side: .right)
                #expect((other - right.matmul(full)).norm() <= tolerance * other.norm())
                let column = triangle.matmul(left.column(1))
                #expect((column - product.column(1)).norm() <= tolerance * column.norm())
                let solved = try triangle.solve(left)
                #expect((full.matmul(solved) - left).norm() <= tolerance * left.norm())
                let otherSolved = try triangle.solve(right, side: .right)
                #expect((otherSolved.matmul(full) - right).norm() <= tolerance * left.norm())
                #expect(try triangle.solve(left.column(0)).count == n)
                var inPlace = left
                triangle.multiplyInPlace(&inPlace, alpha: 3)
                try triangle.solveInPlace(&inPlace, alpha: 0.5)
                #expect((inPlace - left * 1.5).norm() <= 4 * tolerance * left.norm())
            }
        }
    }

    @Test func closedForms() throws {
        let m = Matrix(rows: [[2.0, .nan], [4, 5]])
        let lower = m.lowerTriangle()
        #expect(lower.isLower && !lower.transposed.isLower)
        #expect(lower.materialized() == Matrix(rows: [[2, 0], [4, 5]]))
        #expect(lower.transposed.materialized() == Matrix(rows: [[2, 4], [0, 5]]))
        #expect(lower.matmul([1, 1]) == [2, 9])
        #expect(try lower.solve([2, 14]) == [1, 2])
        #expect(try m.lowerTriangle(unitDiagonal: true).solve([2, 14]) == [2, 6])
        let none = Matrix<Double>.zeros(0, 0).upperTriangle()
        #expect(try none.solve(Vector([])).isEmpty && none.matmul(Matrix.zeros(0, 3)).isEmpty)
    }

    @Test func failures() throws {
        let m = Matrix(rows: [[1.0, 2, 3], [4, 0, 6], [7, 8, 9]])
        expectError(.singular(pivot: 1)) { try m.upperTriangle().solve([1, 1, 1]) }
        #expect(try m.upperTriangle(unitDiagonal: true).solve([1, 1, 1]).count == 3)
        var bad = m
        bad[2, 0] = .nan
        expectError(.notFinite(row: 2, column: 0)) { try bad.lowerTriangle().solve([1, 1, 1]) }
        var b = Matrix(rows: [[1.0], [.infinity], [0]])
        expectError(.notFinite(row: 1, column: 0)) {
            try m.lowerTriangle(unitDiagonal: true).solveInPlace(&b)
        }
        expectError(.overflow) {
            try Matrix<Double>.diagonal([1e-300]).lowerTriangle().solve([1e10])
        }
    }
}
