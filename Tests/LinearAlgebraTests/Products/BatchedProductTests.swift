// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct BatchedProductTests {
    @Test(arguments: [[1, 1, 1, 1], [5, 3, 4, 2], [3, 8, 1, 8]])
    func pairsAreMultipliedOneByOne(sizes: [Int]) {
        let (count, m, k, n) = (sizes[0], sizes[1], sizes[2], sizes[3])
        let a = Tensor<3, Double>.random(.normal, shape: [count, m, k], seed: 1)
        let b = Tensor<3, Double>.random(.normal, shape: [count, k, n], seed: 2)
        let c = Tensor<3, Double>.random(.normal, shape: [count, m, n], seed: 3)
        let product = a.batchedMatmul(b)
        var into = c
        into.formBatchedProduct(a, b, alpha: 2, beta: -1)
        let shared = a.batchedMatmul(matrix(b, 0))
        for index in 0..<count {
            let expected = matrix(a, index).matmul(matrix(b, index))
            expectClose(
                matrix(product, index).elements, expected.elements, relative: 1e-13,
                absolute: 1e-14)
            expectClose(
                matrix(into, index).elements,
                (expected * 2 - matrix(c, index)).elements, relative: 1e-13, absolute: 1e-13)
            expectClose(
                matrix(shared, index).elements, matrix(a, index).matmul(matrix(b, 0)).elements,
                relative: 1e-13, absolute: 1e-14)
        }
        #expect(product.shape[0] == count && product.shape[1] == m && product.shape[2] == n)
    }

    private func matrix(_ tensor: Tensor<3, Double>, _ index: Int) -> Matrix<Double> {
        let (rows, columns) = (tensor.shape[1], tensor.shape[2])
        return Matrix(
            rowCount: rows, columnCount: columns,
            elements: Array(tensor.elements[index * rows * columns..<(index + 1) * rows * columns]))
    }

    @Test func emptyBatches() {
        let a = Tensor<3, Float>(shape: [2, 3, 0], repeating: 0)
        let b = Tensor<3, Float>(shape: [2, 0, 4], repeating: 0)
        #expect(a.batchedMatmul(b) == Tensor(shape: [2, 3, 4], repeating: 0))
        var c = Tensor<3, Float>(shape: [2, 3, 4], repeating: 2)
        c.formBatchedProduct(a, b, beta: 2)
        #expect(c == Tensor(shape: [2, 3, 4], repeating: 4))
        let none = Tensor<3, Float>(shape: [0, 3, 4], repeating: 0)
        #expect(none.batchedMatmul(Tensor<3, Float>(shape: [0, 4, 2], repeating: 0)).isEmpty)
        #expect(none.batchedMatmul(Matrix<Float>.zeros(4, 2)).isEmpty)
    }
}
