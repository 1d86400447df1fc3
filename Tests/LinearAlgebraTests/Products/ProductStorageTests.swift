// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct ProductStorageTests {
    @Test(arguments: [[1, 1], [4, 7], [7, 4], [33, 20]])
    func productsIntoExistingStorage(shape: [Int]) {
        check(shape[0], shape[1], as: Double.self)
        check(shape[0], shape[1], as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ m: Int, _ n: Int, as: Scalar.Type) {
        let a = Matrix<Scalar>.random(.normal, shape: [m, n], seed: 1)
        let (x, y) = (
            Vector<Scalar>.random(.normal, shape: [n], seed: 2),
            Vector<Scalar>.random(.normal, shape: [m], seed: 3)
        )
        let tolerance = 8 * Scalar(m + n) * Scalar.ulpOfOne
        var result = y
        result.formProduct(a, x, alpha: 2, beta: -3)
        var expected = (0..<m).map { row in 2 * a.row(row).orderedDot(x) - 3 * y[row] }
        expectClose(result.elements, expected, relative: tolerance, absolute: 4 * tolerance)
        var down = x
        down.formProduct(a.transposed, y, alpha: -1, beta: 0.5)
        expected = (0..<n).map { x[$0] / 2 - a.column($0).orderedDot(y) }
        expectClose(down.elements, expected, relative: tolerance, absolute: 4 * tolerance)
        var outer = a
        outer.addOuterProduct(y, x, alpha: 3)
        #expect((outer - a - y.outer(x) * 3).norm() <= tolerance * outer.norm())
        var gram = x.outer(x)
        let old = gram
        gram.formGram(of: a, alpha: 2, beta: -1)
        var reference = a.transposed.matmul(a) * 2 - old
        #expect((gram - reference).norm() <= tolerance * (reference.norm() + old.norm()))
        #expect(gram == gram.transposed.materialized())
        gram = y.outer(y)
        gram.formGram(of: a.transposed)
        reference = a.matmul(a.transposed)
        #expect((gram - reference).norm() <= tolerance * reference.norm())
    }

    @Test func zeroBetaOverwritesNaN() {
        var vector = Vector(count: 2, repeating: Double.nan)
        vector.formProduct(Matrix<Double>.identity(2), [1, 2])
        #expect(vector == [1, 2])
        vector = Vector(count: 2, repeating: Double.nan)
        vector.formProduct(Matrix<Double>.zeros(2, 0), Vector([]))
        #expect(vector == [0, 0])
        vector = [2, 4]
        vector.formProduct(Matrix<Double>.zeros(0, 2).transposed, Vector([]), beta: 3)
        #expect(vector == [6, 12])
        var gram = Matrix(rowCount: 2, columnCount: 2, repeating: Double.nan)
        gram.formGram(of: Matrix<Double>.identity(2), alpha: 3)
        #expect(gram == Matrix(rows: [[3, 0], [0, 3]]))
        gram.formGram(of: Matrix<Double>.zeros(0, 2), beta: 2)
        #expect(gram == Matrix(rows: [[6, 0], [0, 6]]))
        var none = Matrix<Double>.zeros(0, 3)
        none.addOuterProduct(Vector([]), [1, 2, 3])
        #expect(none.isEmpty)
    }

    /// What is too long for one BLAS call is passed in blocks with the same result.
    @Test(arguments: [1, 2, 5, 6, 100])
    func blocksGiveTheWholeProduct(limit: Int) {
        let a = Matrix<Double>.random(.normal, shape: [6, 4], seed: 4)
        let b = Matrix<Double>.random(.normal, shape: [4, 5], seed: 5)
        let start = Matrix<Double>.random(.normal, shape: [6, 5], seed: 6)
        let (at, bt) = (a.transposed.materialized(), b.transposed.materialized())
        let expected = a.matmul(b) * 2 + start * 3
        var results = [Matrix<Double>](repeating: start, count: 4)
        results[0].formProduct(a, b, alpha: 2, beta: 3, blockLimit: limit)
        results[1].formProduct(at.transposed, b, alpha: 2, beta: 3, blockLimit: limit)
        results[2].formProduct(a, bt.transposed, alpha: 2, beta: 3, blockLimit: limit)
        results[3].formProduct(
            at.transposed, bt.transposed, alpha: 2, beta: 3, blockLimit: limit)
        for result in results {
            expectClose(result.elements, expected.elements, relative: 1e-13, absolute: 1e-13)
        }
        let x = b.column(0)
        let y = start.column(0)
        let product = (a.matmul(x) * 2 + y * 3).elements
        for view in [true, false] {
            var vector = y
            if view {
                vector.formProduct(at.transposed, x, alpha: 2, beta: 3, blockLimit: limit)
            } else {
                vector.formProduct(a, x, alpha: 2, beta: 3, blockLimit: limit)
            }
            expectClose(vector.elements, product, relative: 1e-13, absolute: 1e-13)
        }
        var gram = Matrix<Double>.identity(4)
        gram.formGram(of: a, alpha: 2, beta: 3, blockLimit: limit)
        let reference = a.gram() * 2 + Matrix<Double>.identity(4) * 3
        expectClose(gram.elements, reference.elements, relative: 1e-13, absolute: 1e-13)
        var blocks: [Range<Int>] = []
        forEachBlock(of: 6, limit: limit) { blocks.append($0) }
        #expect(blocks.flatMap { Array($0) } == Array(0..<6))
        #expect(blocks.allSatisfy { $0.count <= limit && !$0.isEmpty })
    }
}
