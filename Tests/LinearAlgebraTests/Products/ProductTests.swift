// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct ProductTests {
    @Test(arguments: [[1, 1, 1], [2, 3, 4], [5, 1, 7], [16, 17, 33], [1, 40, 1]])
    func matmulAgreesWithTheDefinition(sizes: [Int]) {
        check(sizes[0], sizes[1], sizes[2], as: Double.self)
        check(sizes[0], sizes[1], sizes[2], as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ m: Int, _ k: Int, _ n: Int, as: Scalar.Type) {
        let a = Matrix<Scalar>.random(.normal, shape: [m, k], seed: 1)
        let b = Matrix<Scalar>.random(.normal, shape: [k, n], seed: 2)
        let c = naive(a, b)
        let (at, bt) = (a.transposed.materialized(), b.transposed.materialized())
        let tolerance = Scalar(4 * k) * .ulpOfOne
        for product in [
            a.matmul(b), at.transposed.matmul(b), a.matmul(bt.transposed),
            at.transposed.matmul(bt.transposed),
        ] {
            #expect(product.rowCount == m && product.columnCount == n)
            expectClose(product.elements, c.elements, relative: tolerance, absolute: tolerance)
        }
        let v = b.column(0)
        expectClose(
            a.matmul(v).elements, c.column(0).elements, relative: tolerance, absolute: tolerance)
        expectClose(
            at.transposed.matmul(v).elements, c.column(0).elements, relative: tolerance,
            absolute: tolerance)
        expectClose(
            a.orderedMatmul(v).elements, c.column(0).elements, relative: tolerance,
            absolute: tolerance)
        var into = c
        into.formProduct(a, b, alpha: 2, beta: -1)
        expectClose(into.elements, c.elements, relative: 2 * tolerance, absolute: 3 * tolerance)
        let outer = a.column(0).outer(v)
        #expect(
            outer
                == naive(
                    Matrix(rowCount: m, columnCount: 1, elements: a.column(0).elements),
                    Matrix(rowCount: 1, columnCount: k, elements: v.elements)))
    }

    private func naive<Scalar: LinearAlgebraScalar>(
        _ a: Matrix<Scalar>, _ b: Matrix<Scalar>
    ) -> Matrix<Scalar> {
        var c = Matrix<Scalar>.zeros(a.rowCount, b.columnCount)
        for i in 0..<a.rowCount {
            for j in 0..<b.columnCount {
                for k in 0..<a.columnCount { c[i, j] += a[i, k] * b[k, j] }
            }
        }
        return c
    }

    @Test func zeroBetaOverwritesNaN() {
        var result = Matrix(rowCount: 2, columnCount: 2, repeating: Double.nan)
        result.formProduct(Matrix<Double>.identity(2), Matrix<Double>.identity(2))
        #expect(result == .identity(2))
        result = Matrix(rowCount: 2, columnCount: 2, repeating: Double.nan)
        result.formProduct(Matrix<Double>.zeros(2, 0), Matrix<Double>.zeros(0, 2))
        #expect(result == .zeros(2, 2))
        result += 3
        result.formProduct(Matrix<Double>.zeros(2, 0), Matrix<Double>.zeros(0, 2), beta: 2)
        #expect(result == Matrix(rows: [[6, 6], [6, 6]]))
    }

    @Test func gramMatricesAreSymmetricProducts() {
        let x = Matrix<Double>.random(.normal, shape: [30, 4], seed: 5)
        var stream = RandomStream(seed: 6)
        let positive = Vector((0..<30).map { _ in stream.uniform() })
        for weights in [Vector.ones(30), positive, positive - 0.5] {
            let expected = x.transposed.matmul(Matrix.diagonal(weights).matmul(x))
            let gram = x.gram(weights: weights)
            expectClose(gram.elements, expected.elements, relative: 1e-12, absolute: 1e-13)
            #expect(gram == gram.transposed.materialized())
        }
        let gram = x.gram()
        expectClose(gram.elements, x.transposed.matmul(x).elements, relative: 1e-12)
        #expect(gram == gram.transposed.materialized())
    }

    /// A row's score must not depend on the rows around it.
    @Test func orderedProductsDoNotDependOnTheBatch() {
        let x = Matrix<Double>.random(.normal, shape: [50, 37], seed: 8)
        let w = Vector<Double>.random(.normal, shape: [37], seed: 9)
        let scores = x.orderedMatmul(w)
        for row in 0..<50 {
            #expect(x.gatheringRows([row]).orderedMatmul(w)[0] == scores[row])
            #expect(x.row(row).orderedDot(w) == scores[row])
        }
    }
}
