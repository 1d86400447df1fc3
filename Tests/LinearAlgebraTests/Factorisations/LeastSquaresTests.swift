// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct LeastSquaresTests {
    @Test(arguments: MatrixKind.allCases, [[1, 1], [9, 9], [30, 8], [8, 30]])
    func solutionsAreOptimal(kind: MatrixKind, shape: [Int]) throws {
        try check(kind, shape, as: Double.self)
        try check(kind, shape, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(
        _ kind: MatrixKind, _ shape: [Int], as: Scalar.Type
    ) throws {
        let a = kind.matrix(shape[0], shape[1], as: Scalar.self)
        let b = Matrix<Scalar>.random(.normal, shape: [shape[0], 3], seed: 61)
        let fit = try a.leastSquares(b)
        #expect(fit.solution.rowCount == shape[1] && fit.solution.columnCount == 3)
        // Truncation moves the residual by as much as the first singular value left out.
        let tail =
            fit.rank < fit.singularValues.count ? fit.singularValues[fit.rank] : 0
        let residual = b - a.matmul(fit.solution)
        let scale = Scalar(shape.max()!) * Scalar.ulpOfOne * a.norm()
        let gradient = a.transposed.matmul(residual).norm()
        #expect(
            gradient
                <= (50 * scale + tail) * (a.norm() * fit.solution.norm() + b.norm()))
        expectClose(
            fit.residualNorms.elements, (0..<3).map { residual.column($0).norm() },
            relative: 100 * Scalar.ulpOfOne,
            absolute: 50 * scale * fit.solution.norm() + 100 * Scalar.ulpOfOne * b.norm())
        #expect(fit.rank == (try a.numericalRank()))
        if kind == .rankDeficient { #expect(fit.rank == max(1, shape.min()! / 2)) }
        let values = try a.singularValues()
        #expect((values - fit.singularValues).norm() <= 50 * scale)
        // The solution of least norm lies in the row space, which is vague where singular values
        // crowd at the tolerance.
        guard kind != .hilbert else { return }
        let svd = try a.svd()
        let rows = svd.vTransposed.gatheringRows(Array(0..<fit.rank))
        let inside = rows.transposed.matmul(rows.matmul(fit.solution))
        #expect(
            (inside - fit.solution).norm() <= 1e4 * Scalar.ulpOfOne * fit.solution.norm()
                * Scalar(1 + fit.rank))
    }

    @Test func closedForms() throws {
        let line = try Matrix(rows: [[1.0, 0], [1, 1], [1, 2]]).leastSquares([1, 2, 2])
        expectClose(line.coefficients.elements, [7.0 / 6, 0.5], relative: 1e-14)
        expectClose(line.residualNorms[0], (1.0 / 6).squareRoot(), relative: 1e-13)
        #expect(line.rank == 2)
        let twins = try Matrix(rows: [[1.0, 1], [2, 2]]).leastSquares([2, 4])
        expectClose(twins.coefficients.elements, [1, 1], relative: 1e-14)
        #expect(twins.rank == 1)
        let wide = try Matrix(rows: [[3.0, 4]]).leastSquares([25])
        expectClose(wide.coefficients.elements, [3, 4], relative: 1e-14)
        let cut = try Matrix<Double>.diagonal([1, 1e-6]).leastSquares([1, 1], tolerance: 1e-3)
        #expect(cut.rank == 1)
        expectClose(cut.coefficients.elements, [1, 0], absolute: 1e-15)
        expectClose(cut.residualNorms[0], 1, relative: 1e-14)
    }

    @Test func failures() throws {
        expectError(.notFinite(row: 0, column: 1)) {
            try Matrix(rows: [[1.0, .nan]]).leastSquares([1])
        }
        expectError(.notFinite(row: 1, column: 0)) {
            try Matrix<Double>.identity(2).leastSquares([1, .infinity])
        }
    }
}
