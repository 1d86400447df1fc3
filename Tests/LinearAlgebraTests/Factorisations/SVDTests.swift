// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct SVDTests {
    @Test(arguments: MatrixKind.allCases, [[1, 1], [3, 3], [12, 5], [5, 12], [70, 40]])
    func decompositionsAreBackwardStable(kind: MatrixKind, shape: [Int]) throws {
        try check(kind.matrix(shape[0], shape[1], as: Double.self))
        try check(kind.matrix(shape[0], shape[1], as: Float.self))
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        let (m, n, k) = (a.rowCount, a.columnCount, min(a.rowCount, a.columnCount))
        let (thin, full) = (try a.svd(), try a.svd(size: .full))
        #expect(thin.u.columnCount == k && thin.vTransposed.rowCount == k)
        #expect(full.u.columnCount == m && full.vTransposed.rowCount == n)
        let bound = 50 * Scalar(max(m, n)) * Scalar.ulpOfOne * thin.singularValues[0]
        for svd in [thin, full] {
            #expect(orthogonalityError(svd.u) <= 50)
            #expect(orthogonalityError(svd.vTransposed.transposed) <= 50)
            let order = Array(0..<k)
            let product = svd.u.gatheringColumns(order).matmul(
                svd.vTransposed.gatheringRows(order).multiplyingColumns(by: svd.singularValues))
            #expect(backwardError(a, product) <= 50)
            let values = svd.singularValues.elements
            #expect(values == values.sorted(by: >) && values.allSatisfy { $0 >= 0 })
        }
        let alone = try a.singularValues()
        #expect((alone - thin.singularValues).norm() <= bound)
    }

    @Test func pseudoInversesSatisfyPenrose() throws {
        for shape in [[8, 5], [5, 8], [6, 6]] {
            for kind in [MatrixKind.random, .rankDeficient] {
                let a = kind.matrix(shape[0], shape[1], as: Double.self)
                let p = try a.pseudoInverse()
                #expect((a.matmul(p).matmul(a) - a).norm() <= 1e-13 * a.norm())
                #expect((p.matmul(a).matmul(p) - p).norm() <= 1e-12 * p.norm())
                for projector in [a.matmul(p), p.matmul(a)] {
                    #expect((projector - projector.transposed.materialized()).norm() <= 1e-12)
                }
                let b = Matrix<Double>.random(.normal, shape: [shape[0], 2], seed: 52)
                for size in [SVD<Double>.Size.thin, .full] {
                    let x = try a.svd(size: size).solve(b)
                    #expect((x - p.matmul(b)).norm() <= 1e-12 * x.norm())
                }
            }
        }
    }

    @Test func closedForms() throws {
        let a = Matrix(rows: [[3.0, 0], [4, 5]])
        expectClose(
            try a.singularValues().elements, [Double(45).squareRoot(), Double(5).squareRoot()],
            relative: 1e-15)
        expectClose(try a.conditionNumber(), 3, relative: 1e-14)
        let outer = Matrix(rows: [[1.0, 2], [2, 4], [2, 4]])
        expectClose(
            try outer.pseudoInverse().elements, [1, 2, 2, 2, 4, 4].map { $0 / 45 },
            relative: 1e-13)
        #expect(try outer.numericalRank() == 1)
        #expect(try outer.svd().rank() == 1)
        #expect(try Matrix<Double>.zeros(3, 2).numericalRank() == 0)
        #expect(try Matrix<Double>.zeros(3, 2).conditionNumber() == .infinity)
        #expect(try Matrix<Double>.zeros(3, 2).pseudoInverse() == .zeros(2, 3))
        let graded = Matrix<Double>.diagonal([1, 1e-5, 1e-10])
        #expect(try graded.numericalRank(tolerance: 1e-7) == 2)
        expectClose(try graded.conditionNumber(), 1e10, relative: 1e-14)
    }

    @Test func failures() throws {
        let a = Matrix(rows: [[1.0, 2], [3, .infinity]])
        expectError(.notFinite(row: 1, column: 1)) { try a.svd() }
        expectError(.notFinite(row: 1, column: 1)) { try a.singularValues() }
        expectError(.notFinite(row: 1, column: 1)) { try a.numericalRank() }
        expectError(.notFinite(row: 0, column: 0)) {
            try Matrix<Double>.identity(2).svd().solve([.nan, 1])
        }
        expectError(.overflow) {
            try Matrix(rows: [[Double.leastNonzeroMagnitude]]).pseudoInverse()
        }
        expectError(.overflow) { try Matrix(rows: [[1e-300]]).svd().solve([1e10]) }
    }
}
