// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct ConditionTests {
    @Test func estimatesAreNearTheExactCondition() throws {
        for n in [1, 2, 6, 20] {
            for seed in propertySeeds(4) {
                let a = Matrix<Double>.random(.normal, shape: [n, n], seed: seed)
                let exact = a.oneNorm() * (try a.inverse().oneNorm())
                let estimate = try a.conditionEstimate()
                #expect(estimate <= exact * (1 + 1e-10) && estimate >= exact / 3)
                let spd = a.gram() + Matrix<Double>.identity(n)
                let exactSPD = spd.oneNorm() * (try spd.inverse().oneNorm())
                for estimate in [
                    try spd.cholesky().conditionEstimate(oneNorm: spd.oneNorm()),
                    try spd.ldl().conditionEstimate(oneNorm: spd.oneNorm()),
                ] {
                    #expect(estimate <= exactSPD * (1 + 1e-10) && estimate >= exactSPD / 3)
                }
            }
        }
        // A transpose mixed up would give the infinity norm.
        let skewed = Matrix(rows: [[1.0, 0, 0], [5, 1, 0], [7, 0, 1]])
        #expect(skewed.oneNorm() == 13)
        expectClose(try skewed.conditionEstimate(), 169, relative: 1e-14)
        let single = Matrix<Float>.diagonal([1, 1e-3])
        expectClose(try single.conditionEstimate(), 1000, relative: 1e-5)
        #expect(Matrix(rows: [[1.0, .nan], [2, 0]]).oneNorm().isNaN)
        #expect(Matrix(rows: [[.nan, 1.0], [2, 0]]).oneNorm().isNaN)
    }

    @Test func determinants() throws {
        let a = Matrix(rows: [[0.0, 2], [3, 0]])
        expectClose(try a.determinant(), -6, relative: 1e-15)
        expectClose(try a.logDeterminant().magnitude, 1.791759469228055, relative: 1e-15)
        #expect(try a.logDeterminant().sign == -1)
        let singular = Matrix(rows: [[1.0, 2], [2, 4]])
        #expect(try singular.determinant() == 0)
        #expect(try singular.logDeterminant() == (-.infinity, 0))
        expectError(.singular(pivot: 1)) { try singular.inverse() }
        expectError(.singular(pivot: 1)) { try singular.conditionEstimate() }
        expectError(.notFinite(row: 0, column: 1)) {
            try Matrix(rows: [[1.0, .nan], [2, 4]]).determinant()
        }
        expectClose(try a.inverse().elements, [0, 1.0 / 3, 0.5, 0], relative: 1e-15)
    }

    @Test func workspacesBeyond32BitsAreRefused() throws {
        expectError(.tooLarge(dimension: 40_000)) { try requireWorkspace(2, 40_000, "eigen") }
        expectError(.tooLarge(dimension: .max)) { try requireWorkspace(2, .max, "eigen") }
        try requireWorkspace(2, 30_000, "eigen")
        do throws(LinearAlgebraError) {
            try requireWorkspace(4, 30_000, "svd of 30000 x 30000")
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("dimension 30000 is beyond"))
        }
    }

    @Test func emptyMatrices() throws {
        let none = Matrix<Double>.zeros(0, 0)
        #expect(try none.ldl().solve(Vector([])).isEmpty)
        #expect(try none.ldl().determinant == 1 && none.determinant() == 1)
        #expect(try none.ldl().logDeterminant == (0, 1) && none.logDeterminant() == (0, 1))
        #expect(try none.ldl().inverse() == none && none.inverse() == none)
        #expect(try none.ldl().lower == none && none.ldl().order.isEmpty)
        #expect(try none.conditionEstimate() == 1 && none.conditionNumber() == 1)
        #expect(try none.symmetricEigen().values.isEmpty)
        #expect(try none.symmetricEigen().applying { $0 } == none)
        #expect(try none.symmetricSquareRoot() == none)
        #expect(try none.inverseSymmetricSquareRoot() == none)
        #expect(try none.generalisedSymmetricEigen(none).values.isEmpty)
        #expect(try none.eigenvalues().spectralRadius == 0)
        #expect(try none.cholesky().updated(Vector([])).lower == none)
        #expect(try none.cholesky().downdated(Vector([])).lower == none)
        for (m, n) in [(0, 3), (3, 0), (0, 0)] {
            let a = Matrix<Double>.zeros(m, n)
            for pivoting in [false, true] {
                let qr = try a.qr(pivoting: pivoting)
                #expect(qr.r == .zeros(0, n) && qr.columnOrder == Array(0..<n))
                #expect(qr.fullQ().materialized() == .identity(m))
                #expect(qr.thinQ().rowCount == m && qr.thinQ().columnCount == 0)
                if m >= n { #expect(try qr.solve(Matrix.zeros(m, 2)) == .zeros(n, 2)) }
            }
            #expect(try a.svd().u == .zeros(m, 0) && a.svd().vTransposed == .zeros(0, n))
            #expect(try a.svd(size: .full).u == .identity(m))
            #expect(try a.pseudoInverse() == .zeros(n, m) && a.numericalRank() == 0)
            #expect(try a.svd().solve(Matrix.zeros(m, 2)) == .zeros(n, 2))
            let b = Matrix(rowCount: m, columnCount: 1, repeating: 2.0)
            let fit = try a.leastSquares(b)
            #expect(fit.solution == .zeros(n, 1) && fit.rank == 0)
            expectClose(fit.residualNorms[0], (4 * Double(m)).squareRoot(), relative: 1e-15)
        }
        let square = Matrix<Double>.random(.normal, shape: [3, 3], seed: 1)
        #expect(try square.qr().solve(Matrix.zeros(3, 0)) == .zeros(3, 0))
        #expect(try square.svd().solve(Matrix.zeros(3, 0)) == .zeros(3, 0))
        #expect(try square.leastSquares(Matrix.zeros(3, 0)).solution == .zeros(3, 0))
        #expect(try square.gram().ldl().solve(Matrix.zeros(3, 0)) == .zeros(3, 0))
    }
}
