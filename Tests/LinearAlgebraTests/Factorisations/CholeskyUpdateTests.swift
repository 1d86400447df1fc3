// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct CholeskyUpdateTests {
    @Test(arguments: [1, 2, 5, 40])
    func updatesAndDowndatesAreBackwardStable(n: Int) throws {
        try check(n, as: Double.self)
        try check(n, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ n: Int, as: Scalar.Type) throws {
        var a = Matrix<Scalar>.random(.normal, shape: [2 * n, n], seed: 21).gram()
        let x = Vector<Scalar>.random(.normal, shape: [n], seed: 22)
        let original = try a.cholesky()
        let updated = try original.updated(x)
        a.addOuterProduct(x, x)
        let lower = updated.lower
        #expect(backwardError(a, lower.matmul(lower.transposed)) <= 50)
        #expect(lower == lower.lowerTriangle().materialized())
        #expect(lower.diagonal.elements.allSatisfy { $0 > 0 })
        let direct = try a.cholesky().lower
        #expect((lower - direct).norm() <= 1000 * Scalar(n) * Scalar.ulpOfOne * direct.norm())
        let back = try updated.downdated(x).lower
        let error = (back - original.lower).norm() / original.lower.norm()
        #expect(error <= 1000 * Scalar(n) * Scalar.ulpOfOne)
    }

    @Test func closedForms() throws {
        var factor = try Matrix(rows: [[4.0, 2], [2, 3]]).cholesky()
        try factor.update([1, -1])
        expectClose(
            factor.lower.elements,
            [Double(5).squareRoot(), 0, 1 / Double(5).squareRoot(), Double(3.8).squareRoot()],
            relative: 1e-15)
        try factor.downdate([2, 0])
        expectClose(
            factor.lower.matmul(factor.lower.transposed).elements, [1, 1, 1, 4], relative: 1e-14)
    }

    @Test func failuresNameThePivotAndChangeNothing() throws {
        var factor = try (Matrix<Double>.identity(4) * 4).cholesky()
        let before = factor
        expectError(.notPositiveDefinite(pivot: 2)) { try factor.downdate([1, 1, 3, 0]) }
        expectError(.notPositiveDefinite(pivot: 0)) { try factor.downdate([2, 0, 0, 0]) }
        expectError(.notFinite(row: 1, column: 0)) { try factor.downdate([0, .nan, 0, 0]) }
        expectError(.notFinite(row: 3, column: 0)) { try factor.update([0, 0, 0, .infinity]) }
        #expect(factor == before)
        let tiny = try Matrix(rows: [[1e-300]]).cholesky()
        expectError(.notPositiveDefinite(pivot: 0)) { try tiny.downdated([1e300]) }
    }
}
