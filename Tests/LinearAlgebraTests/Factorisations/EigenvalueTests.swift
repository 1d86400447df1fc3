// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct EigenvalueTests {
    @Test(arguments: [1, 2, 8, 40])
    func generalisedProblems(n: Int) throws {
        try check(n, as: Double.self)
        try check(n, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ n: Int, as: Scalar.Type) throws {
        for kind in MatrixKind.allCases {
            let a = kind.symmetric(n, as: Scalar.self)
            var b = Matrix<Scalar>.random(.normal, shape: [n, n], seed: 81).gram()
            for index in 0..<n { b[index, index] += Scalar(n) }
            let eigen = try a.generalisedSymmetricEigen(b)
            #expect(eigen.values.elements == eigen.values.elements.sorted())
            let v = eigen.vectors.materialized()
            let (left, right) = (a.matmul(v), b.matmul(v).multiplyingRows(by: eigen.values))
            let unit = 50 * Scalar(n) * Scalar.ulpOfOne
            #expect((left - right).norm() <= unit * (a.norm() + b.norm()) * v.norm())
            let gram = v.transposed.matmul(b.matmul(v))
            #expect((gram - .identity(n)).norm() <= unit * b.norm() * v.norm() * v.norm())
        }
    }

    @Test func generalisedClosedForm() throws {
        let a = Matrix(rows: [[2.0, .nan], [0, 12]])
        let b = Matrix(rows: [[1.0, .nan], [0, 4]])
        let eigen = try a.generalisedSymmetricEigen(b)
        expectClose(eigen.values.elements, [2, 3], relative: 1e-15)
        expectClose(abs(eigen.vectors[1, 1]), 0.5, relative: 1e-15)
        expectError(.notPositiveDefinite(pivot: 1)) {
            try b.generalisedSymmetricEigen(Matrix<Double>.diagonal([1, -1]))
        }
        expectError(.notFinite(row: 1, column: 0)) {
            try b.generalisedSymmetricEigen(Matrix(rows: [[1, 0], [.infinity, 1]]))
        }
    }

    @Test func generalClosedForms() throws {
        // A rotation by 90 degrees and a scaling.
        let a = Matrix(rows: [[0.0, -2, 0], [2, 0, 0], [0, 0, 3]])
        let values = try a.eigenvalues()
        expectClose(values.real.elements, [3, 0, 0], absolute: 1e-15)
        expectClose(values.imaginary.elements, [0, 2, -2], absolute: 1e-15)
        expectClose(values.magnitudes.elements, [3, 2, 2], relative: 1e-15)
        expectClose(values.spectralRadius, 3, relative: 1e-15)
        // The roots of x³ - 6 x² + 11 x - 6.
        let companion = Matrix<Float>(rows: [[6, -11, 6], [1, 0, 0], [0, 1, 0]])
        expectClose(try companion.eigenvalues().real.elements, [3, 2, 1], relative: 1e-4)
        let ties = try Matrix<Double>.diagonal([-1, 1, -1, 2]).eigenvalues()
        #expect(ties.real == [2, 1, -1, -1])
        expectError(.notFinite(row: 0, column: 1)) {
            try Matrix(rows: [[1.0, .nan], [0, 1]]).eigenvalues()
        }
    }

    /// A stochastic matrix has spectral radius 1; sums and products of eigenvalues are known.
    @Test(arguments: propertySeeds(3))
    func tracesAndDeterminants(seed: UInt64) throws {
        let n = 15
        let a = Matrix<Double>.random(.uniform, shape: [n, n], seed: seed)
        let values = try a.eigenvalues()
        expectClose(values.real.sum(), a.diagonal.sum(), relative: 1e-12)
        expectClose(values.imaginary.sum(), 0, absolute: 1e-12)
        let determinant = try a.logDeterminant().magnitude
        expectClose(values.magnitudes.log().sum(), determinant, relative: 1e-11, absolute: 1e-11)
        let stochastic = a.dividingColumns(by: a.matmul(.ones(n)))
        expectClose(try stochastic.eigenvalues().spectralRadius, 1, relative: 1e-13)
    }
}
