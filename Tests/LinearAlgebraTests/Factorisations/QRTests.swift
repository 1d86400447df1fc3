// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct QRTests {
    @Test(arguments: MatrixKind.allCases, [[1, 1], [3, 3], [12, 5], [5, 12], [90, 40]])
    func factorsAreBackwardStable(kind: MatrixKind, shape: [Int]) throws {
        try check(kind.matrix(shape[0], shape[1], as: Double.self))
        try check(kind.matrix(shape[0], shape[1], as: Float.self))
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        for pivoting in [false, true] {
            let qr = try a.qr(pivoting: pivoting)
            let (thin, full) = (qr.thinQ(), qr.fullQ())
            #expect(
                thin.rowCount == a.rowCount && thin.columnCount == min(a.rowCount, a.columnCount))
            #expect(orthogonalityError(thin) <= 50 && orthogonalityError(full) <= 50)
            #expect(full.rowCount == full.columnCount)
            let permuted = a.gatheringColumns(qr.columnOrder)
            #expect(backwardError(permuted, thin.matmul(qr.r)) <= 50)
            for column in 0..<a.columnCount {
                for row in (column + 1)..<max(column + 1, qr.r.rowCount) {
                    #expect(qr.r[row, column] == 0)
                }
            }
            if pivoting {
                let diagonal = qr.r.diagonal.absoluteValue().elements
                for (a, b) in zip(diagonal, diagonal.dropFirst()) {
                    #expect(b <= a * (1 + 100 * Scalar.ulpOfOne))
                }
            } else {
                #expect(qr.columnOrder == Array(0..<a.columnCount))
            }
            let b = Matrix<Scalar>.random(.normal, shape: [a.rowCount, 2], seed: 41)
            let there = try qr.multiplyingByTransposedQ(b)
            let expected = full.transposed.matmul(b)
            #expect(backwardError(expected, there.materialized()) <= 50)
            let back = try qr.multiplyingByQ(there.materialized()).materialized()
            #expect(backwardError(b, back) <= 50)
        }
    }

    @Test(arguments: [false, true])
    func leastSquaresResidualsAreOrthogonal(pivoting: Bool) throws {
        let a = Matrix<Double>.random(.normal, shape: [60, 7], seed: 42)
        let b = Matrix<Double>.random(.normal, shape: [60, 3], seed: 43)
        let x = try a.qr(pivoting: pivoting).solve(b)
        #expect(x.rowCount == 7 && x.columnCount == 3)
        #expect(a.transposed.matmul(a.matmul(x) - b).norm() <= 1e-12)
        #expect(try a.qr(pivoting: pivoting).solve(b.column(2)).count == 7)
        let square = Matrix<Double>.random(.normal, shape: [20, 20], seed: 44)
        let c = Matrix<Double>.random(.normal, shape: [20, 2], seed: 45)
        #expect(solveError(square, try square.qr(pivoting: pivoting).solve(c), c) <= 50)
    }

    @Test func closedForms() throws {
        let qr = try Matrix(rows: [[3.0, 1], [4, 2]]).qr()
        expectClose(qr.r.absoluteValue().elements, [5, 2.2, 0, 0.4], relative: 1e-14)
        // The line through (0, 1), (1, 3), (2, 5) exactly.
        let line = try Matrix(rows: [[1.0, 0], [1, 1], [1, 2]]).qr().solve([1, 3, 5])
        expectClose(line.elements, [1, 2], relative: 1e-14)
    }

    @Test func pivotingRevealsTheRank() throws {
        let a = MatrixKind.rankDeficient.matrix(30, 12, as: Double.self)
        #expect(try a.qr(pivoting: true).rank() == 6)
        #expect(
            try MatrixKind.rankDeficient.matrix(12, 30, as: Float.self).qr(pivoting: true).rank()
                == 6)
        #expect(try Matrix<Double>.zeros(4, 3).qr(pivoting: true).rank() == 0)
        #expect(
            try Matrix<Double>.diagonal([1, 1e-3, 1e-9]).qr(pivoting: true).rank(tolerance: 1e-6)
                == 2)
    }

    @Test func failures() throws {
        expectError(.notFinite(row: 1, column: 0)) {
            try Matrix(rows: [[1.0, 2], [.nan, 1]]).qr()
        }
        expectError(.singular(pivot: 1)) {
            try Matrix(rows: [[1.0, 0, 0], [0, 0, 0], [0, 0, 1]]).qr().solve([1, 1, 1])
        }
        expectError(.notFinite(row: 0, column: 0)) {
            try Matrix<Double>.identity(2).qr().solve([.infinity, 1])
        }
        expectError(.overflow) { try (Matrix<Double>.identity(2) * 1e-300).qr().solve([1e9, 1]) }
    }
}
