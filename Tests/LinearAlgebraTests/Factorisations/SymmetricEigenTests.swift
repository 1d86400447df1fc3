// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import RealModule
import Testing
import _CreditTestSupport

@Suite struct SymmetricEigenTests {
    @Test(arguments: MatrixKind.allCases, [1, 2, 3, 10, 60])
    func decompositionsAreBackwardStable(kind: MatrixKind, n: Int) throws {
        try check(kind.symmetric(n, as: Double.self))
        try check(kind.symmetric(n, as: Float.self))
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        let eigen = try a.symmetricEigen()
        #expect(orthogonalityError(eigen.vectors) <= 50)
        let rows = eigen.vectors.transposed
        let product = eigen.vectors.matmul(rows.multiplyingColumns(by: eigen.values))
        #expect(backwardError(a, product) <= 50)
        #expect(eigen.values.elements == eigen.values.elements.sorted())
        let alone = try a.symmetricEigenvalues()
        let scale = 50 * Scalar(a.rowCount) * Scalar.ulpOfOne * a.norm()
        #expect((alone - eigen.values).norm() <= scale)
        let same = try eigen.applying { $0 }
        #expect(backwardError(a, same) <= 50)
        #expect(same == same.transposed.materialized())
    }

    /// The second difference matrix has eigenvalues 2 - 2 cos(i pi / (n + 1)).
    @Test func closedForms() throws {
        let n = 12
        var a = Matrix<Double>.identity(n) * 2
        for index in 1..<n { a[index, index - 1] = -1 }
        let eigen = try a.symmetricEigen()
        let expected = (1...n).map { 2 - 2 * Double.cos(Double($0) * .pi / Double(n + 1)) }
        expectClose(eigen.values.elements, expected, relative: 1e-13)
        expectClose(eigen.conditionNumber, expected[n - 1] / expected[0], relative: 1e-13)
        let b = Vector<Double>.ones(n)
        // The exact solution of the discrete Poisson problem is i (n + 1 - i) / 2.
        let exact = (1...n).map { Double($0 * (n + 1 - $0)) / 2 }
        expectClose(try eigen.solve(b).elements, exact, relative: 1e-12)
        let two = try Matrix(rows: [[2.0, 1], [1, 2]]).symmetricEigenvalues()
        expectClose(two.elements, [1, 3], relative: 1e-15)
    }

    @Test(arguments: [1, 3, 25])
    func squareRoots(n: Int) throws {
        let a = Matrix<Double>.random(.normal, shape: [2 * n, n], seed: 71).gram()
        let root = try a.symmetricSquareRoot()
        #expect(backwardError(a, root.matmul(root)) <= 50)
        #expect(root == root.transposed.materialized())
        #expect(try root.cholesky().count == n)
        let whitener = try a.inverseSymmetricSquareRoot()
        let white = whitener.matmul(a).matmul(whitener)
        #expect((white - .identity(n)).norm() <= 1e-9)
        let single = Matrix<Float>.random(.normal, shape: [2 * n, n], seed: 71).gram()
        let rootOfSingle = try single.symmetricSquareRoot()
        #expect(backwardError(single, rootOfSingle.matmul(rootOfSingle)) <= 50)
    }

    @Test func semidefiniteMatricesHaveSquareRoots() throws {
        let x = Matrix<Double>.random(.normal, shape: [4, 9], seed: 72)
        let a = x.gram()
        let root = try a.symmetricSquareRoot()
        #expect(backwardError(a, root.matmul(root)) <= 50)
        #expect(throws: LinearAlgebraError.self) { try a.inverseSymmetricSquareRoot() }
        #expect(try Matrix<Double>.zeros(3, 3).symmetricSquareRoot() == .zeros(3, 3))
    }

    @Test func failuresNameThePivot() throws {
        var a = Matrix<Double>.identity(4)
        a[2, 2] = -1
        expectError(.notPositiveDefinite(pivot: 2)) { try a.symmetricSquareRoot() }
        expectError(.notPositiveDefinite(pivot: 2)) { try a.inverseSymmetricSquareRoot() }
        expectError(.notPositiveDefinite(pivot: 0)) {
            try (Matrix<Double>.identity(2) * -1).symmetricSquareRoot()
        }
        expectError(.singular(pivot: 1)) {
            try Matrix<Double>.diagonal([-1, 0, 2]).symmetricEigen().solve([1, 1, 1])
        }
        expectError(.notFinite(row: 1, column: 0)) {
            try Matrix(rows: [[1.0, 0], [.nan, 1]]).symmetricEigen()
        }
        expectError(.overflow) {
            try Matrix<Double>.diagonal([0, 1]).symmetricEigen().applying { 1 / $0 }
        }
        #expect(try Matrix(rows: [[1.0, .nan], [0, 1]]).symmetricEigenvalues() == [1, 1])
    }
}
