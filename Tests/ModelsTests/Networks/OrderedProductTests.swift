// SPDX-License-Identifier: Apache-2.0

import CCreditKernels
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("NN1: products of networks")
struct OrderedProductTests {
    /// Sizes below, at and above those of the tiles; rows of A that are longer than the depth.
    private func check<Scalar: LinearAlgebraScalar>(
        _ product: (
            Int, Int, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
            UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>
        ) -> Void
    ) {
        var generator = TestGenerator(seed: 17)
        for rows in [1, 3, 4, 7, 8, 13] {
            for columns in [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 70] {
                let depth = 1 + (rows + columns) % 12, stride = depth + 3
                func values(_ count: Int) -> [Scalar] {
                    (0..<count).map { _ in Scalar(Double.random(in: -2...2, using: &generator)) }
                }
                let a = values(rows * stride), b = values(depth * columns), row = values(columns)
                var output = [Scalar](repeating: .nan, count: rows * columns)
                product(rows, columns, depth, a, stride, b, row, &output)
                var expected = (0..<rows).flatMap { _ in row }
                for i in expected.indices {
                    for p in 0..<depth {
                        expected[i] +=
                            a[i / columns * stride + p] * b[p * columns + i % columns]
                    }
                }
                #expect(output == expected, "\(rows) x \(depth) x \(columns)")
            }
        }
    }

    @Test("NN1: products take their terms in order and round each, in every tile")
    func termsInOrder() {
        check(credit_ordered_product_f32)
        check(credit_ordered_product_f64)
    }
}
