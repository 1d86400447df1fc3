// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// Agreement with SciPy on matrices of moderate condition.
@Suite struct FactorisationGoldenTests {
    struct Document: Decodable { var cases: [Case] }

    struct Case: Decodable {
        var n, m, negativeInertia, rank, deficientRank: Int
        var square, tall, right, eigenvaluesReal, eigenvaluesImaginary: [Double]
        var symmetricEigenvalues, generalisedEigenvalues, singularValues: [Double]
        var pseudoInverse, squareRoot, leastSquares, deficientLeastSquares: [Double]
        var logDeterminant, determinantSign, condition1, condition2, residualNorm: Double
    }

    @Test func resultsAgreeWithSciPy() throws {
        let document: Document = try golden("factorisations")
        #expect(document.cases.count == 3)
        for golden in document.cases {
            try check(golden, Double.self, tolerance: 1e-11)
            try check(golden, Float.self, tolerance: 2e-3)
        }
    }

    private func check<Scalar: LinearAlgebraScalar>(
        _ golden: Case, _: Scalar.Type, tolerance: Scalar
    ) throws {
        func close(_ actual: [Scalar], _ expected: [Double], _ name: String) {
            let largest = Scalar(expected.map(abs).max() ?? 0)
            expectClose(
                actual, expected.map { Scalar($0) }, absolute: tolerance * largest, name)
        }
        let (n, m) = (golden.n, golden.m)
        let a = Matrix(rowCount: n, columnCount: n, elements: golden.square.map { Scalar($0) })
        let tall = Matrix(rowCount: m, columnCount: n, elements: golden.tall.map { Scalar($0) })
        let right = Vector(golden.right.map { Scalar($0) })
        let symmetric = (a + a.transposed.materialized()) * 0.5
        let positive = tall.gram()

        let eigenvalues = try a.eigenvalues()
        close(eigenvalues.real.elements, golden.eigenvaluesReal, "real parts")
        close(eigenvalues.imaginary.elements, golden.eigenvaluesImaginary, "imaginary parts")
        close(
            try symmetric.symmetricEigenvalues().elements, golden.symmetricEigenvalues, "eigen")
        close(
            try symmetric.generalisedSymmetricEigen(positive).values.elements,
            golden.generalisedEigenvalues, "generalised")
        #expect(try symmetric.ldl().inertia.negative == golden.negativeInertia)
        let determinant = try a.logDeterminant()
        close([determinant.magnitude], [golden.logDeterminant], "determinant")
        #expect(determinant.sign == Scalar(golden.determinantSign))
        close(try tall.singularValues().elements, golden.singularValues, "singular values")
        close([try tall.conditionNumber()], [golden.condition2], "condition")
        let estimate = try a.conditionEstimate()
        #expect(estimate <= Scalar(golden.condition1) * (1 + tolerance))
        #expect(estimate >= Scalar(golden.condition1) / 3)
        close(try tall.pseudoInverse().elements, golden.pseudoInverse, "pseudo-inverse")
        close(try positive.symmetricSquareRoot().elements, golden.squareRoot, "root")
        let fit = try tall.leastSquares(right)
        close(fit.coefficients.elements, golden.leastSquares, "least squares")
        close(fit.residualNorms.elements, [golden.residualNorm], "residual")
        #expect(fit.rank == golden.rank)
        close(try tall.qr().solve(right).elements, golden.leastSquares, "qr")
        close(try tall.qr(pivoting: true).solve(right).elements, golden.leastSquares, "pivoted")
        var deficient = Matrix<Scalar>.zeros(m, n + 1)
        for row in 0..<m {
            for column in 0..<n { deficient[row, column] = tall[row, column] }
            deficient[row, n] = tall[row, 0] + tall[row, 1]
        }
        let least = try deficient.leastSquares(right)
        #expect(least.rank == golden.deficientRank)
        close(least.coefficients.elements, golden.deficientLeastSquares, "least norm")
        close(
            try deficient.svd().solve(right).elements, golden.deficientLeastSquares, "svd solve")
    }
}
